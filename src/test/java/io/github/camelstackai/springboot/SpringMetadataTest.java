/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.github.camelstackai.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelstackai.CatalogOptions;
import io.github.camelstackai.StackAiComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The metadata by which editors complete options. {@code mvn test -Dtest=SpringMetadataTest -Dwrite} rewrites the file from
 * the catalog.
 */
class SpringMetadataTest {
    private static final Path METADATA = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");
    private static final Map<String, String> BOXED = Map.of("boolean", "java.lang.Boolean", "int", "java.lang.Integer");

    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Test
    void metadataHasTheOptionsOfTheCatalog() throws IOException {
        ObjectNode expected = metadata();
        if (System.getProperty("write") != null) {
            Files.writeString(METADATA, json.writeValueAsString(expected) + "\n");
        }
        assertThat(json.readTree(METADATA.toFile())).isEqualTo(expected);
    }

    private ObjectNode metadata() throws IOException {
        ObjectNode metadata = json.createObjectNode();
        metadata.putArray("groups")
                .addObject()
                .put("name", SpringOptions.PREFIX)
                .put("type", StackAiComponent.class.getName())
                .put("sourceType", StackAiAutoConfiguration.class.getName());
        ArrayNode properties = metadata.putArray("properties");
        CatalogOptions.all().forEach((name, option) -> {
            ObjectNode property = add(
                    properties,
                    SpringOptions.property(name),
                    option.path("javaType").asText(),
                    option.path("description").asText());
            if (option.has("defaultValue")) {
                property.set("defaultValue", option.get("defaultValue"));
            }
        });
        add(properties, "enabled", "Whether these properties are applied to the component.");
        add(
                properties,
                "customizer.enabled",
                "Whether these properties are applied to the component; an alias of enabled.");
        return metadata;
    }

    private static void add(ArrayNode properties, String name, String description) {
        add(properties, SpringOptions.PREFIX + "." + name, "boolean", description)
                .put("defaultValue", true);
    }

    private static ObjectNode add(ArrayNode properties, String name, String type, String description) {
        return properties
                .addObject()
                .put("name", name)
                .put("type", BOXED.getOrDefault(type, type))
                .put("description", description)
                .put("sourceType", StackAiAutoConfiguration.class.getName());
    }
}

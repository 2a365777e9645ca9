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
package io.github.camelstackai.examples.kamelets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Kamelets of the jar follow the conventions of Camel, and their properties agree with the catalog of the component. */
class KameletDefinitionsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource({
        "stackai-run-action, action, flowId, stackai:run:{{flowId}}",
        "stackai-stream-action, action, flowId, stackai:stream:{{flowId}}",
        "stackai-feedback-sink, sink, flowId, stackai:feedback:{{flowId}}",
        "stackai-document-upload-action, action, flowId, stackai:documents:{{flowId}}",
        "stackai-knowledge-upload-sink, sink, knowledgeBaseId, stackai:knowledge?knowledgeBaseId={{knowledgeBaseId}}"
    })
    void kameletAgreesWithTheCatalog(String name, String type, String required, String uri) throws IOException {
        JsonNode kamelet = kamelet(name);
        JsonNode component = resource("META-INF/io/github/camelstackai/stackai.json");
        String version = component.at("/component/version").asText();

        assertMetadata(kamelet, name, type, version);
        JsonNode definition = kamelet.at("/spec/definition");
        assertThat(definition.path("title").asText()).isNotBlank();
        assertThat(definition.path("description").asText()).isNotBlank();
        assertThat(definition.path("required")).extracting(JsonNode::asText).containsExactly(required);
        definition
                .path("properties")
                .properties()
                .forEach(property -> assertAgrees(
                        property.getKey(),
                        property.getValue(),
                        component.path("properties").path(property.getKey())));
        assertThat(call(kamelet).path("uri").asText()).isEqualTo(uri);
        assertPassesEveryProperty(definition, required, call(kamelet).path("parameters"));
    }

    private static void assertMetadata(JsonNode kamelet, String name, String type, String version) {
        JsonNode metadata = kamelet.path("metadata");
        assertThat(metadata.path("name").asText()).isEqualTo(name);
        assertThat(metadata.at("/labels/camel.apache.org~1kamelet.type").asText())
                .isEqualTo(type);
        assertThat(metadata.at("/annotations/camel.apache.org~1catalog.version").asText())
                .isEqualTo(version);
        assertThat(kamelet.at("/spec/dependencies"))
                .extracting(JsonNode::asText)
                .containsExactly("camel:kamelet", "mvn:io.github.camelstackai:camel-stackai:" + version);
    }

    private static void assertAgrees(String name, JsonNode property, JsonNode option) {
        assertThat(option.isMissingNode()).as("%s is an option", name).isFalse();
        assertThat(property.path("title").asText()).as(name).isNotBlank();
        assertThat(property.path("description").asText()).as(name).isNotBlank();
        assertThat(property.path("type").asText())
                .as(name)
                .isEqualTo(
                        switch (option.path("type").asText()) {
                            case "integer", "boolean" -> option.path("type").asText();
                            default -> "string";
                        });
        assertThat(property.path("enum")).as(name).isEqualTo(option.path("enum"));
        boolean secret = option.path("secret").asBoolean();
        assertThat(property.path("format").asText().equals("password")).as(name).isEqualTo(secret);
        assertThat(property.path("x-descriptors").toString().contains("urn:camel:group:credentials"))
                .as(name)
                .isEqualTo(secret);
        assertThat(property.has("default"))
                .as("%s: without a value, the option of the component applies", name)
                .isFalse();
    }

    private static void assertPassesEveryProperty(JsonNode definition, String required, JsonNode parameters) {
        Map<String, String> optional = definition.path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals(required))
                .collect(Collectors.toMap(name -> name, name -> "{{?" + name + "}}"));
        assertThat(parameters).isEqualTo(JSON.valueToTree(optional));
    }

    private static JsonNode call(JsonNode kamelet) {
        return kamelet.at("/spec/template/from/steps/0/to");
    }

    private static JsonNode kamelet(String name) throws IOException {
        try (InputStream yaml = open("kamelets/" + name + ".kamelet.yaml")) {
            return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromInputStream(yaml));
        }
    }

    private static JsonNode resource(String path) throws IOException {
        try (InputStream json = open(path)) {
            return JSON.readTree(json);
        }
    }

    private static InputStream open(String path) {
        InputStream found = KameletDefinitionsTest.class.getClassLoader().getResourceAsStream(path);
        assertThat(found).as(path).isNotNull();
        return found;
    }
}

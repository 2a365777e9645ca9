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
package io.github.camelstackai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.apache.camel.Component;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.util.StringHelper;

/** Each option of the component in the catalog, with a value other than its default. */
public final class CatalogOptions {
    private static final Path CATALOG = Path.of("src/generated/resources/META-INF/io/github/camelstackai/stackai.json");

    /** The beans that options refer to, by the name of the option. */
    private static final Map<String, Object> BEANS = Map.of(
            "httpClientConfigurer",
            (StackAiHttpClientConfigurer) client -> {},
            "objectMapper",
            new ObjectMapper(),
            "sslContextParameters",
            new SSLContextParameters(),
            "tokenProvider",
            (StackAiTokenProvider) refused -> CompletableFuture.completedFuture("t"),
            "workerPool",
            ForkJoinPool.commonPool(),
            "idempotentRepository",
            new MemoryIdempotentRepository());

    /** The values of options whose type is an enum. */
    private static final Map<String, Object> ENUMS = Map.of(
            "action",
            StackAiFileAction.LIST,
            "uploadApi",
            StackAiUploadApi.LEGACY,
            "outputFormat",
            StackAiOutputFormat.JSON,
            "response",
            StackAiResponse.OUTPUTS,
            "streamMode",
            StackAiStreamMode.COLLECT);

    /** The values of options whose text has a form. */
    private static final Map<String, String> TEXTS = Map.of(
            "baseUrl",
            "https://ai.example.com/prefix",
            "states",
            "FAILED,PAUSED",
            "startFrom",
            "24h",
            "knowledgeBaseId",
            "0b5d0a4e-1111-4222-8333-444455556666");

    private CatalogOptions() {}

    /** The options of the component. */
    public static Map<String, JsonNode> all() throws IOException {
        return options("componentProperties");
    }

    /** The options of an endpoint, without the parts of its path. */
    public static Map<String, JsonNode> ofEndpoints() throws IOException {
        Map<String, JsonNode> options = options("properties");
        options.values().removeIf(option -> option.path("kind").asText().equals("path"));
        return options;
    }

    private static Map<String, JsonNode> options(String kind) throws IOException {
        Map<String, JsonNode> options = new TreeMap<>();
        new JsonMapper()
                .readTree(CATALOG.toFile())
                .path(kind)
                .properties()
                .forEach(option -> options.put(option.getKey(), option.getValue()));
        return options;
    }

    /** All options but {@code configuration}, which sets most of the others. */
    private static Map<String, JsonNode> single() throws IOException {
        Map<String, JsonNode> options = all();
        assertThat(options.remove("configuration")).isNotNull();
        return options;
    }

    /** The beans that {@link #properties()} refers to, by name. */
    public static Map<String, Object> beans() {
        return BEANS;
    }

    /** A property for each option, in kebab case, with a value other than its default. */
    public static Map<String, String> properties() throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        single().forEach((name, option) ->
                properties.put("camel.component.stackai." + StringHelper.camelCaseToDash(name), text(name, option)));
        return properties;
    }

    /** Fails unless the component has the value of each of {@link #properties()}. */
    public static void assertSet(Component component) throws IOException {
        StackAiComponentConfigurer configurer = new StackAiComponentConfigurer();
        Object defaults = new StackAiComponent();
        single().forEach((name, option) -> {
            assertThat(configurer.getOptionValue(component, name, false))
                    .as(name)
                    .isEqualTo(value(name, option))
                    .isNotEqualTo(configurer.getOptionValue(defaults, name, false));
        });
    }

    private static String text(String name, JsonNode option) {
        return switch (option.path("type").asText()) {
            case "boolean" -> String.valueOf(!option.path("defaultValue").asBoolean());
            case "integer" -> String.valueOf(option.path("defaultValue").asInt() + 7);
            case "duration" -> "37s";
            case "enum" -> otherThanDefault(option);
            case "object" -> "#bean:" + name;
            default -> TEXTS.getOrDefault(name, "value-of-" + name);
        };
    }

    private static Object value(String name, JsonNode option) {
        String text = text(name, option);
        return switch (option.path("type").asText()) {
            case "boolean" -> Boolean.valueOf(text);
            case "integer" -> Integer.valueOf(text);
            case "duration" -> Duration.ofSeconds(37);
            case "enum" -> ENUMS.get(name);
            case "object" -> BEANS.get(name);
            default -> text;
        };
    }

    private static String otherThanDefault(JsonNode option) {
        List<String> values =
                option.path("enum").valueStream().map(JsonNode::asText).toList();
        return values.stream()
                .filter(value -> !value.equals(option.path("defaultValue").asText()))
                .findFirst()
                .orElseThrow();
    }
}

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
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the component in the format of Camel matches the catalog, and names each exception. */
class ComponentPageTest {
    private static final Path PAGE = Path.of("src/main/docs/stackai-component.adoc");
    private static final Path CATALOG = Path.of("src/generated/resources/META-INF/io/github/camelstackai/stackai.json");
    private static final Path RENDERED = Path.of("target/stackai-component.adoc");
    private static final String START = "// component options: START\n";
    private static final String END = "// component options: END\n";

    @Test
    void optionsAndHeadersAreThoseOfTheCatalog() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(START) + START.length();
        String rendered = page.substring(0, start) + tables() + page.substring(page.indexOf(END));
        Files.writeString(RENDERED, rendered);
        assertThat(page)
                .as("if the catalog is right, copy %s to %s", RENDERED, PAGE)
                .isEqualTo(rendered);
    }

    @Test
    void attributesAreThoseOfTheCatalog() throws IOException {
        JsonNode component = catalog().path("component");
        assertThat(Files.readAllLines(PAGE))
                .startsWith("= " + component.path("title").asText() + " Component")
                .contains(
                        ":doctitle: " + component.path("title").asText(),
                        ":shortname: " + component.path("scheme").asText(),
                        ":artifactid: " + component.path("artifactId").asText(),
                        ":description: " + component.path("description").asText(),
                        ":since: " + component.path("firstVersion").asText(),
                        ":supportlevel: " + component.path("supportLevel").asText(),
                        ":tabs-sync-option:",
                        ":component-header: Both producer and consumer are supported");
    }

    @Test
    void eachExceptionIsOnThePagesForUsers() throws IOException {
        for (Path page : List.of(PAGE, Path.of("docs/errors.md"), Path.of("README.md"))) {
            assertThat(Files.readString(page)).as(page.toString()).contains(exceptions());
        }
    }

    private static List<String> exceptions() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/github/camelstackai"))) {
            return sources.map(source -> source.getFileName().toString())
                    .filter(name -> name.endsWith("Exception.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
        }
    }

    private static JsonNode catalog() throws IOException {
        return new JsonMapper().readTree(CATALOG.toFile());
    }

    private static String tables() throws IOException {
        JsonNode catalog = catalog();
        return options("== Component options", catalog.path("componentProperties"), kind("property"))
                + "\n== Endpoint options\n\n"
                + options("=== Path parameters", catalog.path("properties"), kind("path"))
                + "\n"
                + options("=== Query parameters", catalog.path("properties"), kind("parameter"))
                + "\n"
                + headers(catalog.path("headers"));
    }

    private static Predicate<JsonNode> kind(String kind) {
        return option -> option.path("kind").asText().equals(kind);
    }

    private static String options(String heading, JsonNode options, Predicate<JsonNode> which) {
        String rows = options.properties().stream()
                .filter(option -> which.test(option.getValue()))
                .map(option -> row(option.getKey(), option.getValue()))
                .collect(Collectors.joining());
        return heading + "\n\n[width=\"100%\",cols=\"2,5,^1,2\",options=\"header\"]\n|===\n"
                + "| Name | Description | Default | Type\n\n" + rows + "|===\n";
    }

    private static String row(String name, JsonNode option) {
        return "| *" + name + "* (" + option.path("group").asText() + ") | "
                + (option.path("required").asBoolean() ? "*Required.* " : "")
                + (option.path("secret").asBoolean() ? "*Secret.* " : "")
                + option.path("description").asText()
                + values(option.path("enum"))
                + " | " + option.path("defaultValue").asText("")
                + " | " + type(option) + "\n";
    }

    private static String values(JsonNode values) {
        return values.isEmpty()
                ? ""
                : values.valueStream().map(JsonNode::asText).collect(Collectors.joining(", ", " Enum values: ", "."));
    }

    private static String type(JsonNode option) {
        String java = option.path("javaType").asText();
        return java.substring(java.lastIndexOf('.') + 1);
    }

    private static String headers(JsonNode headers) {
        String rows =
                headers.properties().stream().map(ComponentPageTest::header).collect(Collectors.joining());
        return "== Message headers\n\n[width=\"100%\",cols=\"3,5,2\",options=\"header\"]\n|===\n"
                + "| Name | Description | Type\n\n" + rows + "|===\n";
    }

    private static String header(Map.Entry<String, JsonNode> header) {
        String constant = header.getValue().path("constantName").asText();
        return "| `" + header.getKey() + "` +\nConstant: `" + constant.substring(constant.lastIndexOf('.') + 1) + "` | "
                + (header.getValue().path("secret").asBoolean() ? "*Secret.* " : "")
                + header.getValue().path("description").asText() + " | "
                + header.getValue().path("javaType").asText() + "\n";
    }
}

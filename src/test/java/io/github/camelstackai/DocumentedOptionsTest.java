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
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** docs/configuration.md and docs/inputs-and-outputs.md list the options and headers of the catalog, and no others. */
class DocumentedOptionsTest {
    private static final Path CATALOG = Path.of("src/generated/resources/META-INF/io/github/camelstackai/stackai.json");
    private static final Path CONFIGURATION = Path.of("docs/configuration.md");
    private static final Path INPUTS_AND_OUTPUTS = Path.of("docs/inputs-and-outputs.md");

    @Test
    void endpointOptionsHaveTheirNamesAndDefaults() throws IOException {
        Map<String, String> documented = table(CONFIGURATION, "On the component and on each endpoint");
        documented.putAll(table(CONFIGURATION, "On the endpoint of a consumer"));
        assertThat(documented).isEqualTo(defaults(catalog("properties"), "parameter"));
    }

    @Test
    void componentOptionsHaveTheirNamesAndDefaults() throws IOException {
        Map<String, String> documented = table(CONFIGURATION, "On the component and on each endpoint");
        documented.putAll(table(CONFIGURATION, "On the component alone"));
        assertThat(documented).isEqualTo(defaults(catalog("componentProperties"), "property"));
    }

    @Test
    void headersHaveTheirNamesAndTypes() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        catalog("headers")
                .properties()
                .forEach(header -> headers.put(
                        header.getKey(), header.getValue().path("javaType").asText()));
        assertThat(table(INPUTS_AND_OUTPUTS, "Headers")).isEqualTo(headers);
    }

    private static JsonNode catalog(String part) throws IOException {
        return new JsonMapper().readTree(CATALOG.toFile()).path(part);
    }

    private static Map<String, String> defaults(JsonNode options, String kind) {
        Map<String, String> defaults = new TreeMap<>();
        options.properties().stream()
                .filter(option -> option.getValue().path("kind").asText().equals(kind))
                .forEach(option -> defaults.put(
                        option.getKey(), option.getValue().path("defaultValue").asText("")));
        return defaults;
    }

    /** The first two columns of the table below a heading. */
    private static Map<String, String> table(Path page, String heading) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        Files.readString(page)
                .lines()
                .dropWhile(line -> !line.equals("## " + heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|"))
                .forEach(cells -> rows.put(plain(cells[1]), plain(cells[2])));
        return rows;
    }

    private static String plain(String cell) {
        return cell.strip().replace("`", "");
    }
}

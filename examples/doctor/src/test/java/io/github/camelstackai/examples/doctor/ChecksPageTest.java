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
package io.github.camelstackai.examples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages list the checks that there are. */
class ChecksPageTest {
    private static final Path README = Path.of("README.md");
    private static final Path TESTING = Path.of("../../docs/testing.md");

    @Test
    void eachCheckHasItsTexts() {
        List<String> rows =
                Check.table().lines().filter(line -> line.startsWith("| `")).toList();
        assertThat(rows)
                .extracting(row -> row.split("`")[1])
                .containsExactlyElementsOf(
                        Arrays.stream(Check.values()).map(Check::id).toList());
        assertThat(rows).allSatisfy(row -> assertThat(row.split(" \\| ")).hasSize(5));
        assertThat(Check.values()).extracting(Check::sureness).containsOnly("sure", "likely", "guess", "–");
    }

    @Test
    void readmeHasTheTable() throws Exception {
        assertThat(README).content().contains(Check.table());
    }

    @Test
    void testingPageListsEachAssumptionThatIsNotSure() throws Exception {
        String page = Files.readString(TESTING);
        String section = page.substring(page.indexOf("\n## Examine an account"));
        assertThat(section.lines().filter(line -> line.startsWith("| `")))
                .containsExactlyElementsOf(Arrays.stream(Check.values())
                        .filter(check -> List.of("likely", "guess").contains(check.sureness()))
                        .map(check -> "| `%s` | %s | %s |".formatted(check.id(), check.sureness(), check.assumed()))
                        .toList());
    }
}

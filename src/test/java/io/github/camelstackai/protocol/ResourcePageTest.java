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
package io.github.camelstackai.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcePageTest {
    private static ResourcePage page(String json) throws IOException {
        return ResourcePage.of(new Json().read(json));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        [{"a":1},{"a":2}]                                    | 2 | -
        []                                                   | 0 | -
        {"data":[{"a":1}],"cursor":"c","has_more":true}      | 1 | c
        {"data":[{"a":1}],"cursor":"c"}                      | 1 | c
        {"data":[{"a":1}],"cursor":7}                        | 1 | 7
        {"data":[{"a":1}],"cursor":"c","has_more":false}     | 1 | -
        {"data":[{"a":1}],"cursor":null,"has_more":true}     | 1 | -
        {"data":[{"a":1}],"cursor":" "}                      | 1 | -
        {"data":[],"cursor":"c","has_more":true}             | 0 | -
        """)
    void formsOfAPage(String json, int size, String cursor) throws IOException {
        ResourcePage page = page(json);
        assertThat(page.resources()).hasSize(size);
        assertThat(page.cursor()).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"data\":{}}", "[1]", "{\"data\":[[]]}", "\"text\"", "null"})
    void anythingElseIsRefused(String json) {
        assertThatThrownBy(() -> page(json)).isInstanceOf(IllegalArgumentException.class);
    }
}

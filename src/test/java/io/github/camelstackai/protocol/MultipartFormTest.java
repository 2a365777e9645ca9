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

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultipartFormTest {
    private static String head(String name) {
        return new String(MultipartForm.of(name, "text/plain").head(), StandardCharsets.UTF_8);
    }

    @Test
    void formIsTheOneOfTheStandard() {
        MultipartForm form = MultipartForm.of("a.txt", "text/plain");
        String boundary = form.contentType().replace("multipart/form-data; boundary=", "");
        assertThat(new String(form.head(), StandardCharsets.UTF_8))
                .isEqualTo("--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\""
                        + "\r\nContent-Type: text/plain\r\n\r\n");
        assertThat(new String(form.tail(), StandardCharsets.UTF_8)).isEqualTo("\r\n--" + boundary + "--\r\n");
        assertThat(boundary.length()).isLessThanOrEqualTo(70);
    }

    @Test
    void eachFormHasABoundaryOfItsOwn() {
        assertThat(MultipartForm.of("a", "text/plain").contentType())
                .isNotEqualTo(MultipartForm.of("a", "text/plain").contentType());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Müller 契約.pdf | Müller 契約.pdf
        a"b             | a%22b
        100%22          | 100%22
        """)
    void namesAreWrittenAsBrowsersDo(String name, String written) {
        assertThat(head(name)).contains("filename=\"" + written + "\"");
    }

    @Test
    void noCharacterEndsTheHeader() {
        for (char c = 0; c < 0x100; c++) {
            assertThat(head("a" + c + "b").split("\r\n", -1))
                    .as("U+%04X", (int) c)
                    .hasSize(5);
            assertThat(head("a" + c + "b").split("\"", -1))
                    .as("U+%04X", (int) c)
                    .hasSize(5);
        }
    }
}

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyTest {
    private static ErrorBody of(String body) {
        return ErrorBody.of(body.getBytes(StandardCharsets.UTF_8), new Json());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"detail\":\"no such flow\"}|no such flow",
                "{\"detail\":{\"code\":1}}|{\"code\":1}",
                "{\"detail\":[1,\"a\"]}|[1,\"a\"]",
                "{\"detail\":true}|true"
            })
    void detailIsText(String body, String detail) {
        assertThat(of(body)).isEqualTo(new ErrorBody(detail, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{\"detail\":",
                "[]",
                "\"text\"",
                "null",
                "{}",
                "{\"detail\":null}",
                "{\"message\":\"m\"}"
            })
    void bodyWithoutADetailHasNone(String body) {
        assertThat(of(body)).isEqualTo(new ErrorBody(null, List.of()));
    }

    @Test
    void objectsOfAListAreValidationErrors() {
        ErrorBody error = of("{\"detail\":[{\"msg\":\"a\"},\"b\",{\"msg\":\"c\"},null]}");
        assertThat(error.validationErrors()).isEqualTo(List.of(Map.of("msg", "a"), Map.of("msg", "c")));
        assertThat(error.detail()).startsWith("[{\"msg\":\"a\"}");
    }
}

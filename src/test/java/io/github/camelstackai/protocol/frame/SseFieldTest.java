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
package io.github.camelstackai.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseFieldTest {
    @ParameterizedTest
    @CsvSource({
        "data: a,DATA,a",
        "data:a,DATA,a",
        "'data:  a ',DATA,' a '",
        "data:,DATA,''",
        "data,DATA,''",
        "data: a: b,DATA,a: b",
        "event: error,EVENT,error",
        "id: 7,ID,7",
        "retry:3000,RETRY,3000",
        ": ping,COMMENT,ping",
        ":,COMMENT,''"
    })
    void fieldIsWhatPrecedesTheColonAndItsValueWhatFollows(String line, SseField field, String value) {
        assertThat(SseField.of(Slice.of(line))).isEqualTo(field);
        assertThat(field.valueIn(Slice.of(line)).text()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"data\":1}", "DATA: a", "dat", "datax", "datax: a", " data: a", "data : a", "x: a", "[DONE]"})
    void otherLinesHoldNoField(String line) {
        assertThat(SseField.of(Slice.of(line))).isNull();
    }
}

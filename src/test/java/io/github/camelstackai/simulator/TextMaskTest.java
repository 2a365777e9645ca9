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
package io.github.camelstackai.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextMaskTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"out-0": "Call me, 7!", "n": -12.5e3, "b": true}    | {"out-0": "xxxx xx, 1!", "n": -11.1e1, "b": true}
            {"a": "\\u00e9\\n\\"x\\"", "b": "C:\\\\d"}           | {"a": "\\u0078\\n\\"x\\"", "b": "x:\\\\d"}
            {"a": "{\\"name\\": \\"Ann\\", \\"ok\\": null}"}     | {"a": "{\\"name\\": \\"xxx\\", \\"ok\\": null}"}
            {"a": "{\\"x\\":\\"\\\\u00e9\\\\n\\"}"}              | {"a": "{\\"x\\":\\"\\\\u0078\\\\n\\"}"}
            {"a": "I met \\"Ann\\": {\\"b\\": 2}"}             | {"a": "x xxx \\"xxx\\": {\\"x\\": 1}"}
            {"a": "\\n [{\\"name\\": \\"Ann\\"}]"}           | {"a": "\\n [{\\"name\\": \\"xxx\\"}]"}
            {"state": "COMPLETED", "date": "2026-11-27T01:02:03Z"} | {"state": "COMPLETED", "date": "2026-11-27T01:02:03Z"}
            data: {"outputs": {"out-0": "Hi"}}                   | data: {"outputs": {"out-0": "xx"}}
            {"outputs": {"out-0": "cut off he                    | {"outputs": {"out-0": "xxx xxx xx
            ["a", ["b1"]]                                        | ["x", ["x1"]]
            [Error] Ann's key                                    | [xxxxx] xxx'x xxx
            <p>Ann 12</p>                                        | <x>xxx 11</x>
            """)
    void textsAreMaskedAndStructureStays(String text, String masked) {
        assertThat(TextMask.body(text)).isEqualTo(masked).hasSameSizeAs(text);
    }

    @Test
    void namesInAFencedBlockStay() {
        assertThat(TextMask.body("{\"a\":\"```json\\n{\\\"name\\\": \\\"Ann\\\"}\\n```\"}"))
                .isEqualTo("{\"a\":\"```json\\n{\\\"name\\\": \\\"xxx\\\"}\\n```\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"a": "[1] \\"Ann Smith\\": will call"}
            {"a": "{1} \\"Ann Smith\\": will call"}
            {"a": "[\\"Ann Smith\\": will call]"}
            {"a": "{\\"Ann Smith\\": will call}"}
            {"a": "{\\"Ann Smith\\" will call}"}
            {"a": "[[\\"b\\"]] \\"Ann Smith\\": will call"}
            {"a": "{\\"b\\": 1} \\"Ann Smith\\": will call"}
            {"a": "```\\n\\"Ann Smith\\": will call\\n```"}
            {"a": "```\\n{\\"b\\": 1}\\n``` \\"Ann Smith\\": will call"}
            {"a": "```json\\n[1] \\"Ann Smith\\": will call"}
            {"a": "{\\"b\\": \\"I met \\\\\\"Ann Smith\\\\\\": yes\\"}"}
            "Ann Smith": will call
            [1] "Ann Smith": will call
            {"Ann Smith": will call}
            {'Ann Smith': 1}
            {\\"Ann Smith\\": 1}
            : "Ann Smith": will call
            data: [1] "Ann Smith": will call
            event: "Ann Smith": will call
            """)
    void nameInWhatIsNoJsonIsMasked(String text) {
        assertThat(TextMask.body(text)).hasSameSizeAs(text).doesNotContain("Ann", "Smith");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"Ann\", \"last-one\": ",
                "{\"name\": NaN}{\"last-one\": 1}",
                "{\n  \"name\": 1,\r\n  \"last-one\": 2\n}",
                "{\"a\": \"Ann\n{\"name\": 1}\rAnn: \"Ann\": 1\r{\"last-one\": 2}",
                "\u00ef\u00bb\u00bfdata: {\"name\": 1,\r\ndata: \"last-one\": 2}\r\n\r\n",
                "{\"a\": \" {\\\"name\\\": \\\"Ann\\\", \\\"last-one\\\": \\\"",
                "{\"a\": \"```json\\n{\\\"name\\\": 1, \\\"last-one\\\": \\\"Ann"
            })
    void nameInJsonStaysAlsoInAPart(String text) {
        assertThat(TextMask.body(text))
                .hasSameSizeAs(text)
                .contains("name", "last-one")
                .doesNotContain("Ann");
    }

    @Test
    void longTextWithEscapesIsMasked() {
        String text = "{\"a\":\"" + "\\\"q\\n".repeat(100_000) + "\"}";
        assertThat(TextMask.body(text)).hasSameSizeAs(text).doesNotContain("q");
    }
}

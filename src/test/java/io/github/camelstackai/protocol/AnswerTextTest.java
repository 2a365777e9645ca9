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

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The value that the text of an output holds. */
class AnswerTextTest {
    private static final Map<String, Object> ONE = Map.of("a", 1);

    private final AnswerText texts = new AnswerText(new Json());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}",
                " \n{\"a\": 1}\n",
                "{'a': 1}",
                "```json\n{\"a\":1}\n```",
                "```JSON\r\n{\"a\":1}\r\n```\r\n",
                "```\n{\"a\":1}\n```",
                "~~~json\n{\"a\":1}\n~~~",
                "````json\n{\"a\":1}\n````",
                "```json {\"a\":1} ```",
                "```json{\"a\":1}```",
                "Here it is:\n\n```json\n{\n  \"a\": 1\n}\n```\n\nI hope it helps.",
                "The answer: ```json\n{\"a\":1}```\nBye",
                "1. First:\n   ```json\n   {\"a\":1}\n   ```",
                "```json\n{\"a\":1}",
                "```python\n{'a': 1}\n```",
                "```json\n{'a': 1,}\n```",
                "Run:\n```bash\nls -l\n```\nto get:\n```json\n{\"a\":1}\n```",
                "Run:\n```bash\nls -l\n```\nto get:\n```\n{\"a\":1}\n```"
            })
    void objectIsFound(String text) throws UnreadableTextException {
        assertThat(texts.read(text)).isEqualTo(ONE);
    }

    @Test
    void fenceWithinAStringEndsNoBlock() throws UnreadableTextException {
        assertThat(texts.read("```json\n{\"code\": \"```py\\nx\\n```\",\n\"b\": 2}\n```"))
                .isEqualTo(Map.of("code", "```py\nx\n```", "b", 2));
        assertThat(texts.read("{'code': '```json\\n{}\\n```'}")).isEqualTo(Map.of("code", "```json\n{}\n```"));
    }

    @Test
    void anyValueOfJsonIsRead() throws UnreadableTextException {
        assertThat(texts.read("[1, 2]")).isEqualTo(List.of(1, 2));
        assertThat(texts.read("4")).isEqualTo(4);
        assertThat(texts.read("true")).isEqualTo(true);
        assertThat(texts.read("True")).isEqualTo(true);
        assertThat(texts.read("\"high\"")).isEqualTo("high");
        assertThat(texts.read("null")).isNull();
        assertThat(texts.read("NaN")).isEqualTo(Double.NaN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "It is urgent.",
                "The priority is {\"a\":1}.",
                "{\"a\":1} {\"a\":2}",
                "{\"a\":",
                "```json\n{\"a\":\n```",
                "```\nls -l\n```",
                "``` ```",
                "```json\n```"
            })
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> texts.read(text)).isInstanceOf(UnreadableTextException.class);
    }

    @Test
    void severalBlocksAreRefused() {
        String block = "```json\n{\"a\":1}\n```\n";
        assertThatThrownBy(() -> texts.read(block + block)).hasMessageContaining("2 fenced blocks of JSON");
        assertThatThrownBy(() -> texts.read(block + "```json\n{\"a\":\n```"))
                .as("one of them is cut off")
                .hasMessageContaining("2 fenced blocks of JSON");
        assertThatThrownBy(() -> texts.read("```\nx\n```\n".repeat(1_000_000))).hasMessageContaining("more than 100");
    }

    /** The reader that understood more of it says what is wrong. */
    @Test
    void reasonIsThatOfTheNotationWhichTheTextHas() {
        assertThatThrownBy(() -> texts.read("{\"a\": 1, \"b\" 2}")).hasMessageContaining("colon");
        assertThatThrownBy(() -> texts.read("{'a': True, 'b' None}"))
                .hasMessageContaining("expected ':' but found 'N' at character 17");
        assertThatThrownBy(() -> texts.read("```json\n[1, oops]\n```")).hasMessageContaining("oops");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "```", "```\n", "``` ``` x", "{'a': ", "1", "`~", "```json [", "x\n"})
    void longTextIsReadOrRefusedInLinearTime(String piece) {
        String text = piece.repeat(2_000_000 / piece.length());
        long begin = System.nanoTime();
        assertThatThrownBy(() -> texts.read(text)).isInstanceOf(UnreadableTextException.class);
        assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
    }
}

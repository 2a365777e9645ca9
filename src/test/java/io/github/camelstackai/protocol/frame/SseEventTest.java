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

import io.github.camelstackai.protocol.frame.SseEvent.Meaning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseEventTest {
    private final SseEvent event = new SseEvent(1000);

    private void add(String... lines) {
        for (String line : lines) {
            event.add(Slice.of(line));
        }
    }

    @ParameterizedTest
    @CsvSource({"message,PLAIN", "error,ERROR", "' error ',ERROR", "stream_complete,END", "ERROR,PLAIN", "'',PLAIN"})
    void meaningIsThatOfTheName(String name, Meaning meaning) {
        event.name(Slice.of(name));
        assertThat(event.meaning()).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({"error,message,ERROR", "error,stream_complete,END", "stream_complete,error,END", "message,error,ERROR"})
    void nameThatEndsTheStreamIsNotTakenBack(String first, String second, Meaning meaning) {
        event.name(Slice.of(first));
        event.name(Slice.of(second));
        assertThat(event.meaning()).isEqualTo(meaning);
    }

    @Test
    void linesAreJoinedUntilTheObjectIsComplete() {
        add("{\"a\":", "1");
        assertThat(event.isComplete()).isFalse();
        assertThat(event.holdsObject()).isTrue();
        add("}");
        assertThat(event.isComplete()).isTrue();
        assertThat(event.data().text()).isEqualTo("{\"a\":\n1\n}");
        assertThat(event.held()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", " {} ", "[DONE]", " [DONE] "})
    void lineThatIsCompleteIsNotCopied(String line) {
        add(line);
        assertThat(event.isComplete()).isTrue();
        assertThat(event.data().text()).isEqualTo(line.strip());
        assertThat(event.held()).isZero();
    }

    @Test
    void blankLinesAreNoData() {
        add("", " ");
        assertThat(event.hasData()).isFalse();
        assertThat(event.isBlank()).as("a line of data has come").isFalse();
        add("{}");
        assertThat(event.isComplete()).isTrue();
        assertThat(event.data().text()).isEqualTo("{}");
    }

    @Test
    void otherDataIsNoObject() {
        add("text");
        assertThat(event.hasData()).isTrue();
        assertThat(event.holdsObject()).isFalse();
        assertThat(event.isComplete()).isFalse();
    }

    @Test
    void wholeLineIsComplete() {
        event.addWhole(Slice.of("{\"a\""));
        assertThat(event.isComplete()).isTrue();
        assertThat(event.state()).isEqualTo(ObjectScanner.State.OPEN);
    }

    @Test
    void nothingOfAnEventIsLeftBehindIt() {
        event.name(Slice.of("error"));
        assertThat(event.isBlank()).isFalse();
        add("{\"a\"");
        event.clear();
        assertThat(event.isBlank()).isTrue();
        assertThat(event.hasData()).isFalse();
        assertThat(event.held()).isZero();
        assertThat(event.data().isEmpty()).isTrue();
    }
}

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

class SseEventTest {
    private final SseEvent event = new SseEvent();

    private void add(String... lines) {
        for (String line : lines) {
            event.add(Slice.of(line));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',PLAIN",
        "message,PLAIN",
        "error,ERROR",
        "' error ',ERROR",
        "stream_complete,END",
        "ping,OTHER",
        "ERROR,OTHER"
    })
    void meaningIsThatOfTheName(String name, Meaning meaning) {
        event.name(Slice.of(name));
        assertThat(event.meaning()).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "error,message,ERROR",
        "error,ping,ERROR",
        "error,stream_complete,END",
        "stream_complete,error,END",
        "message,error,ERROR",
        "ping,message,OTHER"
    })
    void nameOfTheHighestPrecedenceCounts(String first, String second, Meaning meaning) {
        event.name(Slice.of(first));
        event.name(Slice.of(second));
        assertThat(event.meaning()).isEqualTo(meaning);
    }

    @Test
    void linesAreJoined() {
        add(" {\"a\":", "1", "} ");
        assertThat(event.data().text()).isEqualTo("{\"a\":\n1\n}");
        assertThat(event.bufferedBytes()).isEqualTo(" {\"a\":\n1\n} \n".length());
    }

    @Test
    void blankLinesAreNoData() {
        assertThat(event.isBlank()).isTrue();
        add("", " ");
        assertThat(event.hasData()).isFalse();
        assertThat(event.isBlank()).as("a line of data has come").isFalse();
        add("x", "");
        assertThat(event.hasData()).isTrue();
    }

    @Test
    void nothingOfAnEventIsLeftBehindIt() {
        event.name(Slice.of("error"));
        assertThat(event.isBlank()).isFalse();
        add("{\"a\"");
        event.clear();
        assertThat(event.isBlank()).isTrue();
        assertThat(event.hasData()).isFalse();
        assertThat(event.bufferedBytes()).isZero();
        assertThat(event.data().isEmpty()).isTrue();
    }
}

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

import io.github.camelstackai.protocol.frame.ObjectScanner.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectScannerTest {
    private final ObjectScanner scanner = new ObjectScanner();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "` `|EMPTY",
                "{|OPEN",
                " {|OPEN",
                "{}|COMPLETE",
                "` { } `|COMPLETE",
                "{\"a\":[{},[]]}|COMPLETE",
                "{\"a\":[{},[]}|OPEN",
                "{\"}\":\"]\"}|COMPLETE",
                "{\"a\":\"}|OPEN",
                "{\"a\\\"}|OPEN",
                "{\"a\\\"}\":1}|COMPLETE",
                "{\"a\\\\\"}|COMPLETE",
                "{}{}|OTHER",
                "{} x|OTHER",
                "[{}]|OTHER",
                "x{}|OTHER",
                "\"{}\"|OTHER"
            })
    void stateIsTheSameInOnePieceAndByteByByte(String text, State state) {
        scanner.scan(Slice.of(text));
        assertThat(scanner.state()).isEqualTo(state);
        scanner.reset();
        Slice bytes = Slice.of(text);
        for (int i = 0; i < bytes.length(); i++) {
            scanner.scan(bytes.from(i).head(1));
        }
        assertThat(scanner.state()).isEqualTo(state);
    }

    @Test
    void resetForgetsAnUnfinishedString() {
        scanner.scan(Slice.of("{\"a\\"));
        scanner.reset();
        assertThat(scanner.state()).isEqualTo(State.EMPTY);
        scanner.scan(Slice.of("{}"));
        assertThat(scanner.state()).isEqualTo(State.COMPLETE);
    }
}

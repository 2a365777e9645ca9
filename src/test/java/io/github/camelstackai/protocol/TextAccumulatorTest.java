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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextAccumulatorTest {
    private final TextAccumulator increments = new TextAccumulator(true, Integer.MAX_VALUE);
    private final TextAccumulator snapshots = new TextAccumulator(false, Integer.MAX_VALUE);

    @Test
    void incrementsAddUp() {
        increments.add("Hel");
        increments.add("");
        increments.add("lo");
        assertThat(increments).hasToString("Hello");
        assertThat(increments.length()).isEqualTo(5);
    }

    @Test
    void snapshotReplacesWhatCameBeforeUnlessItIsEmpty() {
        snapshots.add("Hel");
        snapshots.add("Hello");
        snapshots.add("");
        assertThat(snapshots).hasToString("Hello");
        snapshots.add("Bye");
        assertThat(snapshots).hasToString("Bye");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noMoreThanTheLimitIsKept(boolean inIncrements) {
        TextAccumulator limited = new TextAccumulator(inIncrements, 5);
        limited.add("Hel");
        limited.add(inIncrements ? "lo you" : "Hello you");
        limited.add("");
        assertThat(limited).hasToString("Hello");
        limited.add(inIncrements ? "!" : "Hello you!");
        assertThat(limited).hasToString("Hello");
    }

    @Test
    void incrementIsWhatItAppends() {
        assertThat(increments.append("Hel")).isEqualTo("Hel");
        assertThat(increments.append("")).isEmpty();
        assertThat(increments.append("Hel")).isEqualTo("Hel");
        assertThat(increments).hasToString("HelHel");
    }

    @Test
    void incrementsNeedNoRoomToBeAppended() {
        TextAccumulator nothingKept = new TextAccumulator(true, 0);
        assertThat(nothingKept.append("Hel")).isEqualTo("Hel");
        assertThat(nothingKept.append("lo")).isEqualTo("lo");
        assertThat(nothingKept.length()).isZero();
    }

    @Test
    void snapshotAppendsWhatItAddsAtTheEnd() {
        assertThat(snapshots.append("Hel")).isEqualTo("Hel");
        assertThat(snapshots.append("")).isEmpty();
        assertThat(snapshots.append("Hello")).isEqualTo("lo");
        assertThat(snapshots.append("Hello")).isEmpty();
        assertThat(snapshots).hasToString("Hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"He", "Help!", "hello!", "X"})
    void snapshotThatChangesTextThatCameBeforeIsRefused(String snapshot) {
        snapshots.append("Hel" + "lo");
        assertThatThrownBy(() -> snapshots.append(snapshot))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("delta=true");
    }
}

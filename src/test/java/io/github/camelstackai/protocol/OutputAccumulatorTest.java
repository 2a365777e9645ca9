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

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputAccumulatorTest {
    private final OutputAccumulator increments = new OutputAccumulator(true);
    private final OutputAccumulator snapshots = new OutputAccumulator(false);

    private static Map<String, Object> output(String node, Object value) {
        return Collections.singletonMap(node, value);
    }

    @Test
    void textOfEachOutputAddsUp() {
        increments.add(Map.of("out-0", "Hel", "out-1", "By"));
        increments.add(output("out-0", "lo"));
        increments.add(output("out-1", "e"));
        assertThat(increments.values()).isEqualTo(Map.of("out-0", "Hello", "out-1", "Bye"));
        assertThat(increments.size()).isEqualTo(8);
    }

    @Test
    void snapshotReplacesTextUnlessItIsEmpty() {
        snapshots.add(output("out-0", "Hello"));
        snapshots.add(output("out-0", "Hi"));
        snapshots.add(output("out-0", ""));
        assertThat(snapshots.values()).isEqualTo(Map.of("out-0", "Hi"));
        assertThat(snapshots.size()).isEqualTo(2);
    }

    @Test
    void valueThatIsNoTextReplacesWhatCameBefore() {
        increments.add(output("out-0", "text"));
        increments.add(output("out-0", List.of(1, 2)));
        assertThat(increments.values()).isEqualTo(Map.of("out-0", List.of(1, 2)));
        assertThat(increments.size()).as("of [1,2]").isEqualTo(5);
        increments.add(output("out-0", true));
        assertThat(increments.values()).isEqualTo(Map.of("out-0", true));
        assertThat(increments.size()).isEqualTo(4);
        increments.add(output("out-0", "x"));
        assertThat(increments.values()).isEqualTo(Map.of("out-0", "x"));
        assertThat(increments.size()).isEqualTo(1);
    }

    @Test
    void nullReplacesNothing() {
        increments.add(output("out-0", null));
        assertThat(increments.values()).isEqualTo(output("out-0", null));
        increments.add(output("out-0", "a"));
        increments.add(output("out-0", null));
        increments.add(output("out-0", "b"));
        assertThat(increments.values()).isEqualTo(output("out-0", "ab"));
        assertThat(increments.size()).isEqualTo(2);
    }

    @Test
    void outputsKeepTheirOrder() {
        for (String node : List.of("out-2", "out-0", "out-1", "out-2")) {
            increments.add(output(node, "x"));
        }
        assertThat(increments.values().keySet()).containsExactly("out-2", "out-0", "out-1");
    }

    @Test
    void valuesAreACopy() {
        increments.add(output("out-0", "a"));
        Map<String, Object> values = increments.values();
        increments.add(output("out-0", "b"));
        assertThat(values).isEqualTo(Map.of("out-0", "a"));
    }

    @Test
    void textIsThatOfTheNamedOrSoleOutputElseAllAsJson() {
        assertThat(increments.text(null)).isEmpty();
        increments.add(output("out-0", "Hello"));
        assertThat(increments.text(null)).isEqualTo("Hello");
        increments.add(output("out-1", List.of(1)));
        assertThat(increments.text("out-0")).isEqualTo("Hello");
        assertThat(increments.text("out-1")).isEqualTo("[1]");
        assertThat(increments.text("out-9")).isEmpty();
        assertThat(increments.text(null)).isEqualTo("{\"out-0\":\"Hello\",\"out-1\":[1]}");
    }
}

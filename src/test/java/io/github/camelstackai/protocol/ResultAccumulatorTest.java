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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The result that the frames of a stream add up to. */
class ResultAccumulatorTest {
    private final ResultAccumulator answer = new ResultAccumulator(true);

    private void add(Map<String, Object> frame) {
        answer.add(frame, RunResult.of(frame).outputs());
    }

    @Test
    void outputsAddUpAndLaterKeysReplaceEarlierOnes() {
        add(Map.of("outputs", Map.of("out-0", "Hel"), "run_id", "r1", "citations", List.of(1)));
        add(Map.of("outputs", Map.of("out-0", "lo", "out-1", 2), "citations", List.of(1, 2), "state", "COMPLETED"));
        RunResult result = answer.result();
        assertThat(result.outputs()).isEqualTo(Map.of("out-0", "Hello", "out-1", 2));
        assertThat(result.citations()).isEqualTo(List.of(1, 2));
        assertThat(result.runId()).isEqualTo("r1");
        assertThat(result.state()).isEqualTo("COMPLETED");
        assertThat(answer.size()).isEqualTo(6);
        assertThat(answer.text("out-0")).isEqualTo("Hello");
    }

    @Test
    void nullReplacesNothing() {
        Map<String, Object> last = new HashMap<>(Map.of("outputs", Map.of()));
        last.put("citations", null);
        last.put("custom", null);
        add(Map.of("outputs", Map.of(), "citations", List.of(1)));
        add(last);
        assertThat(answer.result().raw()).containsEntry("citations", List.of(1)).containsEntry("custom", null);
    }

    @Test
    void outputsOfAFlatFrameAreNoFurtherKeys() {
        add(Map.of("out-0", "Hel"));
        add(Map.of("out-0", "lo", "run_id", "r1"));
        assertThat(answer.result().raw()).isEqualTo(Map.of("run_id", "r1", "outputs", Map.of("out-0", "Hello")));
    }
}

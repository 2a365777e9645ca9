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
package io.github.camelstackai.runlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.protocol.LoggedRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UntoldRunsTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private static LoggedRun run(String id, int second) {
        return LoggedRun.of(
                Map.of("run_id", id, "date", NOON.plusSeconds(second).toString(), "state", "COMPLETED"));
    }

    private static UntoldRuns select(Map<String, Integer> failures, int limit, LoggedRun... runs) {
        UntoldRuns selection = new UntoldRuns(run -> true, run -> failures.getOrDefault(run.id(), 0), limit);
        selection.take(List.of(runs));
        return selection;
    }

    @Test
    void theOldestAreSelected() {
        UntoldRuns selection = select(Map.of(), 2, run("c", 3), run("a", 1), run("b", 2));

        assertThat(selection.runs()).extracting(LoggedRun::id).containsExactly("a", "b");
        assertThat(selection.newest()).isEqualTo(NOON.plusSeconds(3));
        assertThat(selection.left()).isEqualTo(NOON.plusSeconds(3));
    }

    /** Else as many of them as the limit would hide all others. */
    @Test
    void runsThatFailedGiveWayToOthers() {
        UntoldRuns selection = select(Map.of("a", 3, "b", 1), 2, run("a", 1), run("b", 2), run("c", 3));

        assertThat(selection.runs()).extracting(LoggedRun::id).containsExactly("b", "c");
        assertThat(selection.left()).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void runWithoutADateIsTheLast() {
        LoggedRun undated = LoggedRun.of(Map.of("run_id", "u", "state", "FAILED"));

        UntoldRuns selection = select(Map.of(), 0, undated, run("a", 1));

        assertThat(selection.runs()).extracting(LoggedRun::id).containsExactly("a", "u");
        assertThat(selection.newest()).isEqualTo(NOON.plusSeconds(1));
    }
}

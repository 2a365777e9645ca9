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
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeenRunsTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private Instant now = NOON;
    private final SeenRuns seen = new SeenRuns(null, () -> now);

    @Test
    void runIsForgottenByItsDate() {
        LoggedRun run = LoggedRun.of(Map.of("run_id", "r", "date", NOON.toString()));
        seen.add(run);

        seen.forgetBefore(NOON, NOON.plusSeconds(60));
        assertThat(seen.contains(run)).isTrue();
        seen.forgetBefore(NOON.plusSeconds(1), NOON);
        assertThat(seen.contains(run)).isFalse();
    }

    @Test
    void runWithoutADateIsForgottenOnceItIsNoLongerListed() {
        LoggedRun run = LoggedRun.of(Map.of("run_id", "r", "date", "soon"));
        seen.add(run);

        now = NOON.plusSeconds(60);
        assertThat(seen.contains(run)).isTrue();
        seen.forgetBefore(Instant.MAX, NOON.plusSeconds(60));
        assertThat(seen.contains(run)).isTrue();
        seen.forgetBefore(NOON, NOON.plusSeconds(61));
        assertThat(seen.contains(run)).isFalse();
    }
}

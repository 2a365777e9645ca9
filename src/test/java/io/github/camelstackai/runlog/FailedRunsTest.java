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

class FailedRunsTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final LoggedRun run = LoggedRun.of(Map.of("run_id", "r", "date", NOON.toString(), "state", "COMPLETED"));
    private final FailedRuns failures = new FailedRuns();

    private boolean warnsOf(LoggedRun one, Instant before) {
        return failures.warn(List.of(one), before, NOON.plusSeconds(7200));
    }

    @Test
    void warnsOfARunThatHoldsTheReadingBack() {
        assertThat(warnsOf(run, NOON.plusSeconds(1))).as("not tried").isFalse();
        failures.add(run);
        failures.add(run);

        assertThat(failures.count(run)).isEqualTo(2);
        assertThat(warnsOf(run, NOON)).as("read anyway").isFalse();
        assertThat(warnsOf(run, NOON.plusSeconds(1))).isTrue();
        failures.remove(run);
        assertThat(warnsOf(run, NOON.plusSeconds(1))).as("processed").isFalse();
    }
}

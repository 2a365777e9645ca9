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
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenRunsTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Instant ONE = NOON.plusSeconds(3600);

    private final OpenRuns open = new OpenRuns();

    private static LoggedRun run(String id, Instant date, String state) {
        return LoggedRun.of(Map.of("run_id", id, "date", date.toString(), "state", state));
    }

    @Test
    void runThatHasNotEndedIsDueOnceItIsOld() {
        open.see(run("p", NOON, "PAUSED"));
        open.see(run("q", ONE, "PENDING"));
        open.see(run("ended", NOON, "FAILED"));

        assertThat(open.due(NOON, ONE)).isEmpty();
        assertThat(open.due(ONE, ONE)).containsExactly(NOON);
        open.see(run("p", NOON, "CANCELLED"));
        assertThat(open.due(ONE, ONE)).isEmpty();
    }

    @Test
    void anotherStateIsAChange() {
        open.see(run("p", NOON, "PAUSED"));

        assertThat(open.isChanged(run("p", NOON, "PAUSED"))).isFalse();
        assertThat(open.isChanged(run("p", NOON, "COMPLETED"))).isTrue();
        assertThat(open.isChanged(run("another", NOON, "COMPLETED"))).isFalse();
    }

    @Test
    void eachIsDueInTurn() {
        IntStream.range(0, 15).forEach(i -> open.see(run("r" + i, NOON.plusSeconds(i), "PAUSED")));

        assertThat(open.due(ONE, ONE)).hasSize(10).startsWith(NOON);
        assertThat(open.due(ONE, ONE)).hasSize(10).startsWith(NOON.plusSeconds(10));
    }

    @Test
    void runsAreForgottenWhenTheyAreTooOldOrTooMany() {
        open.see(run("old", NOON, "PAUSED"));
        Instant later = NOON.plus(Duration.ofDays(32));
        assertThat(open.due(later, later)).isEmpty();

        IntStream.range(0, 1001).forEach(i -> open.see(run("r" + i, NOON.plusSeconds(i), "PAUSED")));
        assertThat(open.due(ONE, ONE)).startsWith(NOON.plusSeconds(1));
    }
}

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
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogPositionTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final MemoryIdempotentRepository repository = new MemoryIdempotentRepository();

    @BeforeEach
    void start() {
        repository.start();
    }

    private LogPosition position(Instant startFrom, Instant now) {
        return new LogPosition(new SeenRuns(repository), "log", HOUR, startFrom, now);
    }

    private static LoggedRun run(Instant date) {
        return LoggedRun.of(Map.of("run_id", "r", "date", date.toString()));
    }

    @Test
    void firstReadingFindsWhatHadEndedBefore() {
        LogPosition position = position(null, NOON);

        assertThat(position.from()).isEqualTo(NOON.minus(HOUR));
        assertThat(position.isBefore(run(NOON.minusSeconds(1)))).isTrue();
        assertThat(position.isBefore(run(NOON))).isFalse();
        position.advance(null, null, NOON);
        assertThat(position.isBefore(run(NOON.minusSeconds(1)))).isFalse();
    }

    @Test
    void nothingBeforeTheStartIsRead() {
        LogPosition position = position(NOON, NOON.plus(HOUR));

        assertThat(position.from()).isEqualTo(NOON);
        position.advance(NOON.plusSeconds(60), null, NOON.plus(HOUR));
        assertThat(position.from()).isEqualTo(NOON);
        position.advance(NOON.plus(Duration.ofHours(3)), null, NOON.plus(Duration.ofHours(4)));
        assertThat(position.from()).isEqualTo(NOON.plus(Duration.ofHours(2)));
    }

    @Test
    void pendingRunHoldsThePosition() {
        LogPosition position = position(null, NOON);

        position.advance(NOON.plus(HOUR), NOON.minus(HOUR), NOON.plus(HOUR));

        assertThat(position.from()).isEqualTo(NOON.minus(Duration.ofHours(2)));
    }

    /** It would hide the runs to come. */
    @Test
    void dateInTheFutureDoesNotCount() {
        LogPosition position = position(null, NOON);

        position.advance(NOON.plus(Duration.ofDays(1000)), null, NOON.plusSeconds(5));

        assertThat(position.from()).isEqualTo(NOON.plusSeconds(5).minus(HOUR));
    }

    @Test
    void positionIsFoundAgainToTheHour() {
        position(null, NOON).advance(NOON.plusSeconds(1800), null, NOON.plusSeconds(1800));

        assertThat(position(null, NOON.plus(Duration.ofDays(20))).from()).isEqualTo(NOON.minus(HOUR));
        assertThat(position(null, NOON.plus(Duration.ofDays(40))).from())
                .as("forgotten")
                .isEqualTo(NOON.plus(Duration.ofDays(40)).minus(HOUR));
    }
}

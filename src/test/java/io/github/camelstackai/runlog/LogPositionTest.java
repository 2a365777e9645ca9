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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogPositionTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final MemoryIdempotentRepository repository = new MemoryIdempotentRepository();

    @BeforeEach
    void start() {
        repository.start();
    }

    private LogPosition position(Instant startFrom, Instant now) {
        return begin(new LogPosition.Start(startFrom, false), now);
    }

    private LogPosition begin(LogPosition.Start start, Instant now) {
        return new LogPosition(new SeenRuns(repository, () -> now), "log", HOUR, start, now);
    }

    /** A position that moves once the log has been read twice. */
    private static void advance(LogPosition position, Instant newest, Instant pending, Instant now) {
        position.advance(newest, pending, now);
        position.advance(newest, pending, now);
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
        advance(position, NOON.plusSeconds(60), null, NOON.plus(HOUR));
        assertThat(position.from()).isEqualTo(NOON);
        advance(position, NOON.plus(Duration.ofHours(3)), null, NOON.plus(Duration.ofHours(4)));
        assertThat(position.from()).isEqualTo(NOON.plus(Duration.ofHours(2)));
    }

    /** Runs before it have been told, and are forgotten. */
    @Test
    void pendingRunHoldsThePositionButDoesNotMoveItBack() {
        LogPosition position = position(null, NOON);

        advance(position, NOON.plus(HOUR), NOON.minusSeconds(1800), NOON.plus(HOUR));

        assertThat(position.from()).isEqualTo(NOON.minusSeconds(1800));
        advance(position, NOON.plus(HOUR), NOON.plusSeconds(1800), NOON.plus(HOUR));
        assertThat(position.from()).isEqualTo(NOON);
    }

    @Test
    void pendingRunWithoutADateDoesNotHoldThePosition() {
        LogPosition position = position(null, NOON);

        advance(position, NOON.plus(HOUR), Instant.MAX, NOON.plus(HOUR));

        assertThat(position.from()).isEqualTo(NOON);
    }

    /** A page that shifts may hide a run from one reading. */
    @Test
    void eachDateIsReadTwice() {
        LogPosition position = position(null, NOON);

        position.advance(NOON.plus(HOUR), null, NOON.plus(HOUR));
        assertThat(position.from()).isEqualTo(NOON.minus(HOUR));
        position.advance(NOON.plus(HOUR.multipliedBy(2)), null, NOON.plus(HOUR.multipliedBy(2)));

        assertThat(position.from()).isEqualTo(NOON);
    }

    /** It would hide the runs to come. */
    @Test
    void dateInTheFutureDoesNotCount() {
        LogPosition position = position(null, NOON);

        advance(position, NOON.plus(Duration.ofDays(1000)), null, NOON.plusSeconds(5));

        assertThat(position.from()).isEqualTo(NOON.plusSeconds(5).minus(HOUR));
    }

    @Test
    void positionIsFoundAgainToTheHour() {
        Instant later = NOON.plus(Duration.ofHours(5));
        advance(position(null, NOON), later.plusSeconds(1800), null, later.plusSeconds(1800));

        assertThat(position(null, NOON.plus(Duration.ofDays(31))).from()).isEqualTo(later.minus(HOUR));
        Instant tooLate = NOON.plus(Duration.ofDays(63));
        assertThat(position(null, tooLate).from()).as("forgotten").isEqualTo(tooLate.minus(HOUR));
    }

    @Test
    void startIsFoundAgainToTheMinuteThoughNoReadingFollowedIt() {
        position(null, NOON.plusSeconds(1830));

        assertThat(position(null, NOON.plus(Duration.ofDays(20))).from())
                .isEqualTo(NOON.plusSeconds(1800).minus(HOUR));
    }

    /** The last run is two months old; the stop is what counts. */
    @Test
    void positionOfAQuietFlowIsFoundAgain() {
        Instant stop = NOON.plus(Duration.ofDays(60));
        advance(position(null, NOON), null, null, stop);

        assertThat(position(null, stop.plus(Duration.ofDays(31))).from())
                .isEqualTo(stop.minus(Duration.ofDays(30)).minus(HOUR));
    }

    /** Of it nothing may be skipped. */
    @Test
    void positionInABacklogIsKeptAsItIs() {
        LogPosition position = position(NOON, NOON.plus(Duration.ofDays(60)));
        advance(position, NOON.plus(Duration.ofDays(59)), NOON.plus(HOUR), NOON.plus(Duration.ofDays(60)));

        assertThat(position(NOON, NOON.plus(Duration.ofDays(61))).from()).isEqualTo(NOON.plus(HOUR));
    }

    /** {@code startFrom=24h}, and the consumer was stopped for two days. */
    @Test
    void startBeforeNowDoesNotHideTheRunsOfADowntime() {
        begin(new LogPosition.Start(NOON.minus(HOUR), true), NOON);
        Instant restart = NOON.plus(Duration.ofDays(2));

        assertThat(begin(new LogPosition.Start(restart.minus(HOUR), true), restart)
                        .from())
                .isEqualTo(NOON.minus(HOUR));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2026-11-26T12:00:00Z, -, 2026-11-26T17:00:00Z",
                "-, 2026-11-01T00:00:00Z, 2026-11-26T17:00:00Z",
                "2026-11-26T12:00:00Z, 2026-11-28T00:00:00Z, 2026-11-28T00:00:00Z",
            })
    void positionIsFoundAgainWhenStartFromChanges(Instant before, Instant after, Instant from) {
        Instant later = NOON.plus(Duration.ofHours(6));
        advance(position(before, NOON), later, null, later);

        assertThat(position(after, NOON.plus(Duration.ofDays(2))).from()).isEqualTo(from);
    }
}

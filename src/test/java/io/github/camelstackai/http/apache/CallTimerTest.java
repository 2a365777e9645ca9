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
package io.github.camelstackai.http.apache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.http.CallTimeoutException.Limit;
import io.github.camelstackai.http.CallTimeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The timer on a simulated clock; route tests cover it on the real one. */
class CallTimerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final SimulatedScheduler scheduler = new SimulatedScheduler();
    private final List<Limit> expired = new ArrayList<>();
    private boolean reading = true;
    private CallTimer timer = timer(LIMIT, LIMIT);

    private CallTimer timer(Duration response, Duration idle) {
        return new CallTimer(
                scheduler,
                () -> scheduler.now,
                new CallTimeouts(response, idle, Duration.ZERO),
                () -> reading,
                this::expire);
    }

    private void expire(Limit limit) {
        expired.add(limit);
        timer.stop();
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    /** Advances the clock in steps of a millisecond. */
    private void pass(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis++) {
            scheduler.now += 1_000_000;
            scheduler.runDue();
            if (scheduler.now % CallTimer.PERIOD.toNanos() == 0) {
                timer.check();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 999, 1000, 2999, 3000, 3001, 3999, 4500, 60_000})
    void everyLimitIsEnforcedToTheMillisecond(int millis) {
        timer = timer(Duration.ofMillis(millis), Duration.ofMinutes(10));
        pass(Duration.ofMillis(123));
        timer.startResponseTimeout();
        pass(Duration.ofMillis(millis - 1));
        assertThat(expired).isEmpty();
        pass(Duration.ofMillis(2));
        assertThat(expired).containsExactly(Limit.RESPONSE);
    }

    @Test
    void aShortIdleLimitIsEnforcedBesideALongResponseLimit() {
        timer = timer(Duration.ofMinutes(10), Duration.ofSeconds(2));
        timer.startResponseTimeout();
        pass(Duration.ofSeconds(30));
        timer.startIdleTimeout();
        pass(Duration.ofMillis(1999));
        assertThat(expired).isEmpty();
        pass(Duration.ofMillis(2));
        assertThat(expired).containsExactly(Limit.IDLE);
    }

    @Test
    void activityRestartsTheIdleLimit() {
        timer.startResponseTimeout();
        timer.startIdleTimeout();
        pass(LIMIT.minusMillis(5));
        timer.touch();
        pass(LIMIT.minusMillis(1));
        assertThat(expired).isEmpty();
        pass(Duration.ofMillis(2));
        assertThat(expired).containsExactly(Limit.IDLE);
    }

    @Test
    void aCallThatIsSentAgainHasItsWholeLimit() {
        timer.startResponseTimeout();
        pass(LIMIT.minusSeconds(1));
        timer.awaitLease();
        pass(LIMIT);
        assertThat(expired).as("while it waits for a connection").isEmpty();
        timer.startResponseTimeout();
        pass(LIMIT.minusMillis(1));
        assertThat(expired).isEmpty();
        pass(Duration.ofMillis(2));
        assertThat(expired).containsExactly(Limit.RESPONSE);
    }

    @Test
    void timeInWhichTheReceiverAcceptsNoDataDoesNotCount() {
        timer.startResponseTimeout();
        timer.startIdleTimeout();
        reading = false;
        pass(LIMIT.multipliedBy(3));
        assertThat(expired).isEmpty();
        timer.touch();
        reading = true;
        pass(LIMIT.plusMillis(1));
        assertThat(expired).containsExactly(Limit.IDLE);
    }

    @Test
    void aCallThatHasEndedDoesNotExpireAndLeavesNoTaskPending() {
        timer.startResponseTimeout();
        pass(LIMIT.minusSeconds(1));
        assertThat(scheduler.pending()).isEqualTo(1);
        timer.stop();
        assertThat(scheduler.pending()).isZero();
        pass(LIMIT);
        assertThat(expired).isEmpty();
    }

    @Test
    void aCallWithoutLimitsSchedulesNothing() {
        timer = timer(Duration.ZERO, Duration.ZERO);
        timer.startResponseTimeout();
        timer.startIdleTimeout();
        assertThat(scheduler.scheduled).isEmpty();
    }

    @Test
    void activitySchedulesNothing() {
        timer.startResponseTimeout();
        timer.startIdleTimeout();
        int before = scheduler.scheduled.size();
        IntStream.range(0, 1000).forEach(i -> timer.touch());
        assertThat(scheduler.scheduled).hasSize(before);
    }
}

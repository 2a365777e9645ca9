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
package io.github.camelstackai.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.http.CallTimeoutException.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock on a time of its own, which passes when a test says so; tests of routes see it on the real one. */
class CallClockTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Timer timer = new Timer();
    private final List<Limit> expired = new ArrayList<>();
    private boolean listening = true;
    private CallClock clock = clock(LIMIT, LIMIT);

    private CallClock clock(Duration response, Duration idle) {
        return new CallClock(
                timer, () -> timer.now, new CallTimeouts(response, idle, Duration.ZERO), () -> listening, this::expire);
    }

    /** As a call does. */
    private void expire(Limit limit) {
        expired.add(limit);
        clock.stop();
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    /** Lets time pass in steps of a millisecond, with a look at each full second. */
    private void pass(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis++) {
            timer.now += 1_000_000;
            timer.runDue();
            if (timer.now % 1_000_000_000 == 0) {
                clock.look();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 999, 1000, 2999, 3000, 3001, 3999, 4500, 60_000})
    void everyLimitIsKeptToTheMillisecond(int millis) {
        clock = clock(Duration.ofMillis(millis), Duration.ofMinutes(10));
        pass(Duration.ofMillis(123)); // begin anywhere between two looks
        clock.awaitHead();
        pass(Duration.ofMillis(millis - 1));
        assertThat(expired).isEmpty();
        pass(Duration.ofMillis(2));
        assertThat(expired).containsExactly(Limit.RESPONSE);
    }

    @Test
    void aShortLimitOnTheBodyIsKeptWhereThatOnTheHeadIsLong() {
        clock = clock(Duration.ofMinutes(10), Duration.ofSeconds(2));
        clock.awaitHead();
        pass(Duration.ofSeconds(30));
        clock.awaitBody();
        pass(Duration.ofMillis(1999));
        assertThat(expired).isEmpty();
        pass(Duration.ofMillis(2));
        assertThat(expired).containsExactly(Limit.IDLE);
    }

    @Test
    void aSignOfLifeBeginsTheTimeAnew() {
        clock.awaitHead();
        clock.awaitBody();
        pass(LIMIT.minusMillis(5)); // a check is pending by now
        clock.sign();
        pass(LIMIT.minusMillis(1));
        assertThat(expired).isEmpty();
        pass(Duration.ofMillis(2));
        assertThat(expired).containsExactly(Limit.IDLE);
    }

    @Test
    void aCallThatIsSentAgainHasItsWholeLimitAndKeepsIt() {
        clock.awaitHead();
        pass(LIMIT.minusSeconds(1)); // a check is pending by now
        clock.awaitLease(); // the peer sent it back
        pass(LIMIT);
        assertThat(expired).as("while it waits for a connection").isEmpty();
        clock.awaitHead();
        pass(LIMIT.minusMillis(1));
        assertThat(expired).isEmpty();
        pass(Duration.ofMillis(2));
        assertThat(expired).containsExactly(Limit.RESPONSE);
    }

    @Test
    void theTimeOfAReaderThatIsNotListeningDoesNotCount() {
        clock.awaitHead();
        clock.awaitBody();
        listening = false;
        pass(LIMIT.multipliedBy(3));
        assertThat(expired).isEmpty();
        clock.sign();
        listening = true;
        pass(LIMIT.plusMillis(1));
        assertThat(expired).containsExactly(Limit.IDLE);
    }

    @Test
    void aCallThatHasEndedDoesNotExpireAndLeavesNothingPending() {
        clock.awaitHead();
        pass(LIMIT.minusSeconds(1));
        assertThat(timer.pending()).isEqualTo(1);
        clock.stop();
        assertThat(timer.pending()).isZero();
        pass(LIMIT);
        assertThat(expired).isEmpty();
    }

    @Test
    void aCallThatIsAnsweredSoonNeverTouchesTheTimer() {
        clock.awaitHead();
        pass(Duration.ofSeconds(5));
        clock.awaitBody();
        pass(Duration.ofSeconds(5));
        clock.stop();
        assertThat(timer.scheduled).isEmpty();
    }

    /** Runs what is due when it is told to. What it gives back is a future that waits in vain, to see whether it is cancelled. */
    private static final class Timer extends ScheduledThreadPoolExecutor {
        private record Due(Runnable task, long at, ScheduledFuture<?> future) {
            boolean isPending() {
                return !future.isDone();
            }
        }

        private final List<Due> scheduled = new ArrayList<>();
        private long now;

        Timer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            ScheduledFuture<?> future = super.schedule(task, 1, TimeUnit.DAYS);
            scheduled.add(new Due(task, now + unit.toNanos(delay), future));
            return future;
        }

        void runDue() {
            List<Due> due = scheduled.stream()
                    .filter(each -> each.isPending() && each.at <= now)
                    .toList();
            due.forEach(each -> {
                each.future.cancel(false);
                each.task.run();
            });
        }

        long pending() {
            return scheduled.stream().filter(Due::isPending).count();
        }
    }
}

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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits that are longer than the clock looks ahead; the others are seen in the tests of routes. */
class CallClockTest {
    private static final Duration LONG = Duration.ofMillis(3300);
    private static final long PATIENCE_MILLIS = 10_000;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final BlockingQueue<Limit> expired = new LinkedBlockingQueue<>();
    private volatile boolean listening = true;
    private final CallClock clock =
            new CallClock(timer, new CallTimeouts(LONG, LONG, Duration.ZERO), () -> listening, expired::add);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private void lookFrom(long millis) {
        Future<?> unused = timer.scheduleWithFixedDelay(clock::look, millis, 1000, TimeUnit.MILLISECONDS);
    }

    @Test
    void limitIsKeptOnceItIsNear() throws InterruptedException {
        long begin = System.nanoTime();
        clock.awaitHead();
        lookFrom(700);
        assertThat(expired.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(Limit.RESPONSE);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(LONG);
    }

    @Test
    void aCallThatIsSentAgainKeepsItsLimit() throws InterruptedException {
        clock.awaitHead();
        clock.awaitBody();
        Thread.sleep(400);
        clock.look(); // near enough for a check
        clock.awaitLease(); // the peer sent it back
        lookFrom(100);
        Thread.sleep(200);
        clock.awaitHead();
        long begin = System.nanoTime();
        assertThat(expired.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(Limit.RESPONSE);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(LONG.minusMillis(100), LONG.plusMillis(1500));
    }

    @Test
    void theTimeOfAReaderThatIsNotListeningDoesNotCount() throws InterruptedException {
        clock.awaitHead();
        clock.awaitBody();
        listening = false;
        lookFrom(500);
        assertThat(expired.poll(LONG.toMillis() + 1000, TimeUnit.MILLISECONDS)).isNull();
        clock.sign();
        listening = true;
        assertThat(expired.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(Limit.IDLE);
    }

    @Test
    void aCallThatHasEndedDoesNotExpire() throws InterruptedException {
        clock.awaitHead();
        lookFrom(500);
        Thread.sleep(700);
        clock.stop();
        assertThat(expired.poll(LONG.toMillis(), TimeUnit.MILLISECONDS)).isNull();
    }
}

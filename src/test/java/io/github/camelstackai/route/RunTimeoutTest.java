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
package io.github.camelstackai.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.Reply;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that takes too long ends with the time-out whose option the exception names. */
class RunTimeoutTest extends RouteTest {
    @ParameterizedTest
    @ValueSource(ints = {300, 1200})
    void silenceBeforeTheHeadEndsWithTheResponseTimeout(int millis) {
        context.start();
        long begin = System.nanoTime();
        assertThat(failure("stackai:run:f?streamIdleTimeout=20s&responseTimeout=" + millis, Reply.never()))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("responseTimeout");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(millis - 10), Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 1200})
    void silenceInTheBodyEndsWithTheStreamIdleTimeout(int millis) {
        context.start();
        long begin = System.nanoTime();
        assertThat(failure(
                        "stackai:run:f?responseTimeout=20s&streamIdleTimeout=" + millis,
                        Reply.text("x".repeat(1000)).silentAfter(500)))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("streamIdleTimeout");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(millis - 10), Duration.ofSeconds(10));
    }

    @Test
    void slowBodyEndsWithTheTotalTimeout() {
        context.start();
        Reply trickle = Reply.text("{\"outputs\":{\"out-0\":\"" + "x".repeat(10_000) + "\"}}")
                .trickle(1, Duration.ofMillis(20));
        assertThat(failure("stackai:run:f?streamIdleTimeout=1s&totalTimeout=700", trickle))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("totalTimeout");
    }
}

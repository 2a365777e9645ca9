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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallTimeoutsTest {
    private static final Duration RESPONSE = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration TOTAL = Duration.ofSeconds(3);

    private final CallTimeouts timeouts = new CallTimeouts(RESPONSE, IDLE, TOTAL);

    @Test
    void eachLimitHasItsDuration() {
        assertThat(timeouts.of(Limit.RESPONSE)).isEqualTo(RESPONSE);
        assertThat(timeouts.of(Limit.IDLE)).isEqualTo(IDLE);
        assertThat(timeouts.of(Limit.TOTAL)).isEqualTo(TOTAL);
    }

    @ParameterizedTest
    @CsvSource({"0,3000", "1,2999", "2999,1", "3000,1", "9999,1"})
    void timeSpentShortensTheTotalAloneAndNeverToNoLimit(long spent, long left) {
        assertThat(timeouts.after(Duration.ofMillis(spent)))
                .isEqualTo(new CallTimeouts(RESPONSE, IDLE, Duration.ofMillis(left)));
    }

    @Test
    void fractionOfAMillisecondLeftBecomesOne() {
        assertThat(timeouts.after(TOTAL.minusNanos(1)).total()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void timeIsSpentFromTheBeginOfTheCallOn() {
        assertThat(timeouts.since(ago(TOTAL)).total()).isEqualTo(Duration.ofMillis(1));
        assertThat(timeouts.since(ago(Duration.ZERO)).total()).isBetween(Duration.ofSeconds(1), TOTAL);
    }

    @Test
    void noTotalLimitRemainsNone() {
        CallTimeouts unlimited = new CallTimeouts(RESPONSE, IDLE, Duration.ZERO);
        assertThat(unlimited.since(ago(Duration.ofDays(1)))).isEqualTo(unlimited);
    }

    private static long ago(Duration spent) {
        return System.nanoTime() - spent.toNanos();
    }
}

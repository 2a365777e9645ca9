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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallTimeoutExceptionTest {
    @ParameterizedTest
    @CsvSource({
        "PT30S,30s",
        "PT90S,1m30s",
        "PT10M,10m",
        "PT0.25S,0.25s",
        "PT0.001S,0.001s",
        "PT24H,24h",
        "PT1H1.5S,1h1.5s",
        "PT1.0009S,1s",
        "PT0S,0s"
    })
    void durationIsReadableToTheMillisecond(Duration duration, String readable) {
        assertThat(CallTimeoutException.readable(duration)).isEqualTo(readable);
    }

    @ParameterizedTest
    @CsvSource({"RESPONSE,responseTimeout", "IDLE,streamIdleTimeout", "TOTAL,totalTimeout"})
    void messageNamesCallDurationOptionAndConsequence(Limit limit, String option) {
        CallTimeoutException failure =
                new CallTimeoutException(limit, Duration.ofSeconds(30), "POST http://host/x", "; nothing was sent");
        assertThat(failure)
                .hasMessageStartingWith("POST http://host/x: ")
                .hasMessageContaining("30s")
                .hasMessageContaining("(" + option + ")")
                .hasMessageEndingWith("; nothing was sent");
        assertThat(failure.limit()).isEqualTo(limit);
    }
}

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
package io.github.camelstackai.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    private Quantiles quantiles() {
        return LatencyHistogram.quantiles(List.of(histogram));
    }

    @Test
    void emptyHistogramHasNoDurations() {
        assertThat(quantiles()).isEqualTo(new Quantiles(0, Duration.ZERO, Duration.ZERO, Duration.ZERO));
        assertThat(LatencyHistogram.quantiles(List.of()).count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 4, 7, 8, 1000, 123_456, 1_000_000, 600_000_000, 30_000_000_000L})
    void quantileIsAtMostAQuarterAboveTheDuration(long micros) {
        histogram.record(TimeUnit.MICROSECONDS.toNanos(micros));
        assertThat(quantiles().p50()).isBetween(micros(micros), micros(micros + micros / 4));
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE})
    void noDurationIsOutOfRange(long nanos) {
        histogram.record(nanos);
        assertThat(quantiles().count()).isEqualTo(1);
    }

    @Test
    void quantilesAreThoseOfAllHistograms() {
        LatencyHistogram slow = new LatencyHistogram();
        for (int i = 0; i < 94; i++) {
            histogram.record(Duration.ofMillis(10).toNanos());
        }
        for (int i = 0; i < 6; i++) {
            slow.record(Duration.ofSeconds(10).toNanos());
        }
        Quantiles both = LatencyHistogram.quantiles(List.of(histogram, slow));
        assertThat(both.count()).isEqualTo(100);
        assertThat(both.p50()).isBetween(Duration.ofMillis(10), Duration.ofMillis(13));
        assertThat(both.p95()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(13));
    }
}

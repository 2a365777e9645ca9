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

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts durations in buckets, four for each power of two of microseconds. Thread-safe; does not allocate. */
final class LatencyHistogram {
    private static final int STEPS = 4;
    private static final int STEP_BITS = 2;
    /** Durations of 19 hours and more share the last bucket. */
    private static final int MAX_EXPONENT = 36;

    private static final int SIZE = MAX_EXPONENT * STEPS;

    private final AtomicLongArray counts = new AtomicLongArray(SIZE);

    void record(long nanos) {
        counts.incrementAndGet(bucket(TimeUnit.NANOSECONDS.toMicros(nanos)));
    }

    private static int bucket(long micros) {
        if (micros < STEPS) {
            return (int) Math.max(0, micros);
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
        int step = (int) (micros >>> (exponent - STEP_BITS)) & (STEPS - 1);
        return Math.min(SIZE - 1, (exponent - 1) * STEPS + step);
    }

    /** The greatest duration of a bucket, in microseconds. */
    private static long limit(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int exponent = bucket / STEPS + 1;
        return ((STEPS + bucket % STEPS + 1L) << (exponent - STEP_BITS)) - 1;
    }

    /** The quantiles of all durations that {@code histograms} have counted. */
    static Quantiles quantiles(Iterable<LatencyHistogram> histograms) {
        long[] sums = new long[SIZE];
        long total = 0;
        for (LatencyHistogram histogram : histograms) {
            for (int i = 0; i < SIZE; i++) {
                long count = histogram.counts.get(i);
                sums[i] += count;
                total += count;
            }
        }
        return new Quantiles(total, quantile(sums, total, 50), quantile(sums, total, 95), quantile(sums, total, 99));
    }

    private static Duration quantile(long[] sums, long total, int percent) {
        long rank = (total * percent + 99) / 100; // rounded up
        int bucket = 0;
        for (long seen = sums[0]; seen < rank; seen += sums[bucket]) {
            bucket++;
        }
        return total == 0 ? Duration.ZERO : Duration.of(limit(bucket), ChronoUnit.MICROS);
    }
}

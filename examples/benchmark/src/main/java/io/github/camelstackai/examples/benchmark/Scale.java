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
package io.github.camelstackai.examples.benchmark;

import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds in which contenders take turns
 * @param seconds of one measurement
 * @param warmUp seconds of runs at once before the first is counted; other scenarios warm up by a turn or a longer one
 * @param inFlight runs at once, where there are many
 * @param delayMillis until each of those is answered
 * @param burstBytes of one stream that is read as fast as it comes
 * @param streams at once, where there are many
 * @param chunks of each of those
 * @param firstChunks streams that are timed up to their first chunk
 * @param growingRuns runs in flight, from few to many
 * @param growingBytes of one stream, from few to many
 */
record Scale(
        int rounds,
        double seconds,
        double warmUp,
        int inFlight,
        long delayMillis,
        long burstBytes,
        int streams,
        int chunks,
        int firstChunks,
        List<Integer> growingRuns,
        List<Long> growingBytes) {
    static final int CHUNK_EVERY_MILLIS = 50;

    /** Until the compiler has nothing left to do: with less, clients of more classes look slower than they are. */
    private static final double WARM_UP_SECONDS = 30;

    private static final long KB = 1000;
    private static final long MB = 1000 * KB;

    static Scale full(int rounds, double seconds) {
        return new Scale(
                rounds,
                seconds,
                WARM_UP_SECONDS,
                10_000,
                5000,
                64 * MB,
                1000,
                100,
                300,
                List.of(10, 100, 1000, 10_000),
                List.of(10 * KB, 100 * KB, MB, 10 * MB, 100 * MB, 1000 * MB));
    }

    /** Everything once and in little, to see that it works. */
    static Scale smoke() {
        return new Scale(1, 0.3, 0.3, 200, 200, MB, 20, 10, 5, List.of(10, 100), List.of(10 * KB, 100 * KB));
    }
}

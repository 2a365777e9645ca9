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
 * The scale of the benchmark.
 *
 * @param separate whether each scenario, and each microbenchmark, has processes of its own
 * @param rounds number of turns of each contender
 * @param seconds length of a measurement
 * @param warmUp seconds of warm-up for concurrent runs; other scenarios warm up with one turn or a longer one
 * @param inFlight number of concurrent runs of the scenario with many runs
 * @param delayMillis delay of the answers to these runs
 * @param burstBytes size of a stream that the server sends without a delay
 * @param streams number of concurrent streams of the scenario with many streams
 * @param chunks number of chunks of each of these streams
 * @param slowChunks number of chunks of each stream of the scenario with slow streams, of which there are {@code inFlight}
 * @param slowEveryMillis interval of these chunks
 * @param firstChunks number of streams to measure the time to the first chunk
 * @param growingRuns numbers of runs in flight
 * @param growingBytes sizes of one stream
 */
record Scale(
        boolean separate,
        int rounds,
        double seconds,
        double warmUp,
        int inFlight,
        long delayMillis,
        long burstBytes,
        int streams,
        int chunks,
        int slowChunks,
        long slowEveryMillis,
        int firstChunks,
        List<Integer> growingRuns,
        List<Long> growingBytes) {
    static final int CHUNK_EVERY_MILLIS = 50;

    /** Long enough for the JIT compiler: a shorter warm-up makes clients with more classes look slower. */
    private static final double WARM_UP_SECONDS = 30;

    private static final long KB = 1000;
    private static final long MB = 1000 * KB;

    static Scale full(int rounds, double seconds) {
        return new Scale(
                true,
                rounds,
                seconds,
                WARM_UP_SECONDS,
                10_000,
                5000,
                64 * MB,
                1000,
                100,
                10,
                1000,
                300,
                List.of(10, 100, 1000, 10_000),
                List.of(10 * KB, 100 * KB, MB, 10 * MB, 100 * MB, 1000 * MB));
    }

    /** A short measurement of everything, for the test. */
    static Scale smoke() {
        return new Scale(
                false, 1, 0.3, 0.3, 200, 200, MB, 20, 10, 3, 100, 5, List.of(10, 100), List.of(10 * KB, 100 * KB));
    }
}

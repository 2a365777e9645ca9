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

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Reads complete streams. */
final class StreamLoad {
    private StreamLoad() {}

    /** Reads streams of the given size in sequence. */
    static Map<String, Double> burst(Contender contender, long bytes, double seconds) throws InterruptedException {
        Usage begin = Usage.now();
        long chunks = 0;
        long streams = 0;
        do {
            chunks += read(contender, "burst-" + bytes, new Reader(0));
            streams++;
        } while (System.nanoTime() - begin.nanos() < seconds * 1e9);
        Usage used = Usage.now().since(begin);
        Map<String, Double> figures = new TreeMap<>();
        figures.put("chunksPerSecond", chunks / used.seconds());
        figures.put("mebibytesPerSecond", streams * bytes / 1048576.0 / used.seconds());
        figures.put("cpuMicrosPerChunk", used.cpuNanos() / 1e3 / chunks);
        figures.put("allocatedBytesPerChunk", (double) used.allocated() / chunks);
        return figures;
    }

    /**
     * Reads streams concurrently, each with a chunk in each interval.
     *
     * @param rampMillis time in which the streams start
     */
    static Map<String, Double> paced(Contender contender, int streams, int chunks, long millis, long rampMillis)
            throws InterruptedException {
        Usage begin = Usage.now();
        Reader[] readers = start(contender, streams, chunks, millis, rampMillis);
        int threads = Usage.threads();
        long delivered = await(readers);
        Usage used = Usage.now().since(begin);
        Map<String, Double> figures = delays(readers);
        figures.put("delivered", (double) delivered / ((long) streams * (chunks + 1)));
        figures.put("cpuMicrosPerChunk", used.cpuNanos() / 1e3 / delivered);
        figures.put("threads", (double) threads);
        return figures;
    }

    /**
     * As {@link #paced}, but measures the heap while all streams are open, which delays their chunks.
     *
     * @param idleHeap bytes of heap that an idle client uses
     */
    static Map<String, Double> held(
            Contender contender, int streams, int chunks, long millis, long rampMillis, long idleHeap)
            throws InterruptedException {
        Reader[] readers = start(contender, streams, chunks, millis, rampMillis);
        long heap = Usage.heap() - idleHeap;
        await(readers);
        return Map.of("heapKiBPerStream", heap / 1024.0 / streams);
    }

    private static Reader[] start(Contender contender, int streams, int chunks, long millis, long rampMillis) {
        Reader[] readers = new Reader[streams];
        long begin = System.nanoTime();
        for (int i = 0; i < streams; i++) {
            readers[i] = new Reader(chunks);
            contender.stream("paced-" + chunks + "-" + millis, readers[i]);
            LockSupport.parkNanos(begin + rampMillis * 1_000_000 * (i + 1) / streams - System.nanoTime());
        }
        return readers;
    }

    private static long await(Reader... readers) throws InterruptedException {
        long delivered = 0;
        for (Reader reader : readers) {
            delivered += reader.await();
        }
        return delivered;
    }

    private static Map<String, Double> delays(Reader... readers) {
        long[] delays = Arrays.stream(readers)
                .flatMapToLong(reader -> Arrays.stream(reader.delays))
                .sorted()
                .toArray();
        Map<String, Double> figures = new TreeMap<>();
        figures.put("delayMillisP50", delays[delays.length / 2] / 1e6);
        figures.put("delayMillisP99", delays[delays.length * 99 / 100] / 1e6);
        return figures;
    }

    /** Measures the time from the call to the first chunk, of streams in sequence. */
    static Map<String, Double> first(Contender contender, int streams) throws InterruptedException {
        long[] micros = new long[streams];
        for (int i = 0; i < streams; i++) {
            Reader reader = new Reader(1);
            long begin = System.nanoTime();
            read(contender, "paced-1-0", reader);
            micros[i] = (reader.first - begin) / 1000;
        }
        Arrays.sort(micros);
        return Map.of("firstChunkMicros", (double) micros[streams / 2]);
    }

    private static long read(Contender contender, String flow, Reader reader) throws InterruptedException {
        contender.stream(flow, reader);
        return reader.await();
    }

    /** Counts the chunks of one stream, and measures the delay of those with a time. */
    private static final class Reader implements Contender.ChunkListener {
        private final AtomicInteger chunks = new AtomicInteger();
        private final CountDownLatch ended = new CountDownLatch(1);
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        /** Nanoseconds by chunk. Written by the reading thread, like {@code first}. */
        private final long[] delays;

        private long first;

        Reader(int timed) {
            delays = new long[timed];
        }

        @Override
        public void chunk(String text) {
            int number = chunks.get();
            if (number < delays.length) {
                long now = System.nanoTime();
                delays[number] = now - Long.parseLong(text, 1, text.length(), 10);
                first = number == 0 ? now : first;
            }
            chunks.lazySet(number + 1);
        }

        @Override
        public void end(Throwable cause) {
            failure.set(cause);
            ended.countDown();
        }

        long await() throws InterruptedException {
            ended.await();
            if (failure.get() != null) {
                throw new IllegalStateException(failure.get());
            }
            return chunks.get();
        }
    }
}

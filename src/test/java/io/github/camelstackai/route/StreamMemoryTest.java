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

import static io.github.camelstackai.Eventually.await;
import static io.github.camelstackai.route.Streams.END;
import static io.github.camelstackai.route.Streams.frame;
import static io.github.camelstackai.route.Streams.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.JavaProcess;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A stream whose reader pauses until the service stalls, in a heap that holds a part of it. With {@code -Dstream.mebibytes=1024} it
 * has one gigabyte, of which the heap holds a small part.
 */
class StreamMemoryTest {
    private static final int TEXT = 16 * 1024;
    private static final int FRAMES = (int) ((Long.getLong("stream.mebibytes", 320) << 20) / TEXT);
    private static final Duration START_OF_JVM = Duration.ofSeconds(30);

    @Test
    @Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void streamFitsThroughNinetySixMegabytes() throws Exception {
        byte[] piece = utf8(frame("x".repeat(TEXT)) + "\n");
        AtomicInteger sent = new AtomicInteger();
        try (StackAiSimulator stackAi = StackAiSimulator.start()) {
            stackAi.enqueue(Reply.streaming(() -> next(sent.getAndIncrement(), piece)));
            long begin = System.nanoTime();
            Process reader = JavaProcess.of(
                            List.of("-Xmx96m", "-XX:+ExitOnOutOfMemoryError"), SlowReader.class, stackAi.baseUrl())
                    .redirectErrorStream(true)
                    .start();
            try {
                String output = output(reader, stackAi.takeRequest(START_OF_JVM));
                System.out.printf(
                        "%d MiB through a slow reader with -Xmx96m: %s, exit %d, %s%n",
                        ((long) TEXT * FRAMES) >> 20,
                        output,
                        reader.waitFor(),
                        Duration.ofNanos(System.nanoTime() - begin));
                assertThat(output).contains("read " + (long) TEXT * FRAMES);
            } finally {
                reader.destroyForcibly();
            }
        }
    }

    /** Continues each pause of the reader once the service has stalled; returns what else the reader prints. */
    private static String output(Process reader, RecordedRequest request) throws IOException {
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = reader.inputReader();
                BufferedWriter input = reader.outputWriter()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(SlowReader.PAUSED)) {
                    awaitStall(request);
                    input.newLine();
                    input.flush();
                } else {
                    output.append(line);
                }
            }
        }
        return output.toString();
    }

    private static void awaitStall(RecordedRequest request) {
        long[] last = {-1};
        await("the service stalls")
                .pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(20))
                .until(() -> last[0] == (last[0] = request.bytesSent()));
    }

    private static byte[] next(int number, byte[] piece) {
        if (number < FRAMES) {
            return piece;
        }
        return number == FRAMES ? utf8(END + "\n") : null;
    }
}

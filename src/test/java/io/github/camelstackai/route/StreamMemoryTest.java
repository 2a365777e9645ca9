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

import static io.github.camelstackai.route.Streams.END;
import static io.github.camelstackai.route.Streams.frame;
import static io.github.camelstackai.route.Streams.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.JavaProcess;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One gigabyte through a reader that is slower than the service, with a heap that holds a small part of it. */
class StreamMemoryTest {
    private static final int TEXT = 16 * 1024;
    private static final int FRAMES = (1 << 30) / TEXT;

    @Test
    @Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void gigabyteFitsThroughNinetySixMegabytes() throws Exception {
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
                String output = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                System.out.printf(
                        "1 GiB through a slow reader with -Xmx96m: %s, exit %d, %s%n",
                        output.strip(), reader.waitFor(), Duration.ofNanos(System.nanoTime() - begin));
                assertThat(output).contains("read " + (long) TEXT * FRAMES);
            } finally {
                reader.destroyForcibly();
            }
        }
    }

    private static byte[] next(int number, byte[] piece) {
        if (number < FRAMES) {
            return piece;
        }
        return number == FRAMES ? utf8(END + "\n") : null;
    }
}

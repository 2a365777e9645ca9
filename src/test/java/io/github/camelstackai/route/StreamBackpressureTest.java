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

import static io.github.camelstackai.route.Streams.frame;
import static io.github.camelstackai.route.Streams.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A slow reader slows the service down. */
class StreamBackpressureTest extends RouteTest {
    /** What the socket buffers of both sides and {@code streamBufferSize} hold at most. */
    private static final long BUFFERS = 16 << 20;

    @Test
    void readerThatStopsMakesTheServiceStall() throws Exception {
        byte[] piece = utf8(frame("x".repeat(1000)) + "\n");
        try (StackAiStream stream = open("stackai:stream:f?streamIdleTimeout=400", Reply.streaming(() -> piece))) {
            stream.next();
            RecordedRequest request = stackAi().takeRequest(Duration.ofSeconds(5));
            long stalled = bytesSentWhenStalled(request);
            System.out.println("a reader that stopped: the service's socket took " + stalled / 1024 + " KiB");
            assertThat(stalled).isLessThan(BUFFERS);
            for (int i = 0; i < 20_000; i++) {
                assertThat(stream.next().text()).hasSize(1000);
            }
            assertThat(request.bytesSent()).isGreaterThan(stalled);
        }
    }

    /** The interval is longer than {@code streamIdleTimeout}: the reader's own pause is no silence of the service. */
    private static long bytesSentWhenStalled(RecordedRequest request) {
        long[] last = {-1};
        Awaitility.await("the service stalls")
                .pollInterval(Duration.ofMillis(600))
                .atMost(Duration.ofSeconds(20))
                .until(() -> last[0] == (last[0] = request.bytesSent()));
        return last[0];
    }

    @Test
    void slowReaderLimitsWhatTheServiceSends() throws Exception {
        byte[] piece = utf8(frame("x".repeat(4000)) + "\n"); // smaller than the client's buffer, so that chunks are cut
        int chunks = 200;
        try (StackAiStream stream = open(Reply.streaming(() -> piece))) {
            RecordedRequest request = stackAi().takeRequest(Duration.ofSeconds(5));
            readEveryFiveMillis(stream, chunks);
            assertThat(request.bytesSent())
                    .as("what was read and what the buffers hold")
                    .isLessThan(BUFFERS + (long) chunks * piece.length);
        }
    }

    private static void readEveryFiveMillis(StackAiStream stream, int chunks) {
        AtomicInteger left = new AtomicInteger(chunks);
        CompletableFuture<Void> end = new CompletableFuture<>();
        ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor();
        Runnable readOne = () -> {
            try {
                assertThat(stream.next().text()).hasSize(4000);
                if (left.decrementAndGet() == 0) {
                    end.complete(null);
                }
            } catch (RuntimeException | AssertionError e) {
                end.completeExceptionally(e);
            }
        };
        ScheduledFuture<?> reading = reader.scheduleAtFixedRate(readOne, 0, 5, TimeUnit.MILLISECONDS);
        try {
            assertThat(end).succeedsWithin(Duration.ofSeconds(30));
        } finally {
            reading.cancel(false);
            reader.shutdown();
        }
    }
}

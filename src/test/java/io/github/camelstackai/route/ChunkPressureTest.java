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

import static io.github.camelstackai.Eventually.eventually;
import static io.github.camelstackai.route.Streams.frame;
import static io.github.camelstackai.route.Streams.reply;
import static io.github.camelstackai.route.Streams.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The endpoint of the chunks sets the pace, and no thread waits for it. */
class ChunkPressureTest extends RouteTest {
    private static final String URI = "stackai:stream:f?streamMode=collect&chunkUri=probe:chunk";
    /** What the socket buffers of both sides and {@code streamBufferSize} hold at most. */
    private static final long BUFFERS = 16 << 20;

    private final Queue<AsyncCallback> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sent = new AtomicInteger();

    private void start(ProbeComponent.Behaviour behaviour, String uri) throws Exception {
        context.addComponent("probe", new ProbeComponent(behaviour));
        startRoute(uri);
    }

    /** The endpoint is done with a chunk when the test takes its callback. */
    private boolean holdBack(Exchange exchange, AsyncCallback callback) {
        sent.incrementAndGet();
        waiting.add(callback);
        return false;
    }

    private CompletableFuture<Exchange> sendAsync() {
        return template.asyncSend("direct:start", e -> e.getMessage().setBody("q"));
    }

    @Test
    void oneChunkIsOnItsWayAtATime() throws Exception {
        start(this::holdBack, URI);
        stackAi().enqueue(reply("a", "b", "c"));
        CompletableFuture<Exchange> exchange = sendAsync();
        for (int i = 1; i <= 4; i++) {
            int count = i;
            eventually("the next chunk is sent", () -> assertThat(sent).hasValue(count));
            assertThat(waiting).hasSize(1);
            assertThat(exchange).isNotDone();
            waiting.remove().done(false);
        }
        assertThat(exchange).succeedsWithin(Duration.ofSeconds(5));
        assertThat(exchange.join().getMessage().getBody()).isEqualTo("abc");
    }

    @Test
    void slowEndpointMakesTheServiceStall() throws Exception {
        start(this::holdBack, URI + "&streamIdleTimeout=400&maxResponseSize=1000000000");
        byte[] piece = utf8(frame("x".repeat(1000)) + "\n");
        stackAi().enqueue(Reply.streaming(() -> piece));
        CompletableFuture<Exchange> exchange = sendAsync();
        RecordedRequest request = stackAi().takeRequest(Duration.ofSeconds(5));
        long[] last = {-1};
        Awaitility.await("the service stalls")
                .pollInterval(Duration.ofMillis(600))
                .atMost(Duration.ofSeconds(20))
                .until(() -> last[0] == (last[0] = request.bytesSent()));
        assertThat(last[0]).isLessThan(BUFFERS);
        assertThat(sent).hasValue(1);
        assertThat(exchange)
                .as("the endpoint's pause is no silence of the service")
                .isNotDone();
        component.stop();
        assertThat(exchange).succeedsWithin(Duration.ofSeconds(5));
    }

    /** An endpoint that completes at once needs no deeper stack with each chunk. */
    @Test
    void hundredThousandChunksNeedNoDeepStack() throws Exception {
        AtomicInteger deepest = new AtomicInteger();
        start(
                (exchange, callback) -> {
                    if (sent.incrementAndGet() % 10_000 == 0) {
                        deepest.accumulateAndGet(new Throwable().getStackTrace().length, Math::max);
                    }
                    callback.done(true);
                    return true;
                },
                URI);
        int chunks = 100_000;
        stackAi().enqueue(Reply.text((frame("a") + "\n").repeat(chunks) + Streams.END + "\n"));
        assertThat(send("q").getMessage().getBody()).isEqualTo("a".repeat(chunks));
        assertThat(sent).hasValue(chunks + 1);
        assertThat(deepest).hasValueLessThan(100);
    }

    /** The endpoint is done with no chunk for now, and a call of another flow goes through. */
    @Test
    void noThreadWaitsForTheEndpoint() throws Exception {
        start(this::holdBack, URI);
        int streams = 200;
        stackAi().script("f", request -> reply("a"));
        List<CompletableFuture<Exchange>> exchanges = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            exchanges.add(sendAsync());
        }
        eventually("each has sent its first chunk", () -> assertThat(sent).hasValue(streams));
        assertThat(call("stackai:run:g").getMessage().getBody()).isEqualTo("Answer to: q");
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().contains("StackAi"))
                .hasSizeLessThanOrEqualTo(20);
        release(2 * streams);
        assertThat(exchanges).allSatisfy(exchange -> {
            assertThat(exchange).succeedsWithin(Duration.ofSeconds(5));
            assertThat(exchange.join().getMessage().getBody()).isEqualTo("a");
        });
    }

    private void release(int chunks) {
        AtomicInteger left = new AtomicInteger(chunks);
        eventually("all chunks are sent", () -> {
            for (AsyncCallback callback = waiting.poll(); callback != null; callback = waiting.poll()) {
                left.decrementAndGet();
                callback.done(false);
            }
            assertThat(left).hasValue(0);
        });
    }

    /** One that blocks holds a worker, and neither an I/O thread nor another stream. */
    @Test
    void blockingEndpointDelaysNoOtherStream() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        start(
                (exchange, callback) -> {
                    if ("block".equals(exchange.getMessage().getHeader("how")) && sent.incrementAndGet() == 1) {
                        assertThat(Thread.currentThread().getName()).contains("StackAiWorker");
                        release.await();
                    }
                    callback.done(true);
                    return true;
                },
                URI);
        stackAi().script("f", request -> reply("a", "b"));
        CompletableFuture<Exchange> blocked = template.asyncSend("direct:start", e -> {
            e.getMessage().setBody("q");
            e.getMessage().setHeader("how", "block");
        });
        eventually("the endpoint blocks", () -> assertThat(sent).hasValue(1));
        assertThat(send("q").getMessage().getBody()).isEqualTo("ab");
        assertThat(blocked).isNotDone();
        release.countDown();
        assertThat(blocked).succeedsWithin(Duration.ofSeconds(5));
        assertThat(blocked.join().getMessage().getBody()).isEqualTo("ab");
    }
}

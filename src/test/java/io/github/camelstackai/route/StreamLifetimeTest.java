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
import static io.github.camelstackai.route.Streams.utf8;
import static org.apache.camel.builder.Builder.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream ends with its exchange, its route or the context. The stop of its producer does not end it. */
class StreamLifetimeTest extends RouteTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    /** More than the producers that Camel keeps. */
    private static final int MANY = 1_010;

    private static final Map<String, Object> HEADERS = Map.of("flow", "f", "slip", "stackai:stream:f");

    /** The number of frames that the service has written. */
    private final AtomicInteger written = new AtomicInteger();

    /** A frame every 20 ms, without end; the text of each is its number. */
    private Reply numberedFrames() {
        return Reply.streaming(() -> utf8(frame("" + written.incrementAndGet()) + "\n"))
                .chunkEvery(Duration.ofMillis(20));
    }

    /** Reads chunks that the service has not written yet, then closes the stream. */
    private void readNewChunks(Exchange exchange) {
        try (StackAiStream stream = exchange.getMessage().getBody(StackAiStream.class)) {
            int newest = written.get() + 5;
            StackAiChunk chunk = stream.next();
            while (Integer.parseInt(chunk.text()) < newest) {
                chunk = stream.next();
            }
        }
    }

    private static ProcessorDefinition<?> call(RouteDefinition route, String step) {
        return switch (step) {
            case "to" -> route.to("stackai:stream:f");
            case "toD" -> route.toD("stackai:stream:${header.flow}", -1);
            default -> route.routingSlip(header("slip")).cacheSize(-1).end();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"to", "toD", "routingSlip"})
    void streamOutlivesTheProducerThatOpenedIt(String step) throws Exception {
        startRoutes(routes -> call(routes.from("direct:start"), step).process(this::readNewChunks));
        stackAi().enqueue(numberedFrames());
        assertThat(send("q", HEADERS).getException()).isNull();
    }

    @Test
    void streamOutlivesTheEvictionOfItsProducer() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch evicted = new CountDownLatch(1);
        startRoutes(routes -> routes.from("direct:start")
                .toD("stackai:stream:f?output=${header.output}")
                .filter(header("output").isEqualTo("out-0"))
                .process(e -> {
                    opened.countDown();
                    assertThat(evicted.await(20, TimeUnit.SECONDS)).isTrue();
                    readNewChunks(e);
                }));
        stackAi().enqueue(numberedFrames());
        CompletableFuture<Exchange> first =
                template.asyncSend("direct:start", e -> e.getMessage().setHeader("output", "out-0"));
        assertThat(opened.await(5, TimeUnit.SECONDS)).isTrue();
        for (int i = 1; i <= MANY; i++) {
            assertThat(send("q", Map.of("output", "out-" + i)).getException()).isNull();
        }
        evicted.countDown();
        assertThat(first).succeedsWithin(LONG);
        assertThat(first.join().getException()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"to", "toD", "routingSlip"})
    void stopOfTheRouteEndsItsStreams(String step) throws Exception {
        CompletableFuture<Exchange> exchange = readWithoutEnd(step);
        context.getRouteController().stopRoute("streaming", 50, TimeUnit.MILLISECONDS);
        assertEnded(exchange);
    }

    @ParameterizedTest
    @ValueSource(strings = {"to", "toD", "routingSlip"})
    void stopOfTheContextEndsItsStreams(String step) throws Exception {
        context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        context.getShutdownStrategy().setTimeout(50);
        CompletableFuture<Exchange> exchange = readWithoutEnd(step);
        context.stop();
        assertEnded(exchange);
    }

    /** Starts an exchange that reads a stream without end; returns once it has read a new chunk. */
    private CompletableFuture<Exchange> readWithoutEnd(String step) throws Exception {
        AtomicInteger newest = new AtomicInteger(Integer.MAX_VALUE);
        CountDownLatch reading = new CountDownLatch(1);
        startRoutes(routes -> call(routes.from("direct:start").routeId("streaming"), step)
                .process(e -> newest.set(written.get() + 5))
                .split(routes.body())
                .streaming()
                .process(e -> {
                    if (Integer.parseInt(e.getMessage().getBody(String.class)) >= newest.get()) {
                        reading.countDown();
                    }
                }));
        stackAi().enqueue(numberedFrames());
        CompletableFuture<Exchange> exchange =
                template.asyncSend("direct:start", e -> e.getMessage().setHeaders(new HashMap<>(HEADERS)));
        assertThat(reading.await(5, TimeUnit.SECONDS))
                .as("the stream is still read after its producer was stopped")
                .isTrue();
        return exchange;
    }

    private void assertEnded(CompletableFuture<Exchange> exchange) {
        assertThat(exchange).succeedsWithin(LONG);
        assertThat(exchange.join().getException()).hasMessageContaining("stopped");
        eventually("the service sees the close", () -> assertThat(stackAi().openRequests())
                .isZero());
    }
}

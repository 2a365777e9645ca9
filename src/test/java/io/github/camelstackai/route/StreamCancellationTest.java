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
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a stream is cancelled, and when it is not. */
class StreamCancellationTest extends RouteTest {
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    @Test
    void closeCancelsTheCallAtOnce() {
        context.start();
        stackAi().enqueue(endless());
        StackAiStream stream = (StackAiStream) template.requestBody("stackai:stream:f", "q");
        stream.next();
        assertServiceSeesTheCloseWithin(AT_ONCE, stream::close);
    }

    @Test
    void streamOpenedOutsideARouteOutlivesItsExchange() {
        context.start();
        stackAi().enqueue(endless());
        StackAiStream stream = (StackAiStream) template.requestBody("stackai:stream:f", "q");
        for (int i = 0; i < 10; i++) {
            assertThat(stream.next().text()).isEqualTo("a");
        }
        stream.close();
    }

    @Test
    void secondReaderFailsAndTakesNoChunk() throws Exception {
        context.start();
        CompletableFuture<Void> second = new CompletableFuture<>();
        stackAi().enqueue(Reply.chunks(frame("a") + "\n").thenSilence());
        try (StackAiStream stream = (StackAiStream) template.requestBody("stackai:stream:f", "q")) {
            stream.next();
            Thread first = new Thread(() -> readOn(stream, second));
            first.start();
            eventually(
                    "the first reader waits", () -> assertThat(first.getState()).isEqualTo(Thread.State.WAITING));
            assertThatThrownBy(stream::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("run r1")
                    .hasMessageContaining("wireTap");
            assertThat(second).as("the first reader still waits").isNotDone();
        }
        assertThat(second)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(NoSuchElementException.class);
    }

    private static void readOn(StackAiStream stream, CompletableFuture<Void> end) {
        try {
            stream.next();
            end.complete(null);
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    @Test
    void unreadStreamEndsWithItsExchange() throws Exception {
        startRoute("stackai:stream:f");
        stackAi().enqueue(endless());
        CompletableFuture<Object> exchange = template.asyncRequestBody("direct:start", "q");
        assertThat(exchange).succeedsWithin(Duration.ofSeconds(5));
        eventually("the service sees the close", () -> assertThat(stackAi().abortedRequests())
                .isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failingSubRouteCancelsTheStream(boolean handled) throws Exception {
        AtomicInteger routed = new AtomicInteger();
        startRoutes(routes -> {
            routes.onException(IllegalStateException.class).handled(handled).setBody(routes.constant("handled"));
            routes.from("direct:start")
                    .to("stackai:stream:f")
                    .split(routes.body())
                    .streaming()
                    .stopOnException()
                    .process(e -> {
                        if (routed.incrementAndGet() == 3) {
                            throw new IllegalStateException("third");
                        }
                    });
        });
        stackAi().enqueue(endless());
        CompletableFuture<Exchange> exchange =
                template.asyncSend("direct:start", e -> e.getMessage().setBody("q"));
        assertThat(exchange).succeedsWithin(Duration.ofSeconds(5));
        eventually("the service sees the close", () -> assertThat(stackAi().abortedRequests())
                .isEqualTo(1));
        assertThat(routed).hasValue(3);
    }

    @Test
    void stoppingTheContextCancelsStreams() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        context.getShutdownStrategy().setTimeout(50);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .process(e -> reading.countDown());
            }
        });
        context.start();
        stackAi().enqueue(endless());
        CompletableFuture<Exchange> exchange =
                template.asyncSend("direct:start", e -> e.getMessage().setBody("q"));
        reading.await();
        context.stop();
        assertThat(exchange).succeedsWithin(Duration.ofSeconds(5));
        assertThat(exchange.join().getException()).isNotNull();
        eventually("the service sees the close", () -> assertThat(stackAi().openRequests())
                .isZero());
    }

    @Test
    void stoppingTheRouteCancelsItsStreams() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .routeId("streaming")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .process(e -> reading.countDown());
            }
        });
        context.start();
        stackAi().enqueue(endless());
        CompletableFuture<Exchange> exchange =
                template.asyncSend("direct:start", e -> e.getMessage().setBody("q"));
        reading.await();
        context.getRouteController().stopRoute("streaming", 50, TimeUnit.MILLISECONDS);
        assertThat(exchange).succeedsWithin(Duration.ofSeconds(5));
        assertThat(exchange.join().getException()).hasMessageContaining("route was stopped");
        eventually("the service sees the close", () -> assertThat(stackAi().openRequests())
                .isZero());
    }

    @Test
    void closeWakesAWaitingReader() throws Exception {
        context.start();
        stackAi().enqueue(Reply.chunks(frame("a") + "\n").thenSilence());
        StackAiStream stream = (StackAiStream) template.requestBody("stackai:stream:f", "q");
        stream.next();
        CompletableFuture<StackAiChunk> next = CompletableFuture.supplyAsync(stream::next);
        assertServiceSeesTheCloseWithin(AT_ONCE, stream::close);
        assertThat(next).failsWithin(Duration.ofSeconds(5));
    }

    private void assertServiceSeesTheCloseWithin(Duration time, Runnable close) {
        eventually(
                "the stream is open", () -> assertThat(stackAi().openRequests()).isEqualTo(1));
        long begin = System.nanoTime();
        close.run();
        eventually("the service sees the close", () -> assertThat(stackAi().openRequests())
                .isZero());
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        System.out.println("the service saw the close after " + took.toMillis() + " ms");
        assertThat(took).isLessThan(time);
        assertThat(stackAi().abortedRequests()).isEqualTo(1);
    }

    /** A frame every 20 ms, without end. */
    private static Reply endless() {
        byte[] piece = utf8(frame("a") + "\n");
        return Reply.streaming(() -> piece).trickle(500, Duration.ofMillis(20));
    }
}

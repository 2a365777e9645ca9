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
import static io.github.camelstackai.route.Streams.lines;
import static io.github.camelstackai.route.Streams.reply;
import static io.github.camelstackai.route.Streams.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A collected stream and the endpoint of its chunks: either fails, and both end. */
class ChunkFailureTest extends RouteTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String URI = "stackai:stream:f?streamMode=collect&chunkUri=probe:chunk";

    private final AtomicInteger sent = new AtomicInteger();

    /** With an endpoint for the chunks that behaves so. */
    private void start(ProbeComponent.Behaviour behaviour, String uri) throws Exception {
        context.addComponent("probe", new ProbeComponent((exchange, callback) -> {
            sent.incrementAndGet();
            return behaviour.process(exchange, callback);
        }));
        context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        context.getShutdownStrategy().setTimeout(50);
        startRoutes(routes -> routes.from("direct:start").routeId("streaming").to(uri));
    }

    private CompletableFuture<Exchange> sendAsync() {
        return template.asyncSend("direct:start", e -> e.getMessage().setBody("q"));
    }

    /** How an endpoint reports that it failed. */
    enum Failing {
        BY_EXCEPTION,
        LATER,
        BY_THROWING,
        BY_AN_ERROR,
        AFTER_COMPLETION;

        boolean fail(Exchange exchange, AsyncCallback callback, Exception failure) throws Exception {
            switch (this) {
                case BY_EXCEPTION -> exchange.setException(failure);
                case LATER -> {
                    later(1).execute(() -> {
                        exchange.setException(failure);
                        callback.done(false);
                    });
                    return false;
                }
                case BY_THROWING -> throw failure;
                case BY_AN_ERROR -> throw new StackOverflowError("in the endpoint");
                case AFTER_COMPLETION -> {
                    callback.done(true);
                    throw failure;
                }
            }
            callback.done(true);
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource(Failing.class)
    void failureOfAChunkCancelsTheRunAndIsThatOfTheExchange(Failing failing) throws Exception {
        Exception failure = new IllegalStateException("the socket is closed");
        start(
                (exchange, callback) -> {
                    if (exchange.getMessage().getHeader(StackAiConstants.CHUNK_INDEX, Long.class) == 2) {
                        return failing.fail(exchange, callback, failure);
                    }
                    callback.done(true);
                    return true;
                },
                URI);
        stackAi().enqueue(endless());
        CompletableFuture<Exchange> future = sendAsync();
        assertThat(future).succeedsWithin(SOON);
        Exchange exchange = future.join();
        if (failing == Failing.BY_AN_ERROR) {
            assertThat(exchange.getException()).hasRootCauseInstanceOf(StackOverflowError.class);
        } else if (failing != Failing.AFTER_COMPLETION) {
            assertThat(exchange.getException()).isSameAs(failure);
        }
        assertThat(exchange.getException()).isNotNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("q");
        assertThat(exchange.getProperty(StackAiConstants.MAY_HAVE_RUN)).isEqualTo(true);
        eventually("the call is cancelled", () -> assertThat(stackAi().abortedRequests())
                .isEqualTo(1));
        assertThat(sent).as("no chunk follows the failure").hasValue(3);
        eventually(
                "no exchange is left",
                () -> assertThat(context.getInflightRepository().size()).isZero());
    }

    @Test
    void refusedCallOnTheWayOfAChunkSaysNothingOfTheRun() throws Exception {
        startRoutes(routes -> {
            routes.from("direct:start").to("stackai:stream:f?streamMode=collect&chunkUri=direct:chunk");
            routes.from("direct:chunk").to("stackai:run:other");
        });
        stackAi().script("f", request -> reply("a", "b"));
        stackAi().script("other", request -> Reply.error(429, "Slow down"));
        Exchange exchange = send("q");
        assertThat(exchange.getException()).isInstanceOf(StackAiOperationFailedException.class);
        assertThat(exchange.getProperty(StackAiConstants.MAY_HAVE_RUN)).isEqualTo(true);
        assertThat(exchange.getMessage().getHeader(StackAiConstants.RUN_ID)).isEqualTo("r1");
    }

    @Test
    void flowOfAToDIsNotThatOfACallOnTheWayOfAChunk() throws Exception {
        startRoutes(routes -> {
            routes.from("direct:start").toD("stackai:stream:${header.flow}?streamMode=collect&chunkUri=direct:chunk");
            routes.from("direct:chunk").to("stackai:run:moderate");
        });
        stackAi().enqueue(reply("a"));
        assertThat(send("q", Map.of("flow", "assistant")).getException()).isNull();
        assertThat(stackAi().requests())
                .extracting(RecordedRequest::path)
                .containsExactly(
                        "/inference/v0/stream/sim-org/assistant",
                        "/inference/v0/run/sim-org/moderate",
                        "/inference/v0/run/sim-org/moderate");
    }

    @Test
    void failureThatTheChunksRouteHandlesIsNone() throws Exception {
        startRoutes(routes -> {
            routes.from("direct:start").to("stackai:stream:f?streamMode=collect&chunkUri=direct:chunk");
            routes.from("direct:chunk")
                    .onException(IllegalStateException.class)
                    .handled(true)
                    .end()
                    .throwException(new IllegalStateException("handled"));
        });
        stackAi().enqueue(reply("a", "b"));
        assertThat(send("q").getMessage().getBody()).isEqualTo("ab");
    }

    @Test
    void endpointThatCompletesTwiceCountsOnce() throws Exception {
        start(
                (exchange, callback) -> {
                    callback.done(true);
                    callback.done(true);
                    return true;
                },
                URI);
        stackAi().enqueue(reply("a", "b", "c"));
        assertThat(send("q").getMessage().getBody()).isEqualTo("abc");
        assertThat(sent).hasValue(4);
    }

    @Test
    void endpointThatIsRemovedFailsTheExchange() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        startRoutes(routes -> {
            routes.from("direct:start").to("stackai:stream:f?streamMode=collect&chunkUri=RAW(direct:chunk?timeout=50)");
            routes.from("direct:chunk").routeId("chunk").process(e -> first.countDown());
        });
        stackAi().enqueue(endless());
        CompletableFuture<Exchange> exchange = sendAsync();
        first.await();
        context.getRouteController().stopRoute("chunk", 50, TimeUnit.MILLISECONDS);
        context.removeRoute("chunk");
        context.removeEndpoints("direct:chunk*");
        assertThat(exchange).succeedsWithin(SOON);
        assertThat(exchange.join().getException()).isNotNull();
        eventually("the call is cancelled", () -> assertThat(stackAi().abortedRequests())
                .isEqualTo(1));
    }

    @Test
    void refusalSendsNoChunk() throws Exception {
        start((exchange, callback) -> true, URI);
        stackAi()
                .enqueue(
                        Reply.error(429, "slow down"),
                        Reply.text("<html>"),
                        Reply.text("{\"error\":\"no credits\"}\n"));
        assertThat(send("q").getException()).isInstanceOf(StackAiOperationFailedException.class);
        assertThat(send("q").getException()).hasMessageContaining("is not a StackAI stream");
        assertThat(send("q").getException()).hasMessageContaining("no credits");
        assertThat(sent).hasValue(0);
    }

    @Test
    void brokenStreamFailsAfterTheChunksThatArrived() throws Exception {
        start(
                (exchange, callback) -> {
                    later(20).execute(() -> callback.done(false));
                    return false;
                },
                URI);
        stackAi().enqueue(Reply.chunks(frame("a") + "\n", frame("b") + "\n").thenClose());
        Exchange exchange = send("q");
        assertThat(exchange.getException()).isInstanceOfSatisfying(StackAiStreamException.class, e -> {
            assertThat(e.getReason()).isEqualTo(Reason.TRUNCATED);
            assertThat(e.getText()).isEqualTo("ab");
            assertThat(e.getRunId()).isEqualTo("r1");
        });
        assertThat(exchange.getMessage().getHeader(StackAiConstants.RUN_ID)).isEqualTo("r1");
        assertThat(sent).hasValue(2);
    }

    private static Executor later(long millis) {
        return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    }

    /** The endpoint never completes the exchange of the chunk. */
    @ParameterizedTest
    @ValueSource(strings = {"route", "context", "component"})
    void stopEndsAStreamWhoseEndpointHangs(String stopped) throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        start(
                (exchange, callback) -> {
                    hanging.countDown();
                    return false;
                },
                URI);
        stackAi().enqueue(endless());
        CompletableFuture<Exchange> exchange = sendAsync();
        hanging.await();
        switch (stopped) {
            case "route" -> context.getRouteController().stopRoute("streaming", 50, TimeUnit.MILLISECONDS);
            case "component" -> component.stop();
            default -> context.stop();
        }
        assertThat(exchange).succeedsWithin(SOON);
        assertThat(exchange.join().getException()).hasMessageContaining("was stopped");
        eventually("the service sees the close", () -> assertThat(stackAi().openRequests())
                .isZero());
    }

    /** Also if the answer has arrived as a whole: its last chunk is not delivered yet. */
    @Test
    void stopEndsAStreamWhoseLastChunkHangs() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        start(
                (exchange, callback) -> {
                    hanging.countDown();
                    return false;
                },
                URI);
        stackAi().enqueue(Reply.text(lines()));
        CompletableFuture<Exchange> exchange = sendAsync();
        hanging.await();
        context.getRouteController().stopRoute("streaming", 50, TimeUnit.MILLISECONDS);
        assertThat(exchange).succeedsWithin(SOON);
        assertThat(exchange.join().getException()).hasMessageContaining("the route was stopped");
    }

    @Test
    void totalTimeoutEndsAStreamWhoseEndpointHangs() throws Exception {
        start((exchange, callback) -> false, URI + "&totalTimeout=300");
        stackAi().enqueue(endless());
        CompletableFuture<Exchange> exchange = sendAsync();
        assertThat(exchange).succeedsWithin(SOON);
        assertThat(exchange.join().getException()).hasMessageContaining("totalTimeout");
        assertThat(sent).hasValue(1);
    }

    /** Camel stops producers that are in use, when a cache evicts them. */
    @Test
    void stopOfTheProducerEndsNoStream() throws Exception {
        CompletableFuture<AsyncCallback> first = new CompletableFuture<>();
        start(
                (exchange, callback) -> {
                    if (first.complete(callback)) {
                        return false;
                    }
                    callback.done(true);
                    return true;
                },
                "mock:unused");
        stackAi().enqueue(reply("a", "b"));
        AsyncProducer producer = context.getEndpoint(URI).createAsyncProducer();
        producer.start();
        Exchange exchange = producer.getEndpoint().createExchange();
        exchange.getMessage().setBody("q");
        CompletableFuture<Exchange> done = producer.processAsync(exchange);
        AsyncCallback callback = first.join();
        producer.stop();
        callback.done(false);
        assertThat(done).succeedsWithin(SOON);
        assertThat(exchange.getMessage().getBody()).isEqualTo("ab");
    }

    /** A frame every 20 ms, without end. */
    private static Reply endless() {
        byte[] piece = utf8(frame("a") + "\n");
        return Reply.streaming(() -> piece).trickle(500, Duration.ofMillis(20));
    }
}

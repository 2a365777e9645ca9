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
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When chunks are routed, what a slow reader costs, and what the service sees of one that leaves. */
class StreamFlowTest extends RouteTest {
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    /** A frame every 20 ms, for ever. */
    private static Reply endless() {
        byte[] piece = utf8(frame("a") + "\n");
        return Reply.streaming(() -> piece).trickle(500, Duration.ofMillis(20));
    }

    private void assertServiceSeesTheCloseWithin(Duration time, Runnable leave) {
        eventually(
                "the stream is open", () -> assertThat(stackAi().openRequests()).isEqualTo(1));
        long begin = System.nanoTime();
        leave.run();
        org.awaitility.Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(stackAi().openRequests()).isZero());
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        System.out.println("the service saw the close after " + took.toMillis() + " ms");
        assertThat(took).isLessThan(time);
        assertThat(stackAi().abortedRequests()).isEqualTo(1);
    }

    // ---- at once

    @Test
    void chunkIsRoutedAtOnceAndNotOneLate() throws Exception {
        List<Long> routed = new CopyOnWriteArrayList<>();
        List<Long> written = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .setBody(simple("${body}"))
                        .convertBodyTo(String.class)
                        .process(e -> routed.add(System.nanoTime()));
            }
        });
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            component.getConfiguration().setBaseUrl("http://127.0.0.1:" + server.getLocalPort());
            context.start();
            FutureTask<Void> writer = new FutureTask<>(() -> {
                writePaced(server, written);
                return null;
            });
            new Thread(writer, "paced writer").start();
            assertThat(send("q").getException()).isNull();
            writer.get();
        }
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            delays.add((routed.get(i) - written.get(i)) / 1_000);
        }
        delays.sort(null);
        System.out.println("written to routed: median " + delays.get(delays.size() / 2) + " µs, longest "
                + delays.get(delays.size() - 1) + " µs");
        assertThat(delays).hasSize(21);
        assertThat(Duration.ofNanos(delays.get(delays.size() / 2) * 1_000)).isLessThan(Duration.ofMillis(20));
    }

    /** A chunk every 200 ms by a plain socket; {@code written} gets the moment before each write. */
    private static void writePaced(ServerSocket server, List<Long> written) throws Exception {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            out.write(utf8("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
            for (int i = 0; i <= 20; i++) {
                byte[] line = utf8((i == 20 ? END : frame("t" + i)) + "\n");
                new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
                written.add(System.nanoTime());
                out.write(utf8(Integer.toHexString(line.length) + "\r\n" + new String(line, UTF_8) + "\r\n"));
            }
            out.write(utf8("0\r\n\r\n"));
        }
    }

    /** The end of the body may come a moment after the answer is complete, and the exchange with it. */
    @Test
    void connectionOfAStreamThatWasReadToItsEndServesAgain() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        String last = Integer.toHexString(utf8(END + "\n").length) + "\r\n" + END + "\n\r\n";
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            component.getConfiguration().setBaseUrl("http://127.0.0.1:" + server.getLocalPort());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:start").to("stackai:stream:f").convertBodyTo(String.class);
                }
            });
            context.start();
            CompletableFuture<Void> first = new CompletableFuture<>();
            FutureTask<Void> one = new FutureTask<>(() -> {
                try (Socket socket = server.accept()) {
                    readRequest(socket);
                    socket.getOutputStream().write(utf8(head + last));
                    first.get(5, TimeUnit.SECONDS); // its exchange has ended
                    socket.getOutputStream().write(utf8("0\r\n\r\n"));
                    readRequest(socket);
                    socket.getOutputStream().write(utf8(head + last + "0\r\n\r\n"));
                }
                return null;
            });
            new Thread(one, "one connection").start();
            assertThat(send("q").getMessage().getBody()).isEqualTo("");
            first.complete(null);
            eventually("it is back in the pool", () -> assertThat(component.leasedConnections())
                    .isZero());
            assertThat(send("q").getMessage().getBody()).isEqualTo("");
            one.get(5, TimeUnit.SECONDS);
        }
    }

    /** Up to the end of its JSON. */
    private static void readRequest(Socket socket) throws IOException {
        int last = 0;
        while (last != '}') {
            last = socket.getInputStream().read();
            if (last < 0) {
                throw new EOFException("no request came over this connection");
            }
        }
    }

    // ---- leaving

    @Test
    void closeIsSeenAtOnce() {
        context.start();
        stackAi().enqueue(endless());
        StackAiStream stream = (StackAiStream) template.requestBody("stackai:stream:f", "q");
        stream.next();
        assertServiceSeesTheCloseWithin(AT_ONCE, stream::close);
    }

    @Test
    void streamThatAProgramOpenedOutlivesItsExchange() {
        context.start();
        stackAi().enqueue(endless());
        StackAiStream stream = (StackAiStream) template.requestBody("stackai:stream:f", "q");
        for (int i = 0; i < 10; i++) {
            assertThat(stream.next().text()).isEqualTo("a");
        }
        stream.close();
    }

    @Test
    void secondReaderIsToldOfTheFirstAndTakesNothing() throws Exception {
        context.start();
        CompletableFuture<Void> second = new CompletableFuture<>();
        stackAi().enqueue(Reply.chunks(frame("a") + "\n").thenSilence());
        try (StackAiStream stream = (StackAiStream) template.requestBody("stackai:stream:f", "q")) {
            stream.next();
            Thread first = new Thread(() -> readOn(stream, second));
            first.start();
            eventually("the first waits", () -> assertThat(first.getState()).isEqualTo(Thread.State.WAITING));
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
    void streamThatNobodyReadsEndsWithItsExchange() throws Exception {
        startRoute("stackai:stream:f");
        stackAi().enqueue(endless());
        CompletableFuture<Object> exchange = template.asyncRequestBody("direct:start", "q");
        assertThat(exchange).succeedsWithin(Duration.ofSeconds(5));
        eventually("the service sees it", () -> assertThat(stackAi().abortedRequests())
                .isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failingSubRouteCancelsAtOnce(boolean handled) throws Exception {
        CountDownLatch atThird = new CountDownLatch(3);
        AtomicInteger routed = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(handled).setBody(constant("handled"));
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .stopOnException()
                        .process(e -> {
                            routed.incrementAndGet();
                            atThird.countDown();
                            if (atThird.getCount() == 0) {
                                throw new IllegalStateException("third");
                            }
                        });
            }
        });
        context.start();
        stackAi().enqueue(endless());
        CompletableFuture<Exchange> exchange =
                template.asyncSend("direct:start", e -> e.getMessage().setBody("q"));
        assertThat(exchange).succeedsWithin(Duration.ofSeconds(5));
        eventually("the service sees it", () -> assertThat(stackAi().abortedRequests())
                .isEqualTo(1));
        assertThat(routed).hasValue(3);
    }

    @Test
    void stoppingTheContextCancelsStreams() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        context.getShutdownStrategy().setTimeout(1);
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
        eventually("the service sees it", () -> assertThat(stackAi().openRequests())
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
        context.getRouteController().stopRoute("streaming", 1, TimeUnit.SECONDS);
        assertThat(exchange).succeedsWithin(Duration.ofSeconds(5));
        assertThat(exchange.join().getException()).hasMessageContaining("route was stopped");
        eventually("the service sees it", () -> assertThat(stackAi().openRequests())
                .isZero());
    }

    @Test
    void waitingReaderIsWokenByClose() throws Exception {
        context.start();
        stackAi().enqueue(Reply.chunks(frame("a") + "\n").thenSilence());
        StackAiStream stream = (StackAiStream) template.requestBody("stackai:stream:f", "q");
        stream.next();
        CompletableFuture<StackAiChunk> next = CompletableFuture.supplyAsync(stream::next);
        assertServiceSeesTheCloseWithin(AT_ONCE, stream::close);
        assertThat(next).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void connectionOfACompletedStreamIsUsedAgain() {
        context.start();
        for (int i = 0; i < 5; i++) {
            stackAi().enqueue(Streams.reply("x"));
            assertThat(template.requestBody("stackai:stream:f", "q", StackAiStream.class)
                            .text())
                    .isEqualTo("x");
            eventually("it is back in the pool", () -> assertThat(component.leasedConnections())
                    .isZero());
        }
        assertThat(stackAi().requests())
                .extracting(RecordedRequest::connection)
                .containsOnly(stackAi().requests().get(0).connection());
    }

    @Test
    void serviceThatDoesNotEndItsBodyHoldsNoConnection() {
        context.start();
        stackAi().enqueue(Reply.chunks(frame("x") + "\n", END + "\n").thenSilence());
        assertThat(template.requestBody("stackai:stream:f", "q", StackAiStream.class)
                        .text())
                .isEqualTo("x");
        eventually("it is given up", () -> assertThat(component.leasedConnections())
                .isZero());
    }

    // ---- a slow reader

    @Test
    void readerThatStopsMakesTheServerStall() throws Exception {
        context.start();
        byte[] piece = utf8(frame("x".repeat(1000)) + "\n");
        stackAi().enqueue(Reply.streaming(() -> piece));
        StackAiStream stream = (StackAiStream) template.requestBody("stackai:stream:f?streamIdleTimeout=1s", "q");
        stream.next();
        RecordedRequest request = stackAi().takeRequest(Duration.ofSeconds(5));
        long[] last = {-1};
        org.awaitility.Awaitility.await("the server's write stalls")
                .pollInterval(
                        Duration.ofMillis(1500)) // longer than streamIdleTimeout: our own pause is not its silence
                .atMost(Duration.ofSeconds(20))
                .until(() -> last[0] == (last[0] = request.bytesSent()));
        System.out.println("a reader that stopped: the server's socket took " + last[0] / 1024 + " KiB");
        assertThat(last[0]).as("socket buffers and streamBufferSize").isLessThan(16 << 20);
        for (int i = 0; i < 20_000; i++) {
            assertThat(stream.next().text()).hasSize(1000);
        }
        assertThat(request.bytesSent()).isGreaterThan(last[0]);
        stream.close();
    }

    @Test
    void readerThatIsSlowHoldsTheServerToItsOwnPace() throws Exception {
        context.start();
        byte[] piece = utf8(frame("x".repeat(4000)) + "\n"); // smaller than the client's buffer, so that chunks are cut
        stackAi().enqueue(Reply.streaming(() -> piece));
        StackAiStream stream = (StackAiStream) template.requestBody("stackai:stream:f", "q");
        RecordedRequest request = stackAi().takeRequest(Duration.ofSeconds(5));
        for (int i = 0; i < 200; i++) {
            assertThat(stream.next().text()).hasSize(4000);
            new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS); // the pace of a slow reader
        }
        stream.close();
        assertThat(request.bytesSent())
                .as("what was read, socket buffers and streamBufferSize")
                .isLessThan((16 << 20) + 200L * piece.length);
    }

    // ---- many

    @Test
    void thousandCollectedStreamsNeedNoMoreThreads() throws Exception {
        startRoute("stackai:stream:f?streamMode=collect");
        send("warm up");
        String[] texts = IntStream.range(0, 50).mapToObj(i -> "é" + i + " ").toArray(String[]::new);
        stackAi().script(request -> Streams.reply(texts).chunkEvery(Duration.ofMillis(10)));
        int threads = Thread.activeCount();
        List<CompletableFuture<Object>> answers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            answers.add(template.asyncRequestBody("direct:start", "q"));
        }
        int most = 0;
        for (CompletableFuture<Object> answer : answers) {
            assertThat(answer.join()).isEqualTo(String.join("", texts));
            most = Math.max(most, Thread.activeCount());
        }
        System.out.println("1000 collected streams: " + stackAi().maxOpenRequests() + " open at once, "
                + (most - threads) + " threads more");
        assertThat(stackAi().maxOpenRequests()).isGreaterThan(10);
        assertThat(most - threads).isLessThanOrEqualTo(40);
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.route.Http2Peer.Request;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits that a user sets hold over HTTP/2 as over HTTP/1.1. */
class Http2LimitsTest extends Http2RouteTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final BlockingQueue<Request> arrived = new LinkedBlockingQueue<>();

    private Request next() throws InterruptedException {
        Request request = arrived.poll(10, TimeUnit.SECONDS);
        assertThat(request).as("a request arrives").isNotNull();
        return request;
    }

    private List<CompletableFuture<Exchange>> sendAtOnce(int calls) {
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            String question = "q" + i;
            sent.add(template.asyncSend(
                    "direct:start", exchange -> exchange.getMessage().setBody(question)));
        }
        return sent;
    }

    /** How the call fails, at the latest when its stream is read. */
    private Exception failure(String call, String option) {
        Exchange exchange =
                template.request(withOption(call, option), e -> e.getMessage().setBody("q"));
        if (exchange.getMessage().getBody() instanceof StackAiStream stream) {
            try (stream) {
                stream.text();
            } catch (Exception e) {
                return e;
            }
        }
        return exchange.getException();
    }

    private static void assertBroken(Exception failure, Reason reason, String option) {
        assertThat(failure).isInstanceOfSatisfying(StackAiStreamException.class, e -> assertThat(e.getReason())
                .isEqualTo(reason));
        assertThat(failure).hasMessageContaining(option);
    }

    @Test
    void aConnectionCarriesOneCallAtATimeAndServesTheNext() throws Exception {
        component.setMaxConnections(2);
        try (Http2Peer peer = peer(arrived::add)) {
            start(peer, "stackai:run:f");
            List<CompletableFuture<Exchange>> calls = sendAtOnce(4);
            List<Request> open = List.of(next(), next());
            await("no other goes along with these")
                    .during(Duration.ofMillis(300))
                    .until(arrived::isEmpty);
            for (Request request : open) {
                request.ok(OK);
            }
            next().ok(OK);
            next().ok(OK);
            for (CompletableFuture<Exchange> call : calls) {
                assertThat(call).succeedsWithin(LONG);
                assertThat(call.join().getMessage().getBody()).isEqualTo("yes");
            }
            assertThat(peer.requests).hasSize(4).doesNotHaveDuplicates();
            assertThat(peer.connections).hasValue(2);
        }
    }

    @Test
    void waitForAConnectionEndsWithItsTimeout() throws Exception {
        component.setMaxConnections(1);
        component.setConnectionRequestTimeout(Duration.ofMillis(300));
        try (Http2Peer peer = peer(arrived::add)) {
            start(peer, "stackai:run:f");
            CompletableFuture<Exchange> first = sendAtOnce(1).get(0);
            Request held = next();
            assertThat(send("second").getException())
                    .isInstanceOf(ConnectTimeoutException.class)
                    .hasMessageContaining("nothing was sent")
                    .hasMessageContaining("connectionRequestTimeout");
            held.ok(OK);
            assertThat(first).succeedsWithin(LONG);
            assertThat(first.join().getMessage().getBody()).isEqualTo("yes");
            assertThat(peer.requests).hasSize(1);
        }
    }

    @Test
    void idleConnectionIsClosedAfterItsTime() throws Exception {
        component.setConnectionIdleTimeout(Duration.ofMillis(200));
        try (Http2Peer peer = peer(request -> request.ok(OK))) {
            start(peer, "stackai:run:f");
            assertThat(send("q").getException()).isNull();
            assertThat(peer.connections).hasValue(1);
            eventually("it is closed", () -> assertThat(peer.openConnections()).isZero());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run:f", "stream:f", "stream:f?streamMode=collect"})
    void totalTimeoutEndsAnAnswerThatGoesOnForEver(String call) throws Exception {
        String piece = call.startsWith("run") ? " " : Streams.frame("a") + "\n";
        try (Http2Peer peer = peer(request -> {
            arrived.add(request);
            request.head(200, Map.of());
            while (!request.gone()) {
                request.text(piece);
                LockSupport.parkNanos(20_000_000);
            }
        })) {
            start(peer);
            Exception failure = failure(call, "totalTimeout=500");
            assertThat(failure).hasMessageContaining("totalTimeout");
            if (call.startsWith("run")) {
                assertThat(failure).isInstanceOf(SocketTimeoutException.class);
            } else {
                assertBroken(failure, Reason.TRUNCATED, "totalTimeout");
            }
            Request request = next();
            eventually(
                    "the service is rid of it", () -> assertThat(request.gone()).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run:f", "stream:f", "stream:f?streamMode=collect"})
    void silenceInsideAnAnswerEndsIt(String call) throws Exception {
        try (Http2Peer peer = peer(request -> {
            request.head(200, Map.of());
            request.text(call.startsWith("run") ? "{" : Streams.frame("half") + "\n");
        })) {
            start(peer);
            Exception failure = failure(call, "streamIdleTimeout=300");
            if (call.startsWith("run")) {
                assertThat(failure)
                        .isInstanceOf(SocketTimeoutException.class)
                        .hasMessageContaining("streamIdleTimeout");
            } else {
                assertBroken(failure, Reason.IDLE, "streamIdleTimeout");
                assertThat(((StackAiStreamException) failure).getText()).isEqualTo("half");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"run:f,10000", "stream:f,10000", "stream:f?streamMode=collect,10000", "stream:f?streamMode=collect,100"
    })
    void answerBeyondItsLimitIsCutOff(String call, int textLength) throws Exception {
        String text = "x".repeat(textLength);
        byte[] piece = Streams.utf8(call.startsWith("run") ? text : Streams.frame(text) + "\n");
        try (Http2Peer peer = peer(request -> pour(request, piece, new AtomicLong()))) {
            start(peer);
            Exception failure = failure(call, "maxResponseSize=9000");
            if (call.startsWith("run")) {
                assertThat(failure).hasMessageContaining("9000");
            } else {
                assertBroken(failure, Reason.TOO_LARGE, "9000");
            }
            eventually("the service is rid of it", () -> assertThat(peer.openConnections())
                    .isZero());
        }
    }

    @Test
    void slowReaderHoldsUpTheService() throws Exception {
        byte[] piece = Streams.utf8(Streams.frame("x".repeat(1000)) + "\n");
        AtomicLong sent = new AtomicLong();
        try (Http2Peer peer = peer(request -> pour(request, piece, sent))) {
            start(peer);
            StackAiStream stream = (StackAiStream)
                    template.requestBody("stackai:stream:f?streamBufferSize=1000&streamIdleTimeout=1s", "q");
            assertThat(stream.next().text()).hasSize(1000);
            long[] last = {-1};
            await("the service stalls")
                    .pollInterval(
                            Duration.ofMillis(1200)) // longer than streamIdleTimeout: our pause is not its silence
                    .until(() -> last[0] == (last[0] = sent.get()));
            assertThat(last[0])
                    .as("what a stream begins with, and what has been read")
                    .isLessThanOrEqualTo(65_535 + 2L * piece.length);
            for (int i = 0; i < 200; i++) { // three times what a stream begins with
                assertThat(stream.next().text()).hasSize(1000);
            }
            stream.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"run:f, 60s, 7000", "stream:f, 2s, 2000"})
    void retryAfterIsHeardUpToItsLimit(String call, String limit, long delay) throws Exception {
        try (Http2Peer peer = peer(request -> {
            request.head(429, Map.of("retry-after", "7"));
            request.end();
        })) {
            start(peer, withOption(call, "maxRetryAfter=" + limit));
            Exchange exchange = send("q", Map.of("CamelStackAiRunId", "r-1"));
            assertThat(exchange.getException()).hasMessageContaining("429");
            assertThat(exchange.getIn().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(delay);
        }
    }

    private static String withOption(String call, String option) {
        return "stackai:" + call + (call.contains("?") ? "&" : "?") + option;
    }
}

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
import io.github.camelstackai.route.Http2Peer.Answer;
import io.github.camelstackai.route.Http2Peer.Request;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an HTTP/2 service can do to a call, frame by frame. */
class Http2FaultTest extends RouteTest {
    private static final String OK = "{\"outputs\":{\"out-0\":\"yes\"}}";

    @TempDir
    static Path folder;

    private static TestCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.in(folder, "good", "dns:localhost");
    }

    private void start(Http2Peer peer, String uri) throws Exception {
        component.getConfiguration().setBaseUrl(peer.baseUrl());
        component.setSslContextParameters(certificate.trusted());
        startRoute(uri);
    }

    private static Http2Peer peer(Answer answer) throws Exception {
        return new Http2Peer(certificate.server(), answer);
    }

    @Test
    void streamThatWasRefusedUnseenIsSentAgain() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (Http2Peer peer = peer(request -> {
            if (count.getAndIncrement() == 0) {
                request.reset(Http2Peer.REFUSED_STREAM);
            } else {
                request.ok(OK);
            }
        })) {
            start(peer, "stackai:run:f");
            assertThat(send("q").getMessage().getBody()).isEqualTo("yes");
            assertThat(peer.requests).hasSize(2);
        }
    }

    @Test
    void serviceThatRefusesAllUnseenIsNotAskedForEver() throws Exception {
        try (Http2Peer peer = peer(request -> request.reset(Http2Peer.REFUSED_STREAM))) {
            start(peer, "stackai:run:f");
            assertThat(send("q").getException())
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("without having looked at it");
            assertThat(peer.requests).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Http2Peer.INTERNAL_ERROR, Http2Peer.ENHANCE_YOUR_CALM})
    void streamThatWasResetMayHaveRun(int code) throws Exception {
        try (Http2Peer peer = peer(request -> request.reset(code))) {
            start(peer, "stackai:run:f");
            assertThat(send("q").getException())
                    .isInstanceOf(SocketException.class)
                    .isNotInstanceOf(ConnectException.class)
                    .hasMessageContaining("may have taken place");
            assertThat(peer.requests).hasSize(1);
        }
    }

    @Test
    void requestThatGoAwaySaysWasNotSeenIsSentAgain() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (Http2Peer peer = peer(request -> {
            if (count.getAndIncrement() == 1) {
                request.goAway(request.stream - 2, 0);
            } else {
                request.ok(OK);
            }
        })) {
            start(peer, "stackai:run:f");
            assertThat(send("one").getMessage().getBody()).isEqualTo("yes");
            assertThat(send("two").getMessage().getBody()).isEqualTo("yes");
            assertThat(peer.requests).as("with the one that was taken back").hasSize(3);
            assertThat(peer.connections).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Http2Peer.ENHANCE_YOUR_CALM})
    void requestThatGoAwaySaysWasSeenMayHaveRun(int code) throws Exception {
        try (Http2Peer peer = peer(request -> {
            request.goAway(request.stream, code);
            request.close();
        })) {
            start(peer, "stackai:run:f");
            assertThat(send("q").getException())
                    .isInstanceOf(SocketException.class)
                    .isNotInstanceOf(ConnectException.class)
                    .hasMessageContaining("may have taken place");
            assertThat(peer.requests).hasSize(1);
        }
    }

    @Test
    void answerAfterGoAwayIsTaken() throws Exception {
        try (Http2Peer peer = peer(request -> {
            request.goAway(request.stream, 0);
            request.ok(OK);
        })) {
            start(peer, "stackai:run:f");
            for (int i = 0; i < 3; i++) {
                assertThat(send("q").getMessage().getBody()).isEqualTo("yes");
            }
            assertThat(peer.connections).as("none of them is used again").hasValue(3);
        }
    }

    @Test
    void serviceThatTakesNoStreamIsSentNothing() throws Exception {
        try (Http2Peer peer = new Http2Peer(certificate.server(), 0, request -> request.ok(OK))) {
            start(peer, "stackai:run:f");
            assertThat(send("q").getException())
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("nothing was sent");
            assertThat(peer.requests).isEmpty();
        }
    }

    @Test
    void retryAfterIsHeardOverHttp2() throws Exception {
        try (Http2Peer peer = peer(request -> {
            request.head(429, Map.of("retry-after", "7"));
            request.end();
        })) {
            start(peer, "stackai:run:f");
            Exchange exchange = send("q");
            assertThat(exchange.getException()).hasMessageContaining("429");
            assertThat(exchange.getIn().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(7000L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run:f", "stream:f", "stream:f?streamMode=collect"})
    void cancelledCallResetsItsStream(String call) throws Exception {
        CompletableFuture<Request> open = new CompletableFuture<>();
        try (Http2Peer peer = peer(open::complete)) {
            start(peer, "stackai:" + call + (call.contains("?") ? "&" : "?") + "responseTimeout=400");
            assertThat(send("q").getException()).hasMessageContaining("responseTimeout");
            eventually(
                    "the service sees it", () -> assertThat(open.join().gone()).isTrue());
        }
    }

    @Test
    void connectionThatWasClosedWhileIdleFailsNoCall() throws Exception {
        try (Http2Peer peer = peer(request -> request.ok(OK))) {
            start(peer, "stackai:run:f");
            for (int i = 0; i < 30; i++) {
                assertThat(send("q" + i).getException()).isNull();
                peer.closeConnections();
            }
            assertThat(peer.requests).hasSize(30).doesNotHaveDuplicates();
        }
    }

    @Test
    void connectionThatIsLeftInTheSameMomentFailsNoCallAndSendsNoneTwice() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        try (Http2Peer peer = peer(request -> {
            request.ok(OK);
            LockSupport.parkNanos(turn.incrementAndGet() % 50 * 40_000L); // from before the next request to behind it
            request.goAway(request.stream, 0);
        })) {
            start(peer, "stackai:run:f");
            for (int i = 0; i < 60; i++) {
                Exception failure = send("q" + i).getException();
                if (failure != null) { // it was looked at, and then the peer said that it was not
                    assertThat(failure).hasMessageContaining("may have taken place");
                }
            }
            assertThat(peer.requests).doesNotHaveDuplicates();
        }
    }

    /** Sends {@code piece} over and over, as much as the client lets come. */
    private static void pour(Request request, byte[] piece, AtomicLong sent) throws IOException {
        request.head(200, Map.of());
        for (int at = 0; !request.gone(); ) {
            int taken = request.data(Arrays.copyOfRange(piece, at, piece.length));
            at = (at + taken) % piece.length;
            sent.addAndGet(taken);
            if (taken == 0) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    @Test
    void slowReaderHoldsUpTheService() throws Exception {
        byte[] piece = Streams.utf8(Streams.frame("x".repeat(1000)) + "\n");
        AtomicLong sent = new AtomicLong();
        try (Http2Peer peer = peer(request -> pour(request, piece, sent))) {
            start(peer, "stackai:stream:f");
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
            for (int i = 0; i < 1000; i++) {
                assertThat(stream.next().text()).hasSize(1000);
            }
            stream.close();
        }
    }

    @Test
    void largeAnswerIsTakenWhole() throws Exception {
        byte[] answer = Streams.utf8("{\"outputs\":{\"out-0\":\"" + "x".repeat(5_000_000) + "\"}}");
        try (Http2Peer peer = peer(request -> {
            request.head(200, Map.of());
            for (int at = 0; at < answer.length && !request.gone(); ) {
                at += request.data(Arrays.copyOfRange(answer, at, Math.min(answer.length, at + 16_384)));
            }
            request.end();
        })) {
            start(peer, "stackai:run:f");
            assertThat(send("q").getMessage().getBody(String.class)).hasSize(5_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run:f", "stream:f?streamMode=collect", "stream:f"})
    void answerBeyondItsLimitIsCutOff(String call) throws Exception {
        byte[] piece = "x".repeat(1000).getBytes(StandardCharsets.UTF_8);
        try (Http2Peer peer = peer(request -> pour(request, piece, new AtomicLong()))) {
            start(peer, "stackai:" + call + (call.contains("?") ? "&" : "?") + "maxResponseSize=10000");
            assertThat(send("q").getException()).hasMessageContaining("10000");
            eventually("the service is rid of it", () -> assertThat(peer.openConnections())
                    .isZero());
        }
    }

    @Test
    void timeoutsHoldOverHttp2() throws Exception {
        try (Http2Peer peer = peer(request -> {
            request.head(200, Map.of());
            request.text("{");
        })) {
            start(peer, "stackai:run:f?streamIdleTimeout=300");
            long begin = System.nanoTime();
            assertThat(send("q").getException()).hasMessageContaining("streamIdleTimeout");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }
}

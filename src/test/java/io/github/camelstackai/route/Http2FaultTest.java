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

import io.github.camelstackai.route.Http2Peer.Request;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an HTTP/2 service can do to a call, frame by frame. */
class Http2FaultTest extends Http2RouteTest {
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
            for (int i = 0; i < 15; i++) {
                assertThat(send("q" + i).getException()).isNull();
                LockSupport.parkNanos(2_000_000); // the client is through with the call, and looks before it writes
                peer.closeConnections();
            }
            assertThat(peer.requests).hasSize(15).doesNotHaveDuplicates();
        }
    }

    @Test
    void connectionThatIsLeftInTheSameMomentFailsNoCallAndSendsNoneTwice() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        try (Http2Peer peer = peer(request -> {
            request.ok(OK);
            LockSupport.parkNanos(turn.incrementAndGet() % 20 * 100_000L); // from before the next request to behind it
            request.goAway();
        })) {
            start(peer, "stackai:run:f");
            for (int i = 0; i < 40; i++) {
                assertThat(send("q" + i).getException()).isNull();
            }
            assertThat(peer.requests).doesNotHaveDuplicates();
        }
    }

    @Test
    void largeAnswerIsTakenWhole() throws Exception {
        byte[] answer = Streams.utf8("{\"outputs\":{\"out-0\":\"" + "x".repeat(5_000_000) + "\"}}");
        try (Http2Peer peer = peer(request -> {
            request.head(200, Map.of());
            for (int at = 0; at < answer.length && !request.gone(); ) {
                int taken = request.data(Arrays.copyOfRange(answer, at, Math.min(answer.length, at + 16_384)));
                at += taken;
                if (taken == 0) {
                    LockSupport.parkNanos(100_000);
                }
            }
            request.end();
        })) {
            start(peer, "stackai:run:f");
            assertThat(send("q").getMessage().getBody(String.class)).hasSize(5_000_000);
        }
    }
}

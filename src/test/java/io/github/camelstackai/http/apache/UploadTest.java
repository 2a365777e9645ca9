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
package io.github.camelstackai.http.apache;

import static io.github.camelstackai.Eventually.await;
import static io.github.camelstackai.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.http.RequestBody;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can happen while a request is being sent; each end closes the content and the connection. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    /** More than the buffers of both sockets. */
    private static final long LARGE = 32 << 20;

    private final ApacheTransport transport = new ApacheTransport();
    private final RecordingReceiver receiver = new RecordingReceiver();

    @BeforeEach
    void start() {
        transport.start(new TransportSettings(LONG, 10, LONG, LONG, null, null, null));
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private HttpCall send(URI uri, RequestBody body) {
        return send(uri, body, CallTimeouts.NONE);
    }

    private HttpCall send(URI uri, RequestBody body, CallTimeouts timeouts) {
        return transport.send(
                new OutboundRequest("POST", uri, "", List.of(Map.entry("Accept", "*/*")), body, List.of()),
                timeouts,
                receiver);
    }

    private void awaitEnd(String last, CountedBody body) {
        eventually("the call ends", () -> assertThat(receiver.events).endsWith(last));
        eventually("the content is closed", () -> assertThat(body.stillOpen()).isZero());
        eventually("the lease ends", () -> assertThat(transport.connections().leased())
                .isZero());
    }

    private void assertNotReused() {
        eventually(
                "the connection is closed",
                () -> assertThat(transport.connections().available()).isZero());
    }

    @Test
    void largeContentArrivesWholeAndTheConnectionIsReused() throws Exception {
        CountedBody body = CountedBody.zeros(LARGE);
        try (UploadServer server = new UploadServer()) {
            server.script(socket -> {
                server.receive(socket, LARGE);
                UploadServer.send(socket, UploadServer.OK);
                socket.getInputStream().read();
            });
            send(server.uri(), body);
            awaitEnd("end", body);
            assertThat(receiver.head().status()).isEqualTo(200);
            assertThat(server.received).hasValue(LARGE);
            assertThat(transport.connections().available()).isEqualTo(1);
        }
    }

    @Test
    void uploadMayTakeLongerThanResponseTimeoutWhileTheServerReads() throws Exception {
        CountedBody body = CountedBody.zeros(3 * LARGE);
        Duration limit = Duration.ofMillis(400);
        Semaphore ticks = new Semaphore(0);
        try (UploadServer server = new UploadServer()) {
            server.script(socket -> {
                while (server.received.get() < body.length()) {
                    server.receive(socket, 4 << 20);
                    ticks.acquire();
                }
                UploadServer.send(socket, UploadServer.OK);
            });
            long begin = System.nanoTime();
            send(server.uri(), body, new CallTimeouts(limit, limit, Duration.ZERO));
            await("the call ends").pollInterval(Duration.ofMillis(40)).until(() -> {
                ticks.release(); // the server reads a part for each
                return !receiver.events.isEmpty();
            });
            awaitEnd("end", body);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(limit.multipliedBy(2));
        }
    }

    @Test
    void requestThatIsNotReadFailsByResponseTimeout() throws Exception {
        CountedBody body = CountedBody.zeros(LARGE);
        CountDownLatch end = new CountDownLatch(1);
        try (UploadServer server = new UploadServer()) {
            server.script(socket -> end.await());
            send(server.uri(), body, new CallTimeouts(Duration.ofMillis(300), LONG, Duration.ZERO));
            awaitEnd("failed", body);
            assertThat(receiver.failure())
                    .hasMessageContainingAll(
                            "read nothing more of the request, which was being sent, for 0.3s (responseTimeout)",
                            "sent in part");
            assertThat(receiver.sent()).isFalse();
            assertNotReused();
            end.countDown();
        }
    }

    @Test
    void totalTimeoutHoldsWhileTheServerReads() throws Exception {
        CountedBody body = CountedBody.zeros(Long.MAX_VALUE);
        try (UploadServer server = new UploadServer()) {
            server.script(socket -> server.receive(socket, Long.MAX_VALUE));
            send(server.uri(), body, new CallTimeouts(LONG, LONG, Duration.ofMillis(300)));
            awaitEnd("failed", body);
            assertThat(receiver.failure()).hasMessageContainingAll("(totalTimeout)", "sent in part");
            assertThat(receiver.sent()).isFalse();
            assertNotReused();
        }
    }

    @RepeatedTest(10)
    void refusalThatArrivesBeforeAllIsSentIsTheAnswerAlthoughTheServerCloses() throws Exception {
        CountedBody body = CountedBody.zeros(LARGE);
        try (UploadServer server = new UploadServer()) {
            server.script(socket -> UploadServer.send(socket, UploadServer.REFUSED)); // and a close with a reset
            send(server.uri(), body);
            awaitEnd("end", body);
            assertThat(receiver.events).containsExactly("head 413", "body too large", "end");
            assertNotReused();
        }
    }

    @Test
    void refusalThatArrivesBeforeAllIsSentIsTheAnswerWhileTheServerReadsNothing() throws Exception {
        CountedBody body = CountedBody.zeros(LARGE);
        CountDownLatch end = new CountDownLatch(1);
        try (UploadServer server = new UploadServer()) {
            server.script(socket -> {
                UploadServer.send(socket, UploadServer.REFUSED);
                end.await();
            });
            send(server.uri(), body);
            awaitEnd("end", body);
            assertThat(receiver.events).containsExactly("head 413", "body too large", "end");
            assertNotReused();
            end.countDown();
        }
    }

    @Test
    void successThatArrivesBeforeAllIsSentEndsTheSending() throws Exception {
        CountedBody body = CountedBody.zeros(LARGE);
        CountDownLatch end = new CountDownLatch(1);
        try (UploadServer server = new UploadServer()) {
            server.script(socket -> {
                UploadServer.send(socket, UploadServer.OK);
                end.await();
            });
            send(server.uri(), body);
            awaitEnd("end", body);
            assertThat(receiver.events).containsExactly("head 200", "body ok", "end");
            assertNotReused();
            end.countDown();
        }
    }

    @Test
    void connectionThatBreaksWhileTheRequestIsSentHasNotSentIt() throws Exception {
        CountedBody body = CountedBody.zeros(LARGE);
        try (UploadServer server = new UploadServer()) {
            server.script(socket -> server.receive(socket, 1 << 20));
            send(server.uri(), body);
            awaitEnd("failed", body);
            assertThat(receiver.failure())
                    .isInstanceOf(java.net.SocketException.class)
                    .hasMessageContainingAll("broke while the request was being sent", "has not taken place");
            assertThat(receiver.sent()).isFalse();
            assertNotReused();
        }
    }

    @Test
    void contentThatIsTooShortOrTooLongNeverArrivesWhole() throws Exception {
        for (long difference : List.of(-1, 1)) {
            CountedBody body = CountedBody.announced(LARGE, LARGE + difference);
            receiver.events.clear();
            try (UploadServer server = new UploadServer()) {
                server.script(socket -> server.receive(socket, LARGE));
                send(server.uri(), body);
                awaitEnd("failed", body);
                assertThat(receiver.failure())
                        .hasMessageContainingAll("the content of the request cannot be read", "not taken place");
                assertThat(receiver.sent()).isFalse();
                assertThat(server.received.get()).isLessThan(LARGE);
                assertNotReused();
            }
        }
    }

    @Test
    void contentThatCannotBeOpenedSendsNothing() throws Exception {
        try (UploadServer server = new UploadServer()) {
            send(server.uri(), new RequestBody() {
                @Override
                public long length() {
                    return 1;
                }

                @Override
                public java.io.InputStream open() throws IOException {
                    throw new IOException("no such file");
                }
            });
            eventually("the call fails", () -> assertThat(receiver.events).containsExactly("failed"));
            assertThat(receiver.failure()).hasMessageContainingAll("no such file", "nothing was sent");
            assertThat(receiver.sent()).isFalse();
            assertThat(server.received).hasValue(0);
        }
    }

    @Test
    void callThatIsAbortedOrStoppedWhileItIsSentClosesContentAndConnection() throws Exception {
        for (boolean stop : List.of(false, true)) {
            CountedBody body = CountedBody.zeros(Long.MAX_VALUE);
            receiver.events.clear();
            CountDownLatch closed = new CountDownLatch(1);
            try (UploadServer server = new UploadServer()) {
                server.script(socket -> {
                    try {
                        server.receive(socket, Long.MAX_VALUE);
                    } finally {
                        closed.countDown();
                    }
                });
                HttpCall call = send(server.uri(), body);
                eventually("it is being sent", () -> assertThat(server.received.get())
                        .isPositive());
                if (stop) {
                    transport.close();
                } else {
                    call.abort(new IOException("enough"));
                }
                awaitEnd("failed", body);
                assertThat(receiver.sent()).isFalse();
                assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
            }
        }
    }
}

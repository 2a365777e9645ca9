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
import io.github.camelstackai.route.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What TLS changes while a request is being sent: encrypted bytes wait in a buffer of their own. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadOverTlsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    /** More than the buffers of both sockets. */
    private static final long LARGE = 32 << 20;

    @TempDir
    static Path folder;

    private static TestCertificate certificate;

    private final ApacheTransport transport = new ApacheTransport();
    private final RecordingReceiver receiver = new RecordingReceiver();
    private final CountedBody body = CountedBody.zeros(LARGE);

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.in(folder, "server", "dns:localhost,ip:127.0.0.1");
    }

    @BeforeEach
    void start() throws Exception {
        transport.start(new TransportSettings(LONG, 10, LONG, LONG, certificate.client(), null, null));
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private HttpCall send(UploadServer server, CallTimeouts timeouts) {
        return transport.send(
                new OutboundRequest("POST", server.uri(), "", List.of(Map.entry("Accept", "*/*")), body, List.of()),
                timeouts,
                receiver);
    }

    private void awaitEnd(String last, int available) {
        eventually("the call ends", () -> assertThat(receiver.events).containsAnyOf("end", "failed"));
        assertThat(receiver.events).endsWith(last);
        eventually("the content is closed", () -> assertThat(body.stillOpen()).isZero());
        eventually("the lease ends", () -> assertThat(transport.connections().leased())
                .isZero());
        eventually(
                "the connection is kept or closed",
                () -> assertThat(transport.connections().available()).isEqualTo(available));
    }

    @Test
    void largeContentArrivesWholeAndTheConnectionIsReused() throws Exception {
        try (UploadServer server = new UploadServer(certificate.server())) {
            server.script(socket -> {
                server.receive(socket, LARGE);
                UploadServer.send(socket, UploadServer.OK);
                socket.getInputStream().read();
            });
            send(server, CallTimeouts.NONE);
            awaitEnd("end", 1);
            assertThat(receiver.head().status()).isEqualTo(200);
            assertThat(server.received).hasValue(LARGE);
        }
    }

    @Test
    void serverThatWritesAndReadsNothingDoesNotPullTheContent() throws Exception {
        Semaphore ticks = new Semaphore(0);
        try (UploadServer server = new UploadServer(certificate.server())) {
            server.script(socket -> {
                while (true) {
                    UploadServer.send(socket, "HTTP/1.1 102 Processing\r\n\r\n");
                    ticks.acquire();
                }
            });
            send(server, new CallTimeouts(Duration.ofMillis(400), LONG, Duration.ZERO));
            await("the call ends").pollInterval(Duration.ofMillis(4)).until(() -> {
                ticks.release(); // the server writes once for each
                return !receiver.events.isEmpty();
            });
            awaitEnd("failed", 0);
            assertThat(receiver.failure())
                    .hasMessageContainingAll(
                            "read nothing more of the request, which was being sent, for 0.4s (responseTimeout)",
                            "sent in part");
            assertThat(receiver.sent()).isFalse();
            assertThat(body.bytesRead()).isLessThan(LARGE / 2);
        }
    }

    @Test
    void refusalThatArrivesBeforeAllIsSentIsTheAnswerWhileTheServerReadsNothing() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (UploadServer server = new UploadServer(certificate.server())) {
            server.script(socket -> {
                UploadServer.send(socket, UploadServer.REFUSED);
                end.await();
            });
            send(server, CallTimeouts.NONE);
            awaitEnd("end", 0);
            assertThat(receiver.events).containsExactly("head 413", "body too large", "end");
            end.countDown();
        }
    }

    @Test
    void connectionThatBreaksWhileTheRequestIsSentHasNotSentIt() throws Exception {
        try (UploadServer server = new UploadServer(certificate.server())) {
            server.script(socket -> {
                server.receive(socket, 1 << 20);
                socket.setSoLinger(true, 0);
            });
            send(server, CallTimeouts.NONE);
            awaitEnd("failed", 0);
            assertThat(receiver.failure())
                    .hasMessageContainingAll("broke while the request was being sent", "has not taken place");
            assertThat(receiver.sent()).isFalse();
        }
    }

    @Test
    void callThatIsAbortedWhileTheServerReadsNothingClosesContentAndConnection() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (UploadServer server = new UploadServer(certificate.server())) {
            server.script(socket -> closed.await());
            HttpCall call = send(server, CallTimeouts.NONE);
            eventually("it is being sent", () -> assertThat(body.bytesRead()).isPositive());
            call.abort(new IOException("enough"));
            awaitEnd("failed", 0);
            assertThat(receiver.sent()).isFalse();
            closed.countDown();
        }
    }

    @RepeatedTest(10)
    void refusalThatArrivesBeforeAllIsSentIsTheAnswerAlthoughTheServerCloses() throws Exception {
        try (UploadServer server = new UploadServer(certificate.server())) {
            server.script(socket -> {
                server.receive(socket, 1 << 20); // the client writes meanwhile
                UploadServer.send(socket, UploadServer.REFUSED);
                socket.setSoLinger(true, 0); // the close resets the connection
            });
            send(server, CallTimeouts.NONE);
            awaitEnd("end", 0);
            assertThat(receiver.events).containsExactly("head 413", "body too large", "end");
        }
    }
}

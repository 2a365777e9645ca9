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
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections of the pool that the service closes: no call fails that was not sent, and no request is sent twice. */
class StaleConnectionTest extends RouteTest {
    @TempDir
    static Path folder;

    /** Answers one request on each connection without announcing the end, then closes it. */
    private static final class ClosingServer implements AutoCloseable {
        private static final String OK =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 32\r\n\r\n"
                        + "{\"outputs\":{\"out-0\":\"answered\"}}";

        /** The question whose connection stays open for so long that connections are reused from then on. */
        private static final String FIRST = "first";

        private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

        private final ServerSocket server;
        private final Thread thread = new Thread(this::accept, "closing-server");
        private final boolean reset;
        private final LongSupplier nanosUntilClose;
        private final ScheduledExecutorService closes = Executors.newSingleThreadScheduledExecutor();
        /** How often each question has arrived. */
        final Map<String, AtomicInteger> questions = new ConcurrentHashMap<>();
        /** One permit for each connection that was closed. */
        final Semaphore closed = new Semaphore(0);

        ClosingServer(ServerSocketFactory sockets, boolean reset, LongSupplier nanosUntilClose) throws IOException {
            this.reset = reset;
            this.nanosUntilClose = nanosUntilClose;
            server = sockets.createServerSocket(0, 100, InetAddress.getLoopbackAddress());
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            while (!server.isClosed()) {
                try {
                    answer(server.accept());
                } catch (IOException e) {
                    // the test has closed the server
                }
            }
        }

        private void answer(Socket socket) {
            long nanos = nanosUntilClose.getAsLong();
            try {
                socket.setTcpNoDelay(true);
                socket.setSoLinger(reset, 0);
                String question = question(new DataInputStream(socket.getInputStream()));
                questions.computeIfAbsent(question, q -> new AtomicInteger()).incrementAndGet();
                nanos = question.contains(FIRST) ? SILENCE_NANOS : nanos;
                socket.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // the client has closed the connection
            }
            // A request that arrives until then is not read, as by a service that dies.
            Future<?> unused = closes.schedule(() -> close(socket), nanos, TimeUnit.NANOSECONDS);
        }

        private void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // the client has closed the connection
            }
            closed.release();
        }

        private static String question(DataInputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            String length = head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
            byte[] body = new byte[Integer.parseInt(length)];
            in.readFully(body);
            return new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            server.close();
            eventually(
                    "the server has stopped", () -> assertThat(thread.isAlive()).isFalse());
            closes.shutdownNow();
        }
    }

    private void start(ClosingServer service, TestCertificate certificate) throws Exception {
        start(service, certificate, "stackai:run:f");
    }

    private void start(ClosingServer service, TestCertificate certificate, String uri) throws Exception {
        String scheme = certificate == null ? "http" : "https";
        component.getConfiguration().setBaseUrl(scheme + "://localhost:" + service.server.getLocalPort());
        component.setSslContextParameters(certificate == null ? null : certificate.trusted());
        startRoute(uri);
        assertThat(send(ClosingServer.FIRST).getException()).isNull();
        assertThat(service.closed.tryAcquire(5, TimeUnit.SECONDS))
                .as("the host has proved silent")
                .isTrue();
        service.questions.clear();
    }

    @ParameterizedTest
    @CsvSource({"false,false,500", "true,false,500", "false,true,100"})
    void connectionClosedBeforeTheCallFailsNoCall(boolean reset, boolean tls, int calls) throws Exception {
        TestCertificate certificate = tls ? TestCertificate.in(folder, "stale", "dns:localhost") : null;
        ServerSocketFactory sockets =
                tls ? certificate.server().getServerSocketFactory() : ServerSocketFactory.getDefault();
        try (ClosingServer service = new ClosingServer(sockets, reset, () -> 0)) {
            start(service, certificate);
            for (int i = 0; i < calls; i++) {
                assertThat(send("q" + i).getException()).as("call %d", i).isNull();
                service.closed.acquire(); // the client may or may not have seen it
            }
            assertThat(service.questions).hasSize(calls);
            assertThat(service.questions.values())
                    .extracting(AtomicInteger::get)
                    .containsOnly(1);
        }
    }

    /** Content that can be read once is sent whole on the connection that lives. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void connectionClosedBeforeAnUploadFailsNoUpload(boolean reset) throws Exception {
        String rest = "x".repeat(200_000);
        int calls = 50;
        try (ClosingServer service = new ClosingServer(ServerSocketFactory.getDefault(), reset, () -> 0)) {
            start(service, null, "stackai:documents:f?node=doc-0&userId=u&fileName=a.txt");
            for (int i = 0; i < calls; i++) {
                byte[] content = ("q" + i + rest).getBytes(StandardCharsets.US_ASCII);
                assertThat(send(new ByteArrayInputStream(content)).getException())
                        .as("upload %d", i)
                        .isNull();
                service.closed.acquire(); // the client may or may not have seen it
            }
            assertThat(service.questions.keySet()).hasSize(calls).allMatch(form -> form.contains(rest));
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void connectionClosedAroundTheNextRequestSendsNoCallTwice(boolean reset) throws Exception {
        AtomicInteger turn = new AtomicInteger();
        // from well before the next request to well after it
        try (ClosingServer service = new ClosingServer(
                ServerSocketFactory.getDefault(), reset, () -> turn.incrementAndGet() % 200 * 5_000L)) {
            start(service, null);
            int failed = 0;
            int calls = 600;
            for (int i = 0; i < calls; i++) {
                Exception failure = send("q" + i).getException();
                if (failure != null) {
                    failed++;
                    assertMayHaveBeenSent(failure);
                }
            }
            int answered = calls - failed;
            System.out.printf("%d calls while connections close: %d answered, %d failed%n", calls, answered, failed);
            assertThat(service.questions.values())
                    .extracting(AtomicInteger::get)
                    .containsOnly(1);
            assertThat(service.questions).hasSizeBetween(answered, calls);
        }
    }

    private static void assertMayHaveBeenSent(Exception failure) {
        assertThat(failure)
                .as("a request that was not sent takes another connection")
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(ConnectException.class)
                .hasMessageContaining("may have taken place");
    }
}

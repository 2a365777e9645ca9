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

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls through a forward proxy that tunnels, asks for a password, refuses, or is silent. */
class ProxyTest extends RouteTest {
    private static final String CREDENTIALS =
            "Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.UTF_8));
    private static final String UNAUTHENTICATED =
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n";

    @TempDir
    static Path folder;

    private static TestCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.in(folder, "behind", "dns:localhost");
    }

    /** A proxy that opens tunnels, unless the test answers a request's head otherwise. */
    private static final class ForwardProxy implements AutoCloseable {
        private static final String SILENCE = "";
        private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)");

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final Function<String, String> answers;
        final List<String> heads = new CopyOnWriteArrayList<>();
        private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

        /** @param answers the answer to the head of a request; null to open a tunnel */
        ForwardProxy(Function<String, String> answers) throws IOException {
            this.answers = answers;
            start(this::accept);
        }

        private static void start(Runnable task) {
            Thread thread = new Thread(task, "forward-proxy");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            try {
                while (true) {
                    Socket client = server.accept();
                    sockets.add(client);
                    start(() -> serve(client));
                }
            } catch (IOException e) {
                // closed
            }
        }

        private void serve(Socket client) {
            try (client) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                while (true) {
                    String head = head(in);
                    heads.add(head);
                    String answer = answers.apply(head);
                    if (answer == null) {
                        tunnel(client, in, head.split("[ :]", -1)[2]);
                        return;
                    }
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    if (answer.contains("Connection: close")) {
                        return;
                    }
                }
            } catch (IOException e) {
                // one side has closed the connection
            } finally {
                sockets.remove(client);
            }
        }

        private void tunnel(Socket client, InputStream in, String port) throws IOException {
            try (Socket service = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
                client.getOutputStream().write("HTTP/1.1 200 Go ahead\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                start(() -> pump(service, client));
                in.transferTo(service.getOutputStream());
            }
        }

        private static void pump(Socket from, Socket to) {
            try (to) {
                OutputStream out = to.getOutputStream();
                from.getInputStream().transferTo(out);
            } catch (IOException e) {
                // one side has closed the connection
            }
        }

        private static String head(DataInputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            Matcher length = LENGTH.matcher(head);
            in.readFully(new byte[length.find() ? Integer.parseInt(length.group(1)) : 0]); // the body is not needed
            return head.toString();
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private void use(ForwardProxy proxy) {
        component.setProxyHost("127.0.0.1");
        component.setProxyPort(proxy.server.getLocalPort());
        component.setSslContextParameters(certificate.trusted());
    }

    private void authenticate() {
        component.setProxyUsername("me");
        component.setProxyPassword("secret");
    }

    private static String tunnelForAuthenticated(String head) {
        return head.contains(CREDENTIALS) ? null : UNAUTHENTICATED;
    }

    @ParameterizedTest
    @CsvSource({"false,run", "false,stream", "true,run", "true,stream"})
    void httpsGoesThroughATunnel(boolean password, String operation) throws Exception {
        try (StackAiSimulator behind =
                        StackAiSimulator.builder().tls(certificate.server()).start();
                ForwardProxy proxy = new ForwardProxy(password ? ProxyTest::tunnelForAuthenticated : head -> null)) {
            use(proxy);
            if (password) {
                authenticate();
            }
            component.getConfiguration().setBaseUrl("https://localhost:" + behind.port());
            startRoute("stackai:" + operation + ":f?streamMode=collect");
            for (int i = 0; i < 3; i++) {
                assertAnswered();
            }
            int tunnels = proxy.heads.size();
            eventually("a tunnel has rested and is reused", () -> {
                int before = proxy.heads.size();
                assertAnswered();
                assertThat(proxy.heads).hasSize(before);
            });
            int most = password ? 6 : 3;
            assertThat(tunnels).as("at most one for each call until then").isBetween(most / 3, most);
            assertThat(behind.requests()).allSatisfy(request -> assertThat(request.header("Proxy-Authorization"))
                    .isNull());
            assertThat(proxy.heads)
                    .as("the proxy sees no more of the calls than their tunnels")
                    .allMatch(head -> head.startsWith("CONNECT localhost:") && !head.contains(behind.apiKey()));
        }
    }

    private void assertAnswered() {
        Exchange exchange = send("q");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("Answer to: q");
        eventually("no call holds a connection", () -> assertThat(component.leasedConnections())
                .isZero());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void passwordIsSentForPlainHttp(boolean keepAlive) throws Exception {
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: 29\r\n\r\n{\"outputs\":{\"out-0\":\"asked\"}}";
        String who = keepAlive ? UNAUTHENTICATED : UNAUTHENTICATED.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        try (ForwardProxy proxy = new ForwardProxy(head -> head.contains(CREDENTIALS) ? ok : who)) {
            use(proxy);
            authenticate();
            component.getConfiguration().setBaseUrl("http://stackai.invalid");
            startRoute("stackai:run:f");
            assertThat(send("q").getMessage().getBody()).isEqualTo("asked");
            assertThat(proxy.heads)
                    .hasSize(2)
                    .allMatch(head -> head.startsWith("POST http://stackai.invalid/inference/v0/run/sim-org/f "));
        }
    }

    @ParameterizedTest
    @CsvSource({"407,proxyUsername,false", "403,,false", "502,,true"})
    void refusalOfTheProxyFailsTheCallBeforeItIsSent(int status, String hint, boolean retryable) throws Exception {
        try (StackAiSimulator behind =
                        StackAiSimulator.builder().tls(certificate.server()).start();
                ForwardProxy proxy =
                        new ForwardProxy(head -> "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n")) {
            use(proxy);
            component.getConfiguration().setBaseUrl("https://localhost:" + behind.port());
            startRoute("stackai:run:f");
            assertThat(send("q").getException()).isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> {
                assertThat(e.getStatusCode()).isEqualTo(status);
                assertThat(e.isRetryable()).isEqualTo(retryable);
                assertThat(e.getMessage()).contains(hint == null ? "refused" : hint);
            });
            assertThat(behind.requestCount()).isZero();
        }
    }

    @Test
    void wrongPasswordIsSentOnce() throws Exception {
        try (ForwardProxy proxy = new ForwardProxy(head -> UNAUTHENTICATED)) {
            use(proxy);
            authenticate();
            component.getConfiguration().setBaseUrl("https://localhost:1");
            startRoute("stackai:run:f");
            assertThat(send("q").getException()).isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> {
                assertThat(e.getStatusCode()).isEqualTo(407);
                assertThat(e.getMessage()).doesNotContain("secret");
            });
            assertThat(proxy.heads).hasSize(2);
        }
    }

    @Test
    void silentProxyEndsWithTheConnectTimeout() throws Exception {
        try (ForwardProxy proxy = new ForwardProxy(head -> ForwardProxy.SILENCE)) {
            use(proxy);
            component.setConnectTimeout(Duration.ofMillis(500));
            component.getConfiguration().setBaseUrl("https://localhost:1");
            startRoute("stackai:run:f");
            long begin = System.nanoTime();
            assertThat(send("q").getException())
                    .isInstanceOf(ConnectTimeoutException.class)
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("connectTimeout")
                    .hasMessageContaining("nothing was sent");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
            eventually("the connection to the proxy is closed", () -> assertThat(proxy.sockets)
                    .isEmpty());
        }
    }
}

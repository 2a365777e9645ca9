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

import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.apache.camel.Exchange;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificates the component accepts and presents, and which protocol it offers. */
class TlsTest extends RouteTest {
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 29\r\n\r\n{\"outputs\":{\"out-0\":\"known\"}}";

    @TempDir
    static Path folder;

    private static TestCertificate good;
    private static TestCertificate otherHost;
    private static TestCertificate client;

    @BeforeAll
    static void makeCertificates() throws Exception {
        good = TestCertificate.in(folder, "good", "dns:localhost,ip:127.0.0.1");
        otherHost = TestCertificate.in(folder, "other", "dns:example.com,ip:10.0.0.1");
        client = TestCertificate.in(folder, "client", "dns:client");
    }

    private Exchange run(String baseUrl, SSLContextParameters own, SSLContextParameters global) throws Exception {
        context.setSSLContextParameters(global);
        component.getConfiguration().setBaseUrl(baseUrl);
        component.setSslContextParameters(own);
        component.setUseGlobalSslContextParameters(global != null);
        startRoute("stackai:run:f");
        return send("q");
    }

    private static StackAiSimulator service(SSLContext tls) {
        return StackAiSimulator.builder().tls(tls).start();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void trustedCertificateIsAccepted(boolean global) throws Exception {
        try (StackAiSimulator service = service(good.server())) {
            SSLContextParameters trust = good.trusted();
            Exchange exchange = run(service.baseUrl(), global ? null : trust, global ? trust : null);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo("Answer to: q");
        }
    }

    @Test
    void tlsSettingsOfTheComponentOverrideTheGlobalOnes() throws Exception {
        try (StackAiSimulator service = service(good.server())) {
            assertThat(run(service.baseUrl(), good.trusted(), otherHost.trusted())
                            .getException())
                    .isNull();
        }
    }

    @Test
    void certificateOfAnUnknownAuthorityIsRefused() throws Exception {
        try (StackAiSimulator service = service(good.server())) {
            assertThat(run(service.baseUrl(), null, null).getException())
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("nothing was sent");
            assertThat(service.requestCount()).isZero();
        }
    }

    @Test
    void certificateForAnotherHostIsRefused() throws Exception {
        try (StackAiSimulator service = service(otherHost.server())) {
            assertThat(run(service.baseUrl(), otherHost.trusted(), null).getException())
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("nothing was sent");
            assertThat(service.requestCount()).as("no credential is sent").isZero();
        }
    }

    @Test
    void portWithoutTlsFailsTheHandshake() throws Exception {
        assertThat(run("https://localhost:" + stackAi().port(), good.trusted(), null)
                        .getException())
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("nothing was sent");
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void silenceInTheHandshakeEndsWithTheConnectTimeout() throws Exception {
        component.setConnectTimeout(Duration.ofMillis(400));
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long begin = System.nanoTime();
            assertThat(run("https://localhost:" + silent.getLocalPort(), good.trusted(), null)
                            .getException())
                    .isInstanceOf(ConnectTimeoutException.class)
                    .hasMessageContaining("nothing was sent");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }

    // ---- mutual TLS

    /** Requires the certificate of {@code client}. */
    private static SSLServerSocket guarded() throws Exception {
        SSLServerSocket server = listening(good.serverFor(client));
        server.setNeedClientAuth(true);
        return server;
    }

    private static SSLServerSocket listening(SSLContext tls) throws IOException {
        return (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    /** Answers one request on each connection; {@code prepare} sees each socket before its handshake. */
    private static CompletableFuture<String> serve(SSLServerSocket server, Consumer<SSLSocket> prepare) {
        CompletableFuture<String> peer = new CompletableFuture<>();
        Thread thread = new Thread(() -> accept(server, prepare, peer), "tls-server");
        thread.setDaemon(true);
        thread.start();
        return peer;
    }

    private static void accept(SSLServerSocket server, Consumer<SSLSocket> prepare, CompletableFuture<String> peer) {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                prepare.accept(socket);
                InputStream in = socket.getInputStream();
                if (in.read() < 0) {
                    continue;
                }
                peer.complete(peerOf(socket));
                socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
                in.read(new byte[10_000]);
            } catch (IOException e) {
                peer.completeExceptionally(e);
            }
        }
    }

    private static String peerOf(SSLSocket socket) {
        try {
            return socket.getSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return "nobody";
        }
    }

    @Test
    void clientCertificateIsPresentedOnRequest() throws Exception {
        try (SSLServerSocket service = guarded()) {
            CompletableFuture<String> presented = serve(service, socket -> {});
            Exchange exchange = run("https://localhost:" + service.getLocalPort(), good.trustedBy(client), null);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo("known");
            assertThat(presented).isCompletedWithValue("CN=client");
        }
    }

    @Test
    void missingClientCertificateFailsTheHandshake() throws Exception {
        try (SSLServerSocket service = guarded()) {
            CompletableFuture<String> presented = serve(service, socket -> {});
            assertThat(run("https://localhost:" + service.getLocalPort(), good.trusted(), null)
                            .getException())
                    .isInstanceOf(IOException.class);
            assertThat(presented)
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(SSLException.class);
        }
    }

    // ---- ALPN

    @Test
    void clientOffersHttp11Alone() throws Exception {
        CompletableFuture<List<String>> offered = new CompletableFuture<>();
        try (SSLServerSocket service = listening(good.server())) {
            CompletableFuture<String> unused = serve(
                    service,
                    socket -> socket.setHandshakeApplicationProtocolSelector((handshake, protocols) -> {
                        offered.complete(List.copyOf(protocols));
                        return "http/1.1";
                    }));
            Exchange exchange = run("https://localhost:" + service.getLocalPort(), good.trusted(), null);
            assertThat(exchange.getException()).isNull();
            assertThat(offered).isCompletedWithValue(List.of("http/1.1"));
        }
    }
}

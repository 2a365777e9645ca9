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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import org.apache.camel.Exchange;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the component trusts, as whom it shows itself, and which protocol it agrees on. */
class TlsTest extends RouteTest {
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
    void trustedServiceIsCalled(boolean global) throws Exception {
        try (StackAiSimulator service = service(good.server())) {
            SSLContextParameters trust = good.trusted();
            Exchange exchange = run(service.baseUrl(), global ? null : trust, global ? trust : null);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo("Answer to: q");
        }
    }

    @Test
    void ownTlsSettingsBeatTheGlobalOnes() throws Exception {
        try (StackAiSimulator service = service(good.server())) {
            assertThat(run(service.baseUrl(), good.trusted(), otherHost.trusted())
                            .getException())
                    .isNull();
        }
    }

    @Test
    void unknownAuthorityIsRefused() throws Exception {
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
            assertThat(service.requestCount()).as("the credential stays here").isZero();
        }
    }

    @Test
    void portWithoutTlsIsNoTlsConnection() throws Exception {
        assertThat(run("https://localhost:" + stackAi().port(), good.trusted(), null)
                        .getException())
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("nothing was sent");
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void silenceInTheHandshakeIsAConnectTimeout() throws Exception {
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

    /** Wants to see {@code client}; answers one request on each connection. */
    private static SSLServerSocket guarded(CompletableFuture<String> shown) throws Exception {
        SSLServerSocket server = (SSLServerSocket) good.serverFor(client)
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        Thread thread = new Thread(() -> answer(server, shown), "guarded");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static void answer(SSLServerSocket server, CompletableFuture<String> shown) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                if (in.read() < 0) {
                    continue;
                }
                shown.complete(((javax.net.ssl.SSLSocket) socket)
                        .getSession()
                        .getPeerPrincipal()
                        .getName());
                socket.getOutputStream()
                        .write(
                                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 29\r\n\r\n{\"outputs\":{\"out-0\":\"known\"}}"
                                        .getBytes(StandardCharsets.US_ASCII));
                in.read(new byte[10_000]);
            } catch (IOException e) {
                shown.completeExceptionally(e);
            }
        }
    }

    @Test
    void clientCertificateIsShownToAServiceThatAsks() throws Exception {
        CompletableFuture<String> shown = new CompletableFuture<>();
        try (SSLServerSocket service = guarded(shown)) {
            Exchange exchange = run("https://localhost:" + service.getLocalPort(), good.trustedBy(client), null);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo("known");
            assertThat(shown).isCompletedWithValue("CN=client");
        }
    }

    @Test
    void missingClientCertificateIsNoTlsConnection() throws Exception {
        CompletableFuture<String> shown = new CompletableFuture<>();
        try (SSLServerSocket service = guarded(shown)) {
            assertThat(run("https://localhost:" + service.getLocalPort(), good.trusted(), null)
                            .getException())
                    .isInstanceOf(IOException.class);
            assertThat(shown)
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(SSLException.class);
        }
    }

    // ---- HTTP/2

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run:f | {\"outputs\":{\"out-0\":\"over h2\"}} | over h2",
                "stream:f | {\"outputs\":{\"out-0\":\"over h2\"},\"state\":\"COMPLETED\"} | over h2",
                "stream:f?sso=true | {\"outputs\":{\"out-0\":\"over h2\"},\"state\":\"COMPLETED\"} | over h2",
                "stream:f?streamMode=collect | {\"outputs\":{\"out-0\":\"over h2\"},\"state\":\"COMPLETED\"} | over h2",
                "feedback:f | {\"updated\":1} | {updated=1}",
                "metadata:f | {\"runs\":2} | {runs=2}"
            })
    void http2IsSpokenWhereTheServiceOffersIt(String call, String answer, String body) throws Exception {
        try (Http2Peer service = new Http2Peer(good.server(), request -> request.ok(answer))) {
            component.getConfiguration().setBaseUrl(service.baseUrl());
            component.setSslContextParameters(good.trusted());
            context.start();
            Exchange exchange = template.request("stackai:" + call, e -> {
                e.getMessage().setBody("q");
                e.getMessage().setHeaders(new java.util.HashMap<>(Map.of(StackAiConstants.RUN_ID, "r-1")));
            });
            assertThat(exchange.getException()).isNull();
            String text = exchange.getMessage().getBody() instanceof StackAiStream stream
                    ? stream.text()
                    : exchange.getMessage().getBody().toString();
            assertThat(text).isEqualTo(body);
            assertThat(service.requests).hasSize(1);
        }
    }
}

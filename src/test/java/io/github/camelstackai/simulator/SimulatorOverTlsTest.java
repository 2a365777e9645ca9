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
package io.github.camelstackai.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers and faults over TLS, where bytes are counted before encryption. */
class SimulatorOverTlsTest {
    private static SSLContext tls;

    private final HttpClient http = HttpClient.newBuilder().sslContext(tls).build();
    private final StackAiSimulator simulator =
            StackAiSimulator.builder().tls(tls).start();

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        tls = selfSigned(directory.resolve("keys.p12"));
    }

    @AfterEach
    void stopSimulator() {
        simulator.close();
    }

    @Test
    void requestIsAnswered() throws Exception {
        assertThat(simulator.baseUrl()).isEqualTo("https://localhost:" + simulator.port());
        assertThat(http.send(request(), HttpResponse.BodyHandlers.ofString()).body())
                .contains("COMPLETED");
        assertThat(simulator.openRequests()).isZero();
    }

    @Test
    void faultsFailTheClient() {
        for (Reply fault : new Reply[] {
            Reply.reset(), Reply.usual().resetAfter(50), Reply.usual().thenClose()
        }) {
            simulator.enqueue(fault);
            assertThatThrownBy(() -> http.send(request(), HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(simulator.openRequests()).isZero();
        }
        assertThat(simulator.abortedRequests()).isZero();
    }

    @Test
    void clientThatHasGoneAbortsItsRequest() throws Exception {
        simulator.enqueue(Reply.usual().silentAfter(50));
        CompletableFuture<?> call = http.sendAsync(request(), HttpResponse.BodyHandlers.ofString());
        await().until(() -> simulator.openRequests() == 1);
        assertThat(call.cancel(true)).isTrue();
        await().until(() -> simulator.abortedRequests() == 1);
        await().until(() -> simulator.openConnections() == 0);
    }

    @Test
    void unrequestedBytesFollowTheResponse() throws Exception {
        simulator.enqueue(
                Reply.text("first").followedBy(Duration.ZERO, "at once"),
                Reply.text("second").followedBy(Duration.ofMillis(50), "later"));
        try (TestClient client = new TestClient(connect())) {
            assertThat(client.run().receiveUntil("at once")).endsWith("firstat once");
            assertThat(client.run().receiveUntil("later")).endsWith("secondlater");
        }
        assertThat(simulator.abortedRequests()).isZero();
    }

    @Test
    void protocolsThatTheClientOffersAreRecorded() throws Exception {
        assertThat(alpn()).isEmpty();
        assertThat(alpn("http/1.1")).containsExactly("http/1.1", "selected http/1.1");
        assertThat(alpn("h2", "http/1.1")).containsExactly("h2", "http/1.1", "selected http/1.1");
        assertThat(alpn("h2")).containsExactly("h2", "selected ");
    }

    /** The recorded offer of a client, with the protocol that the simulator selected. */
    private List<String> alpn(String... offer) throws Exception {
        SSLSocket socket = connect();
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(offer);
        socket.setSSLParameters(parameters);
        try (TestClient client = new TestClient(socket).run()) {
            client.receiveUntil("Answer to: a");
        }
        List<String> alpn =
                new ArrayList<>(simulator.takeRequest(Duration.ofSeconds(5)).alpnProtocols());
        if (offer.length > 0) {
            alpn.add("selected " + socket.getApplicationProtocol());
        }
        return alpn;
    }

    private SSLSocket connect() throws IOException {
        return (SSLSocket) tls.getSocketFactory().createSocket("localhost", simulator.port());
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/inference/v0/stream/sim-org/f"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer sim-key")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
    }

    private static SSLContext selfSigned(Path store) throws Exception {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String options = " -genkeypair -alias sim -keyalg EC -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1"
                + " -storetype PKCS12 -storepass changeit -keystore ";
        Process process = new ProcessBuilder((keytool + options + store).split(" "))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance(store.toFile(), password);
        return SSLContexts.custom()
                .loadKeyMaterial(keys, password)
                .loadTrustMaterial(keys, null)
                .build();
    }
}

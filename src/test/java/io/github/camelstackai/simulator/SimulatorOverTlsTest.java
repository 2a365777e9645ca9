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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same over TLS, faults included; bytes are counted before they are encrypted. */
class SimulatorOverTlsTest {
    private HttpClient http;
    private StackAiSimulator simulator;

    @BeforeEach
    void startSimulator(@TempDir Path directory) throws Exception {
        SSLContext tls = selfSigned(directory.resolve("keys.p12"));
        http = HttpClient.newBuilder().sslContext(tls).build();
        simulator = StackAiSimulator.builder().tls(tls).start();
    }

    @AfterEach
    void stopSimulator() {
        simulator.close();
    }

    @Test
    void answers() throws Exception {
        assertThat(simulator.baseUrl()).isEqualTo("https://localhost:" + simulator.port());
        assertThat(http.send(request(), HttpResponse.BodyHandlers.ofString()).body())
                .contains("COMPLETED");
        assertThat(simulator.openRequests()).isZero();
    }

    @Test
    void fails() {
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
    void noticesTheClientsEnd() throws Exception {
        simulator.enqueue(Reply.usual().silentAfter(50));
        CompletableFuture<?> call = http.sendAsync(request(), HttpResponse.BodyHandlers.ofString());
        await().until(() -> simulator.openRequests() == 1);
        assertThat(call.cancel(true)).isTrue();
        await().until(() -> simulator.abortedRequests() == 1);
        await().until(() -> simulator.openConnections() == 0);
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
        Process process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "sim",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, password);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, password);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}

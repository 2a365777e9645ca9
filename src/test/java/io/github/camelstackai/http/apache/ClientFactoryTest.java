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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.OutboundRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long the client keeps a connection; route tests cover what else it does and does not do. */
class ClientFactoryTest {
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final CompletableFuture<TimeValue> kept = new CompletableFuture<>();
    private final CompletableFuture<Object> state = new CompletableFuture<>();
    private final RecordingReceiver receiver = new RecordingReceiver();

    private static TransportSettings settings() {
        return new TransportSettings(LONG, 7, LONG, IDLE, null, null, null);
    }

    /** Notes the state of the connection that the client returns, and how long it keeps it. */
    private AsyncClientConnectionManager watched(AsyncClientConnectionManager pool) {
        return (AsyncClientConnectionManager) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AsyncClientConnectionManager.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("release")) {
                        state.complete(arguments[1]);
                        kept.complete((TimeValue) arguments[2]);
                    }
                    try {
                        return method.invoke(pool, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void respondOnce(ServerSocket server, String header) {
        try (Socket socket = server.accept();
                BufferedReader request =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            while (!request.readLine().isEmpty()) {
                // up to the end of the head
            }
            String response = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + header + "\r\n";
            socket.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
            request.readLine(); // until the client closes the connection
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(CloseableHttpAsyncClient client, URI uri) {
        ApacheCall call = new ApacheCall(
                new OutboundRequest("GET", uri, "", List.of(), null, List.of()),
                CallTimeouts.NONE,
                receiver,
                new SimulatedScheduler(),
                again -> {},
                ended -> {});
        HttpHost target = HttpHost.create(uri);
        CallExchange exchange = new CallExchange(call);
        call.sendBy(exchange);
        exchange.pending(client.execute(
                target,
                new BasicRequestProducer(new BasicHttpRequest("GET", target, "/"), null),
                exchange,
                null,
                new CallContext(exchange),
                exchange));
    }

    @ParameterizedTest
    @CsvSource({"'',60", "timeout=5,5", "'timeout=5, max=100',5", "timeout=600,60", "timeout=0,0", "max=100,60"})
    void connectionIsKeptForTheShorterOfOurLimitAndTheServers(String keepAlive, long seconds) throws Exception {
        String header = keepAlive.isEmpty() ? "" : "Keep-Alive: " + keepAlive + "\r\n";
        AsyncClientConnectionManager pool = watched(ClientFactory.pool(settings()));
        CompletableFuture<Void> responded;
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                CloseableHttpAsyncClient client = ClientFactory.client(settings(), pool)) {
            responded = CompletableFuture.runAsync(() -> respondOnce(server, header));
            client.start();
            URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort());
            send(client, uri);
            assertThat(state)
                    .as("the host that may have to rest")
                    .succeedsWithin(LONG)
                    .isEqualTo(HttpHost.create(uri));
            assertThat(kept).succeedsWithin(LONG).isEqualTo(TimeValue.ofSeconds(seconds));
            assertThat(receiver.events).containsExactly("head 200", "end");
        }
        assertThat(responded).as("the client has closed the connection").succeedsWithin(LONG);
    }

    @Test
    void allConnectionsMayBeOfOneHost() {
        var pool = ClientFactory.pool(settings());
        assertThat(pool.getMaxTotal()).isEqualTo(7);
        assertThat(pool.getDefaultMaxPerRoute()).isEqualTo(7);
    }
}

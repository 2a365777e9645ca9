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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.Eventually;
import io.github.camelstackai.http.CallTimeoutException;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.OutboundRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of the transport; route tests cover what it sends and receives. */
class ApacheTransportTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ApacheTransport transport = new ApacheTransport();
    private final RecordingReceiver receiver = new RecordingReceiver();

    @AfterEach
    void close() {
        transport.close();
    }

    private static TransportSettings settings(Consumer<HttpAsyncClientBuilder> configurer) {
        return new TransportSettings(LONG, 10, LONG, LONG, null, null, configurer);
    }

    private static ServerSocket silentServer() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private void send(ServerSocket server) {
        send(server, CallTimeouts.NONE);
    }

    private void send(ServerSocket server, CallTimeouts timeouts) {
        URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/x?y=z");
        transport.send(new OutboundRequest("GET", uri, "", List.of(), null, List.of()), timeouts, receiver);
    }

    private void awaitFailure() {
        Eventually.eventually(
                "the call fails", () -> assertThat(receiver.events).containsExactly("failed"));
    }

    @Test
    void nothingIsSentUnlessItIsStarted() throws IOException {
        try (ServerSocket server = silentServer()) {
            transport.prepare();
            assertThatThrownBy(() -> send(server))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("stopped", "nothing was sent");
            transport.start(settings(null));
            transport.close();
            assertThatThrownBy(() -> send(server)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(receiver.events).isEmpty();
        assertThat(transport.connections().leased()).isZero();
    }

    @Test
    void configurerThatFailsFailsTheStart() {
        IllegalStateException cause = new IllegalStateException("no such option");
        assertThatThrownBy(() -> transport.start(settings(builder -> {
                    throw cause;
                })))
                .isSameAs(cause);
    }

    @Test
    void callThatCannotConnectIsNotInFlightAnyMore() throws IOException {
        transport.start(settings(null));
        ServerSocket server = silentServer();
        server.close();
        send(server);
        awaitFailure();
        assertThat(receiver.failure()).isInstanceOf(ConnectException.class);
        assertThat(receiver.sent()).isFalse();
        assertThat(transport.callsInFlight()).isZero();
        Eventually.eventually(
                "the lease ends",
                () -> assertThat(transport.connections().leased()).isZero());
    }

    @Test
    void closeFailsTheCallsInFlight() throws IOException {
        transport.start(settings(null));
        try (ServerSocket server = silentServer()) {
            send(server);
            assertThat(transport.callsInFlight()).isEqualTo(1);
            Eventually.eventually(
                    "it is sent",
                    () -> assertThat(transport.connections().leased()).isEqualTo(1));
            transport.close();
        }
        awaitFailure();
        assertThat(receiver.failure()).hasMessageContaining("the component was stopped");
        assertThat(transport.callsInFlight()).isZero();
        assertThat(transport.connections().leased()).isZero();
    }

    /** Too long to be scheduled with the call: the periodic check finds it. */
    @Test
    void limitOfSecondsIsEnforced() throws IOException {
        Duration limit = CallTimer.PERIOD.multipliedBy(2).plusMillis(300);
        transport.start(settings(null));
        long begin = System.nanoTime();
        try (ServerSocket server = silentServer()) {
            send(server, new CallTimeouts(limit, Duration.ZERO, Duration.ZERO));
            awaitFailure();
        }
        assertThat(receiver.failure()).isInstanceOf(CallTimeoutException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(limit);
    }

    @Test
    void itCanBeStartedAgain() throws IOException {
        transport.start(settings(null));
        transport.prepare();
        transport.close();
        transport.close();
        transport.start(settings(null));
        try (ServerSocket server = silentServer()) {
            send(server);
            assertThat(transport.callsInFlight()).isEqualTo(1);
        }
    }
}

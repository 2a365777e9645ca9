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

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.Test;

/** The pool and the clock are simulated. */
class RestingConnectionsTest {
    private static final HttpHost HOST = new HttpHost("https", "a.example.com");
    private static final HttpHost OTHER = new HttpHost("https", "b.example.com");
    private static final Duration ALMOST = RestingConnections.REST.minusMillis(1);

    private final SimulatedScheduler timer = new SimulatedScheduler();
    private final List<AsyncConnectionEndpoint> released = new ArrayList<>();
    private final RestingConnections connections = new RestingConnections(
            (AsyncClientConnectionManager) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {AsyncClientConnectionManager.class},
                    (proxy, method, arguments) -> {
                        assertThat(method.getName()).isEqualTo("release");
                        released.add((AsyncConnectionEndpoint) arguments[0]);
                        return null;
                    }),
            timer);

    private SimulatedEndpoint call(HttpHost host) {
        SimulatedEndpoint endpoint = new SimulatedEndpoint();
        connections.release(endpoint, host, TimeValue.ofSeconds(60));
        return endpoint;
    }

    private void proveSilent(HttpHost host) {
        call(host);
        timer.pass(RestingConnections.REST);
        released.clear();
    }

    @Test
    void firstConnectionRestsBeforeItIsReused() {
        SimulatedEndpoint endpoint = call(HOST);
        timer.pass(ALMOST);
        assertThat(released).isEmpty();
        assertThat(connections.count()).isEqualTo(1);
        timer.pass(Duration.ofMillis(1));
        assertThat(released).containsExactly(endpoint);
        assertThat(connections.count()).isZero();
    }

    @Test
    void connectionsToASilentHostAreReusedAtOnce() {
        proveSilent(HOST);
        SimulatedEndpoint next = call(HOST);
        assertThat(released).containsExactly(next);
        call(OTHER);
        assertThat(released).as("another host is not proven").hasSize(1);
    }

    @Test
    void connectionThatEndsDuringItsRestProvesNothing() {
        call(HOST).close(CloseMode.IMMEDIATE);
        timer.pass(RestingConnections.REST);
        assertThat(released).hasSize(1);
        call(HOST);
        assertThat(released).hasSize(1);
    }

    @Test
    void connectionThatHasEndedDoesNotRest() {
        SimulatedEndpoint endpoint = new SimulatedEndpoint();
        endpoint.close(CloseMode.IMMEDIATE);
        connections.release(endpoint, HOST, TimeValue.ZERO_MILLISECONDS);
        assertThat(released).containsExactly(endpoint);
    }

    @Test
    void connectionsRestAgainAfterBytesThatNoRequestAskedFor() {
        proveSilent(HOST);
        connections.unrequestedBytes(HOST);
        call(HOST);
        assertThat(released).isEmpty();
    }

    @Test
    void connectionThatWasLeasedBeforeSuchBytesRestsAsWell() {
        proveSilent(HOST);
        SimulatedEndpoint endpoint = new SimulatedEndpoint();
        connections.unrequestedBytes(HOST);
        connections.release(endpoint, HOST, TimeValue.ofSeconds(60));
        assertThat(released).isEmpty();
    }

    @Test
    void connectionOfAWithdrawnCallIsReleasedOnAnotherThread() {
        SimulatedEndpoint endpoint = new SimulatedEndpoint();
        connections.release(endpoint, RestingConnections.UNUSED, TimeValue.ofSeconds(60));
        assertThat(released).as("not further down this stack").isEmpty();
        timer.runDue();
        assertThat(released).containsExactly(endpoint);
        assertThat(connections.count()).as("nothing was sent over it").isZero();
    }

    @Test
    void waitingCallGetsTheRoomOfARestingConnection() {
        SimulatedEndpoint first = call(HOST);
        call(HOST);
        connections.makeRoom();
        assertThat(connections.count()).isEqualTo(1);
        assertThat(released).hasSize(1);
        connections.makeRoom();
        assertThat(first.isConnected()).isFalse();
        timer.pass(RestingConnections.REST);
        assertThat(released).as("each once").hasSize(2);
        connections.makeRoom();
        assertThat(released).hasSize(2);
    }
}

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

import static io.github.camelstackai.Eventually.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that cannot be made, or that breaks, is the IOException that names the reason. */
class ConnectionFailureTest extends RouteTest {
    @Test
    void unknownHostIsAnUnknownHostException() {
        component.getConfiguration().setBaseUrl("http://stackai.invalid");
        context.start();
        assertThat(failure("stackai:run:f"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("stackai.invalid")
                .hasMessageContaining("nothing was sent");
    }

    @Test
    void refusedConnectionIsAConnectException() throws Exception {
        try (DeadPort port = new DeadPort(DeadPort.Behaviour.REFUSING)) {
            component.getConfiguration().setBaseUrl(port.baseUrl());
            assertThat(failure("stackai:run:f"))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining(port.baseUrl().replaceAll(".*:", ""));
        }
    }

    @Test
    void connectionThatIsNotAcceptedIsAConnectTimeout() throws Exception {
        try (DeadPort port = new DeadPort(DeadPort.Behaviour.FULL)) {
            component.getConfiguration().setBaseUrl(port.baseUrl());
            component.setConnectTimeout(Duration.ofMillis(500));
            assertThat(failure("stackai:run:f"))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("onnect");
        }
    }

    @RepeatedTest(5) // the two cancellations may happen in either order
    void waitForAConnectionEndsWithItsTimeout() {
        component.setMaxConnections(1);
        component.setConnectionRequestTimeout(Duration.ofMillis(200));
        context.start();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        stackAi().enqueue(Reply.usual().when(answer));
        var first = template.asyncRequestBody("stackai:run:f", "first");
        await("the first call is at the service").until(() -> stackAi().openRequests() == 1);
        assertThat(failure("stackai:run:f"))
                .isInstanceOf(ConnectTimeoutException.class)
                .hasMessageContaining("nothing was sent")
                .hasMessageContaining("connectionRequestTimeout")
                .hasMessageContaining("maxConnections");
        answer.complete(null);
        assertThat(first).succeedsWithin(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10, 60, 90})
    void resetIsASocketException(long bytes) {
        context.start();
        assertThat(failure(
                        "stackai:run:f",
                        Reply.text("{\"outputs\":{\"out-0\":\"xxxxxxxx\"}}").resetAfter(bytes)))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("/run/");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10, 60, 90})
    void truncatedResponseIsAnIoException(long bytes) {
        context.start();
        assertThat(failure(
                        "stackai:run:f",
                        Reply.text("{\"outputs\":{\"out-0\":\"xxxxxxxx\"}}").closeAfter(bytes)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void garbageInsteadOfHttpIsAnIoException() {
        context.start();
        assertThat(failure("stackai:run:f", Reply.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void endlessHeadIsAnIoException() {
        context.start();
        byte[] more = "X-More: y\r\n".repeat(1000).getBytes(UTF_8);
        AtomicBoolean begun = new AtomicBoolean();
        assertThat(failure(
                        "stackai:run:f",
                        Reply.raw(() -> begun.getAndSet(true) ? more : "HTTP/1.1 200 OK\r\n".getBytes(UTF_8))))
                .isInstanceOf(IOException.class);
    }
}

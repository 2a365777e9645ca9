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

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the simulator records of requests. */
class RequestRecordingTest {
    @RegisterExtension
    static final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void requestIsRecordedAsReceived() throws Exception {
        post("/inference/v0/run/sim-org/a%20flow?version=3&x=a%2Bb+c", "{\"in-0\":\"é\"}");

        RecordedRequest request = stackAi.simulator().takeRequest(Duration.ofSeconds(2));

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/inference/v0/run/sim-org/a flow");
        assertThat(request.rawUri()).isEqualTo("/inference/v0/run/sim-org/a%20flow?version=3&x=a%2Bb+c");
        assertThat(request.query()).isEqualTo(Map.of("version", "3", "x", "a+b c"));
        assertThat(request.header("AUTHORIZATION")).isEqualTo("Bearer sim-key");
        assertThat(request.header("missing")).isNull();
        assertThat(request.text()).isEqualTo("{\"in-0\":\"é\"}");
        assertThat(request.body()).isEqualTo("{\"in-0\":\"é\"}".getBytes(UTF_8));
        assertThat(request.json()).isEqualTo(Map.of("in-0", "é"));
        assertThat(request.connection()).isPositive();
        assertThat(request.alpnProtocols()).as("without TLS").isEmpty();
        assertThat(System.nanoTime() - request.arrivedNanos())
                .isBetween(0L, Duration.ofMinutes(1).toNanos());
        assertThat(stackAi.simulator().requests()).containsExactly(request);
        assertThat(stackAi.simulator().requestCount()).isEqualTo(1);
        assertThatThrownBy(() -> stackAi.simulator().takeRequest(Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 came before");
    }

    @Test
    void requestsOfOneConnectionShareItsNumber() throws Exception {
        try (TestClient client = new TestClient(stackAi.simulator())) {
            client.run().receive(12);
            client.run().post("run/sim-org/f1", "Connection: close\r\n");
            assertThat(client.receive().end()).isEqualTo(TestClient.End.CLOSED);
        }

        assertThat(stackAi.simulator().requests())
                .extracting(RecordedRequest::connection)
                .hasSize(3)
                .containsOnly(stackAi.simulator().requests().get(0).connection());
    }

    @Test
    void noRequestIsOpenWhenTheClientHasItsAnswer() throws Exception {
        for (int i = 0; i < 100; i++) {
            post("/inference/v0/stream/sim-org/f1", "{\"in-0\":\"x\"}");
            assertThat(stackAi.simulator().openRequests()).isZero();
        }
        assertThat(stackAi.simulator().abortedRequests()).isZero();
        assertThat(stackAi.simulator().maxOpenRequests()).isEqualTo(1);
    }

    private static void post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(stackAi.simulator().baseUrl() + path))
                .header("Authorization", "Bearer sim-key")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }
}

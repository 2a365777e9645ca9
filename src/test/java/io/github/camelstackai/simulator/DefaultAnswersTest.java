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

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The answers of the five operations without a script. */
class DefaultAnswersTest {
    @RegisterExtension
    static final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void runResponseHasAllKeysOfTheService() throws Exception {
        HttpResponse<String> response =
                post("/inference/v0/run/sim-org/f1?version=-1&verbose=true", "{\"in-0\":\"Hi\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        Map<?, ?> body = json(response.body());
        assertThat(body.keySet().stream().map(Object::toString))
                .containsExactly(
                        "outputs", "citations", "run_id", "metadata", "progress_data", "state", "pause", "error");
        assertThat(body.get("outputs")).isEqualTo(Map.of("out-0", "Answer to: Hi"));
        assertThat(body.get("state")).isEqualTo("COMPLETED");
        assertThat(stackAi.simulator().runs()).singleElement().satisfies(run -> {
            assertThat(run.runId()).isEqualTo(body.get("run_id"));
            assertThat(run.flowId()).isEqualTo("f1");
            assertThat(run.inputs()).isEqualTo(Map.of("in-0", "Hi"));
        });
    }

    @Test
    void runWithoutVerboseAnswersTheOutputsAlone() throws Exception {
        HttpResponse<String> response = post("/inference/v0/run/sim-org/f1?verbose=false", "{\"in-0\":\"Hi\"}");

        assertThat(json(response.body())).isEqualTo(Map.of("out-0", "Answer to: Hi"));
    }

    @Test
    void functionOfTheFlowComputesTheOutputs() throws Exception {
        stackAi.simulator()
                .flow(
                        "triage",
                        inputs -> Map.of(
                                "out-1", Map.of("urgent", inputs.get("in-0").equals("fire"))));

        HttpResponse<String> response = post("/inference/v0/run/sim-org/triage", "{\"in-0\":\"fire\"}");

        assertThat(json(response.body()).get("outputs")).isEqualTo(Map.of("out-1", Map.of("urgent", true)));
    }

    @Test
    void failingFlowIsAFailedRun() throws Exception {
        stackAi.simulator().flow("broken", inputs -> {
            throw new IllegalStateException("no model");
        });

        HttpResponse<String> response = post("/inference/v0/run/sim-org/broken", "{}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response.body()).get("state")).isEqualTo("FAILED");
        assertThat(json(response.body()).get("error")).asString().contains("no model");
    }

    @Test
    void streamHasProgressThenWordsThenTheEnd() throws Exception {
        List<Map<?, ?>> frames = frames(post("/inference/v0/stream/sim-org/f1", "{\"in-0\":\"two  words\"}"));

        assertThat(frames.get(0).get("progress_data"))
                .extracting("started_nodes")
                .isEqualTo(1);
        assertThat(texts(frames)).containsExactly("Answer", " to:", " two", "  words");
        assertThat(frames.get(frames.size() - 1).get("state")).isEqualTo("COMPLETED");
        String runId = stackAi.simulator().runs().get(0).runId();
        assertThat(frames).allMatch(frame -> runId.equals(frame.get("run_id")));
    }

    @Test
    void streamWithoutDeltaHasTheTextSoFar() throws Exception {
        List<Map<?, ?>> frames = frames(post("/inference/v0/stream/sim-org/f1?delta=false", "{\"in-0\":\"x\"}"));

        assertThat(texts(frames)).containsExactly("Answer", "Answer to:", "Answer to: x");
    }

    @Test
    void sseStreamHasServerSentEvents() throws Exception {
        HttpResponse<String> response = post("/inference/v0/stream/sim-org/f1?sse=true", "{\"in-0\":\"x\"}");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(response.body().split("\n\n"))
                .allMatch(event -> event.startsWith("data: {"))
                .hasSize(7);
    }

    @Test
    void streamWithoutVerboseHasOutputsAlone() throws Exception {
        List<String> lines = post("/inference/v0/stream/sim-org/f1?verbose=false", "{\"in-0\":\"x\"}")
                .body()
                .lines()
                .toList();

        assertThat(lines.get(0)).isEqualTo("{\"out-0\":\"Answer\"}");
        assertThat(json(lines.get(lines.size() - 1)).get("state")).isEqualTo("COMPLETED");
    }

    @Test
    void ssoStreamAcceptsAUsersToken() throws Exception {
        stackAi.simulator().acceptToken("users-own");

        HttpResponse<String> response = post("/inference/v0/sso/stream/sim-org/f1", "{\"in-0\":\"x\"}", "users-own");

        assertThat(texts(frames(response))).containsExactly("Answer", " to:", " x");
    }

    @Test
    void feedbackIsRecordedAndAnsweredWithIntegers() throws Exception {
        String runId =
                (String) json(post("/inference/v0/run/sim-org/f1", "{}").body()).get("run_id");

        HttpResponse<String> response =
                post("/inference/v0/feedback/sim-org/f1", "{\"run_id\":\"" + runId + "\",\"feedback\":\"positive\"}");

        assertThat(json(response.body())).isEqualTo(Map.of("matched_count", 1, "modified_count", 1));
        assertThat(stackAi.simulator().feedback())
                .containsExactly(new RecordedFeedback(runId, "sim-org", "f1", "positive"));
    }

    @Test
    void metadataDescribesTheRun() throws Exception {
        String runId = (String)
                json(post("/inference/v0/run/sim-org/f1", "{\"in-0\":\"Hi\"}").body())
                        .get("run_id");
        post("/inference/v0/run/sim-org/f1", "{\"in-0\":\"later\"}");

        Map<?, ?> metadata = json(
                get("/inference/v0/run/sim-org/f1/metadata?run_id=" + runId).body());

        assertThat(metadata.get("inputs")).isEqualTo(Map.of("in-0", "Hi"));
        assertThat(metadata.get("state")).isEqualTo("COMPLETED");
        assertThat(json(get("/inference/v0/run/sim-org/f1/metadata").body()).get("inputs"))
                .isEqualTo(Map.of("in-0", "later"));
        assertThat(get("/inference/v0/run/sim-org/f1/metadata?run_id=unknown").statusCode())
                .isEqualTo(404);
    }

    @Test
    void tokenForThePasswordIsValidUntilItIsRevoked() throws Exception {
        HttpResponse<String> granted =
                post("/token", "grant_type=password&username=sim-user&password=sim-password", "none");
        String token = (String) json(granted.body()).get("access_token");

        assertThat(json(granted.body()).get("token_type")).isEqualTo("bearer");
        assertThat(json(granted.body()).get("expires_in")).isEqualTo(3600);
        assertThat(post("/inference/v0/run/sim-org/f1", "{}", token).statusCode())
                .isEqualTo(200);
        stackAi.simulator().revokeTokens();
        assertThat(post("/inference/v0/run/sim-org/f1", "{}", token).statusCode())
                .isEqualTo(401);
        assertThat(post("/token", "grant_type=password&username=sim-user&password=wrong", "none")
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("/token", "username=sim-user", "none").statusCode()).isEqualTo(422);
    }

    private List<Map<?, ?>> frames(HttpResponse<String> response) {
        return response.body().lines().<Map<?, ?>>map(this::json).toList();
    }

    private static List<Object> texts(List<Map<?, ?>> frames) {
        return frames.stream()
                .map(frame -> ((Map<?, ?>) frame.get("outputs")).get("out-0"))
                .filter(text -> text != null)
                .map(Object.class::cast)
                .toList();
    }

    private Map<?, ?> json(String text) {
        try {
            return mapper.readValue(text, Map.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return post(path, body, stackAi.simulator().apiKey());
    }

    private HttpResponse<String> post(String path, String body, String token) throws Exception {
        return send(request(path, token).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path, stackAi.simulator().apiKey()));
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(stackAi.simulator().baseUrl() + path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    }
}

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

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator's log of runs: what it selects, and that its responses are those of the published structure. */
class PublishedRunLogTest {
    @RegisterExtension
    static final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();

    private static TestContract contract;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void readContract() {
        contract = new TestContract();
    }

    @AfterAll
    static void close() {
        contract.close();
    }

    private HttpResponse<String> get(String query) throws Exception {
        String uri = stackAi.simulator().baseUrl() + "/analytics/org/sim-org/flows/f?" + query;
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(uri)));
        contract.check("listFlowRuns", response);
        return response;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(
                request.header("Authorization", "Bearer sim-key").build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void log(int second, String state, String user) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("run_id", new UUID(0, second).toString());
        fields.put("date", "2026-11-26T08:00:0" + second + "Z");
        fields.put("state", state);
        fields.put("user_id", user);
        stackAi.simulator().logRun("f", fields);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        page=0                                                  | 321
        page_size=2                                             | 32
        page=1&page_size=2                                      | 1
        page=7                                                  | -
        state=FAILED,PAUSED                                     | 32
        user_id=u                                               | 1
        start_date=2026-11-26T08:00:02Z                         | 32
        end_date=2026-11-26T08:00:02Z                           | 21
        start_date=2026-11-26T09:00:02%2B01:00                  | 32
        """)
    void runsAreSelectedAndValid(String query, String seconds) throws Exception {
        log(1, "COMPLETED", "u");
        log(2, "FAILED", null);
        log(3, "PAUSED", "v");

        HttpResponse<String> response = get(query);

        assertThat(response.statusCode()).isEqualTo(200);
        List<String> ids = new JsonArray(response.body())
                .stream().map(row -> ((JsonObject) row).getString("run_id")).toList();
        assertThat(String.join("", ids).replaceAll("[0-]*([123])", "$1")).isEqualTo(seconds == null ? "" : seconds);
    }

    /** What the simulator itself logs. */
    @Test
    void runsThatWereMadeAreLoggedAndValid() throws Exception {
        stackAi.simulator().flow("f", inputs -> {
            if (inputs.containsKey("in-1")) {
                throw new IllegalStateException("No credit");
            }
            return Map.of("out-0", "a");
        });
        for (String inputs : List.of("{}", "{\"in-1\": 1}")) {
            send(HttpRequest.newBuilder(URI.create(stackAi.simulator().baseUrl() + "/inference/v0/run/sim-org/f"))
                    .POST(HttpRequest.BodyPublishers.ofString(inputs)));
        }

        assertThat(new JsonArray(get("page=0").body())).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=-1", "page=x", "page_size=0", "page_size=1.5", "start_date=soon", "end_date=1"})
    void invalidParameterIsAnsweredWith422(String query) throws Exception {
        assertThat(get(query).statusCode()).isEqualTo(422);
    }

    @Test
    void runIsLoggedAfterItsDelay() throws Exception {
        try (StackAiSimulator late =
                StackAiSimulator.builder().loggedAfter(Duration.ofHours(1)).start()) {
            URI run = URI.create(late.baseUrl() + "/inference/v0/run/sim-org/f");
            URI log = URI.create(late.baseUrl() + "/analytics/org/sim-org/flows/f");
            send(HttpRequest.newBuilder(run).POST(HttpRequest.BodyPublishers.ofString("{}")));

            assertThat(send(HttpRequest.newBuilder(log)).body()).isEqualTo("[]");
            assertThat(late.runs()).hasSize(1);
        }
    }
}

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
package io.github.camelstackai.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            // exposes more than an application should, to show that no secret is visible
            "management.endpoints.web.exposure.include=*",
            "server.tomcat.basedir=target/tomcat",
            "management.endpoint.env.show-values=always",
            "management.endpoint.configprops.show-values=always",
            // tests export none by default
            "management.prometheus.metrics.export.enabled=true",
            "another.property=Bearer ${STACKAI_API_KEY}",
            "camel.component.stackai.api-key=" + ApplicationTest.OVERRIDDEN_KEY
        })
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ApplicationTest {
    static final String OVERRIDDEN_KEY = "key-that-another-source-overrides";
    /** In the environment, to which the properties refer. */
    private static final String API_KEY = System.getenv("STACKAI_API_KEY");

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI =
            new StackAiSimulatorExtension(StackAiSimulator.builder().apiKey(API_KEY));

    @Value("${local.server.port}")
    private int port;

    @DynamicPropertySource
    static void account(DynamicPropertyRegistry properties) {
        properties.add("STACKAI_BASE_URL", () -> STACK_AI.simulator().baseUrl());
        properties.add("camel.component.stackai.api-key", () -> "{{env:STACKAI_API_KEY}}");
        properties.add("STACKAI_ORG_ID", () -> STACK_AI.simulator().orgId());
        properties.add("STACKAI_FLOW_ID", () -> "support");
    }

    @Test
    void answersATextWithTheFlow(StackAiSimulator simulator) throws Exception {
        assertThat(ask(MediaType.TEXT_PLAIN, "How do I reset it?").getBody())
                .isEqualTo("Answer to: How do I reset it?");
        RecordedRequest request = simulator.takeRequest(Duration.ofSeconds(5));
        assertThat(request.path()).isEqualTo("/inference/v0/run/sim-org/support");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + API_KEY);
    }

    @Test
    void sendsJsonAsAllInputs(StackAiSimulator simulator) throws Exception {
        ask(MediaType.APPLICATION_JSON, "{\"in-0\":\"Hi\",\"user_id\":\"u\"}");
        assertThat(simulator.takeRequest(Duration.ofSeconds(5)).json()).isEqualTo(Map.of("in-0", "Hi", "user_id", "u"));
    }

    /** The type that curl sends if it is told none. */
    @Test
    void refusesAForm(StackAiSimulator simulator) {
        ResponseEntity<String> answer = ask(MediaType.APPLICATION_FORM_URLENCODED, "How do I reset it?");
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        assertThat(simulator.requestCount()).isZero();
    }

    @Test
    void explainsThatTheFlowDidNotAnswer(StackAiSimulator simulator) {
        simulator.enqueue(Reply.error(500, "Out of order"));
        ResponseEntity<String> answer = ask(MediaType.TEXT_PLAIN, "q");
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_GATEWAY);
        assertThat(answer.getBody()).contains("did not answer").doesNotContain(API_KEY);
        assertThat(answer.getHeaders().toString()).doesNotContain("CamelStackAi");
    }

    @Test
    void actuatorShowsNoSecret() {
        assertThat(ask(MediaType.TEXT_PLAIN, "q").getStatusCode()).isEqualTo(HttpStatus.OK);
        for (String endpoint :
                List.of("env", "env/STACKAI_API_KEY", "env/another.property", "configprops", "beans", "metrics")) {
            ResponseEntity<String> shown = actuator(endpoint);
            assertThat(shown.getStatusCode()).as(endpoint).isEqualTo(HttpStatus.OK);
            assertThat(shown.getBody()).as(endpoint).doesNotContain(API_KEY, OVERRIDDEN_KEY);
        }
        assertThat(actuator("env").getBody()).as("values are visible").contains("sim-org");
    }

    @Test
    void healthAsksTheServiceOnceInAWhile(StackAiSimulator simulator) {
        for (int i = 0; i < 10; i++) {
            ResponseEntity<String> health = actuator("health");
            assertThat(health.getStatusCode()).isEqualTo(HttpStatus.OK);
            assertThat(health.getBody())
                    .contains(
                            "\"stackai:" + URI.create(simulator.baseUrl()).getAuthority() + "\":\"UP\"", "last.success")
                    .doesNotContain(API_KEY);
        }
        assertThat(simulator.requests())
                .extracting(RecordedRequest::path)
                .containsExactly("/inference/v0/run/sim-org/support/metadata");
    }

    @Test
    void prometheusShowsTheCalls() {
        ask(MediaType.TEXT_PLAIN, "q");
        assertThat(actuator("prometheus").getBody())
                .contains(
                        "stackai_call_seconds_count{flow=\"support\",operation=\"run\",outcome=\"success\"}",
                        "stackai_call_seconds_bucket{flow=\"support\",operation=\"run\",outcome=\"success\",le=",
                        "stackai_calls_in_flight{component=\"stackai\",flow=\"support\",operation=\"run\"} 0.0",
                        "stackai_connections_leased{component=\"stackai\"}",
                        "stackai_connections_pending{component=\"stackai\"} 0.0")
                .doesNotContain(API_KEY, "sim-org");
    }

    @Test
    void logsTheSpanOfACall(CapturedOutput output) {
        ask(MediaType.TEXT_PLAIN, "My secret question");
        assertThat(output)
                .contains("'run support' : ", "stackai.run.state=COMPLETED", "http.response.status_code=200")
                .doesNotContain("My secret question");
    }

    private ResponseEntity<String> ask(MediaType type, String body) {
        return http().post().uri("/ask").contentType(type).body(body).retrieve().toEntity(String.class);
    }

    private ResponseEntity<String> actuator(String endpoint) {
        return http().get().uri("/actuator/" + endpoint).retrieve().toEntity(String.class);
    }

    /** Returns an answer whatever its status. */
    private RestClient http() {
        return RestClient.builder()
                .baseUrl("http://localhost:" + port)
                .defaultStatusHandler(status -> true, (request, answer) -> {})
                .build();
    }
}

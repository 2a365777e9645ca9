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
package io.github.camelstackai.examples.quarkus;

import static io.restassured.RestAssured.given;
import static org.hamcrest.CoreMatchers.containsString;
import static org.hamcrest.CoreMatchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SimulatedStackAi.class)
class AskRouteTest {
    StackAiSimulator simulator;

    @Inject
    CamelContext camel;

    @BeforeEach
    void reset() {
        simulator.reset();
    }

    @Test
    void answersATextWithTheFlow() throws Exception {
        given().contentType("text/plain")
                .body("How do I reset it?")
                .post("/ask")
                .then()
                .statusCode(200)
                .body(is("Answer to: How do I reset it?"));
        RecordedRequest request = simulator.takeRequest(Duration.ofSeconds(5));
        assertEquals("/inference/v0/run/sim-org/support", request.path());
        assertEquals("Bearer " + simulator.apiKey(), request.header("Authorization"));
    }

    @Test
    void sendsJsonAsAllInputs() throws Exception {
        given().contentType("application/json")
                .body("{\"in-0\":\"Hi\",\"user_id\":\"u\"}")
                .post("/ask")
                .then()
                .statusCode(200);
        assertEquals(
                Map.of("in-0", "Hi", "user_id", "u"),
                simulator.takeRequest(Duration.ofSeconds(5)).json());
    }

    /** The type that curl sends if it is told none. */
    @Test
    void refusesAForm() {
        given().contentType("application/x-www-form-urlencoded")
                .body("How do I reset it?")
                .post("/ask")
                .then()
                .statusCode(415);
        assertEquals(0, simulator.requestCount());
    }

    @Test
    void explainsThatTheFlowDidNotAnswer() {
        simulator.enqueue(Reply.error(500, "Out of order"));
        given().contentType("text/plain")
                .body("q")
                .post("/ask")
                .then()
                .statusCode(502)
                .body(containsString("did not answer"));
    }

    @Test
    void isReadyIfTheServiceAcceptsTheKey() throws Exception {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'camel-producers' }.status", is("UP"));
        assertEquals(
                "/inference/v0/run/sim-org/support/metadata",
                simulator.takeRequest(Duration.ofSeconds(5)).path());
    }

    @Test
    void readsOptionsFromApplicationProperties() {
        StackAiComponent component = camel.getComponent("stackai", StackAiComponent.class);
        assertEquals(Duration.ofMinutes(5), component.getConfiguration().getResponseTimeout());
    }
}

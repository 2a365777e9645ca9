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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The readiness check, by Camel's health registry, as Spring Boot and Quarkus ask it. */
class ReadinessTest extends RouteTest {
    @BeforeEach
    void enable() {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        registry.setExposureLevel("full");
        HealthCheckHelper.getHealthCheckRepository(context, "producers")
                .setEnabled(true); // camel.health.producers-enabled
    }

    private List<HealthCheck.Result> results() {
        Collection<HealthCheck.Result> results = HealthCheckHelper.invokeReadiness(context);
        return results.stream()
                .filter(result -> result.getCheck().getId().startsWith("stackai"))
                .toList();
    }

    private HealthCheck.Result result() {
        assertThat(results()).hasSize(1);
        return results().get(0);
    }

    private String host() {
        return URI.create(stackAi().baseUrl()).getAuthority();
    }

    @Test
    void serviceThatAnswersIsUp() throws Exception {
        startRoute("stackai:run:triage");
        HealthCheck.Result result = result();
        assertThat(result.getState()).isEqualTo(State.UP);
        assertThat(result.getCheck().getId()).isEqualTo("stackai:" + host());
        assertThat(result.getDetails())
                .containsEntry("host", host())
                .containsEntry("http.response.code", 200)
                .containsKey("last.success");
        assertThat(result.getDetails().toString()).doesNotContain(stackAi().apiKey());
    }

    @Test
    void noFlowIsRun() throws Exception {
        startRoute("stackai:run:triage");
        result();
        assertThat(stackAi().runs()).isEmpty();
        assertThat(stackAi().requests())
                .extracting(RecordedRequest::rawUri)
                .containsExactly("/inference/v0/run/sim-org/triage/metadata");
        assertThat(component.getCallsEnded()).as("no call of a route").isZero();
    }

    @Test
    void serviceThatRefusesTheCredentialIsDown() throws Exception {
        component.getConfiguration().setApiKey("topsecret-of-another");
        startRoute("stackai:run:triage");
        HealthCheck.Result result = result();
        assertThat(result.getState()).isEqualTo(State.DOWN);
        assertThat(result.getDetails()).containsEntry("http.response.code", 401);
        assertThat(result.getMessage().orElseThrow()).contains("401", "check the credential");
        assertThat(result.getDetails().toString() + result.getMessage()).doesNotContain("topsecret");
    }

    @Test
    void serviceThatIsNotReachedIsDown() throws Exception {
        try (DeadPort port = new DeadPort(DeadPort.Behaviour.REFUSING)) {
            component.getConfiguration().setBaseUrl(port.baseUrl());
            startRoute("stackai:run:triage");
            HealthCheck.Result result = result();
            assertThat(result.getState()).isEqualTo(State.DOWN);
            assertThat(result.getDetails()).doesNotContainKey("http.response.code");
            assertThat((String) result.getDetails().get("reason")).isNotBlank();
        }
    }

    @Test
    void manyQuestionsAndEndpointsAskTheServiceOnce() throws Exception {
        startRoutes(routes -> {
            for (int i = 0; i < 20; i++) {
                routes.from("direct:" + i).to("stackai:run:flow-" + i);
            }
            routes.from("direct:start").toD("stackai:run:${header.flow}");
        });
        send("q", Map.of("flow", "a"));
        List<CompletableFuture<State>> states = IntStream.range(0, 50)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> result().getState()))
                .toList();
        assertThat(states).extracting(CompletableFuture::join).containsOnly(State.UP);
        assertThat(stackAi().requests())
                .filteredOn(request -> request.rawUri().endsWith("/metadata"))
                .hasSize(1);
    }

    @Test
    void tokenThatCannotBeObtainedIsRequestedOnce() throws Exception {
        component.getConfiguration().setApiKey(null);
        component.setUsername("alice");
        component.setPassword("topsecret");
        stackAi().enqueue(Reply.error(400, "wrong password"));
        startRoute("stackai:run:triage");
        for (int i = 0; i < 20; i++) {
            assertThat(result().getState()).isEqualTo(State.DOWN);
        }
        assertThat(result().getMessage().orElseThrow())
                .contains("wrong password", "check username and password")
                .doesNotContain("topsecret");
        assertThat(stackAi().requests()).extracting(RecordedRequest::path).containsExactly("/token");
    }

    @Test
    void eachBaseUrlHasACheck() throws Exception {
        try (StackAiSimulator other = StackAiSimulator.start()) {
            other.enqueue(Reply.error(503, "down"));
            startRoutes(routes -> {
                routes.from("direct:start").to("stackai:run:triage");
                routes.from("direct:other").to("stackai:run:triage?baseUrl=" + other.baseUrl());
            });
            assertThat(results())
                    .extracting(HealthCheck.Result::getState)
                    .containsExactlyInAnyOrder(State.UP, State.DOWN);
            assertThat(results())
                    .extracting(result -> result.getCheck().getId())
                    .containsExactlyInAnyOrder(
                            "stackai:" + host(),
                            "stackai:" + URI.create(other.baseUrl()).getAuthority());
        }
    }

    @Test
    void flowsOfMessagesAloneStillHaveACheck() throws Exception {
        stackAi().onlyFlows();
        startRoutes(routes -> routes.from("direct:start").toD("stackai:run:${header.flow}"));
        send("q", Map.of("flow", "a"));
        HealthCheck.Result result = result();
        assertThat(result.getState()).isEqualTo(State.UP);
        assertThat(result.getDetails()).containsEntry("http.response.code", 404);
    }

    @Test
    void flowThatDoesNotExistIsDown() throws Exception {
        stackAi().onlyFlows();
        startRoute("stackai:run:misspelt");
        assertThat(result().getState()).isEqualTo(State.DOWN);
        assertThat(result().getMessage().orElseThrow()).contains("404", "check organisation, flow and baseUrl");
    }

    @Test
    void callsWithoutACommonCredentialOrOrganisationHaveNoCheck() throws Exception {
        component.getConfiguration().setOrgId(null);
        startRoute("stackai:run:triage");
        assertThat(results()).isEmpty();
    }

    @Test
    void componentCanSwitchItOff() throws Exception {
        component.setHealthCheckProducerEnabled(false);
        startRoute("stackai:run:triage");
        assertThat(result().getState()).isNotEqualTo(State.DOWN);
        assertThat(stackAi().requests()).isEmpty();
    }

    @Test
    void checksAreOffByDefault() throws Exception {
        HealthCheckHelper.getHealthCheckRepository(context, "producers").setEnabled(false);
        startRoute("stackai:run:triage");
        assertThat(results()).isEmpty();
        assertThat(stackAi().requests()).isEmpty();
    }

    @Test
    void checkEndsWithTheComponent() throws Exception {
        startRoute("stackai:run:triage");
        component.stop();
        assertThat(results()).isEmpty();
        component.start();
        assertThat(result().getState()).isEqualTo(State.UP);
    }

    @Test
    void otherComponentHasAnIdOfItsOwn() throws Exception {
        StackAiComponent other = new StackAiComponent();
        other.setConfiguration(component.getConfiguration());
        context.addComponent("eu", other);
        RouteBuilder.addRoutes(context, routes -> routes.from("direct:eu").to("eu:run:triage"));
        startRoute("stackai:run:triage");
        assertThat(results())
                .extracting(result -> result.getCheck().getId())
                .containsExactlyInAnyOrder("stackai:" + host(), "stackai:eu:" + host());
    }
}

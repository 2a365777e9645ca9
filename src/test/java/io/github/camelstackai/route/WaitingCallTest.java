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

import static io.github.camelstackai.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.spi.AsyncProcessorAwaitManager;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that wait for a connection, and are not wanted any more, or whose token expires meanwhile. */
class WaitingCallTest extends RouteTest {
    private final CompletableFuture<Void> answer = new CompletableFuture<>();

    /** Starts a route on one connection, which a first call holds until {@link #answer}. */
    private void holdTheConnection(String uri) throws Exception {
        component.setMaxConnections(1);
        stackAi()
                .script(request ->
                        request.text().contains("first") ? Reply.usual().when(answer) : null);
        startRoutes(routes -> {
            routes.from("direct:first").routeId("first").to("stackai:run:f");
            routes.from("direct:start").routeId("waiting").to(uri);
        });
        CompletableFuture<Object> unused = template.asyncRequestBody("direct:first", "first");
        eventually(
                "the first call is at the service",
                () -> assertThat(stackAi().openRequests()).isEqualTo(1));
    }

    private CompletableFuture<Exchange> callThatWaits() {
        CompletableFuture<Exchange> call = template.asyncSend(
                "direct:start", exchange -> exchange.getMessage().setBody("waits"));
        eventually("the call waits", () -> assertThat(component.callsInFlight()).isEqualTo(2));
        return call;
    }

    private void assertNeverSent(Exchange exchange, String reason) {
        assertThat(exchange.getException()).hasMessageContainingAll(reason, "nothing was sent");
        assertThat(exchange.getProperty(StackAiConstants.MAY_HAVE_RUN)).isEqualTo(false);
        answer.complete(null);
        eventually(
                "no call is left", () -> assertThat(component.callsInFlight()).isZero());
        assertThat(stackAi().requestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"run:f", "stream:f", "stream:f?streamMode=collect", "feedback:f?runId=r", "metadata:f?runId=r"})
    void totalTimeoutEndsTheWait(String call) throws Exception {
        holdTheConnection("stackai:" + call + (call.contains("?") ? "&" : "?") + "totalTimeout=200");
        assertNeverSent(callThatWaits().get(10, TimeUnit.SECONDS), "totalTimeout");
    }

    @Test
    void callOfAStoppedRouteIsNotSent() throws Exception {
        holdTheConnection("stackai:run:f");
        CompletableFuture<Exchange> call = callThatWaits();
        context.getRouteController().stopRoute("waiting", 10, TimeUnit.MILLISECONDS);
        answer.complete(null);
        assertNeverSent(call.get(10, TimeUnit.SECONDS), "the route waiting was stopped");
    }

    @Test
    void thousandCallsAreWithdrawnWithoutADeepStack() throws Exception {
        holdTheConnection("stackai:run:f");
        List<CompletableFuture<Exchange>> calls = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            calls.add(template.asyncSend(
                    "direct:start", exchange -> exchange.getMessage().setBody("waits")));
        }
        eventually("all calls wait", () -> assertThat(component.callsInFlight()).isEqualTo(1001));
        context.getRouteController().stopRoute("waiting", 10, TimeUnit.MILLISECONDS);
        answer.complete(null);
        for (CompletableFuture<Exchange> call : calls) {
            assertThat(call.get(20, TimeUnit.SECONDS).getException())
                    .hasMessageContaining("the route waiting was stopped");
        }
        assertThat(stackAi().requestCount()).isEqualTo(1);
        assertThat(template.requestBody("direct:first", "q"))
                .as("the connection serves others")
                .isEqualTo("Answer to: q");
    }

    @Test
    void callOfACancelledExchangeIsNotSent() throws Exception {
        holdTheConnection("stackai:run:f");
        CompletableFuture<Exchange> call = CompletableFuture.supplyAsync(() -> send("waits"));
        eventually("the call waits", () -> assertThat(component.callsInFlight()).isEqualTo(2));
        AsyncProcessorAwaitManager blocked =
                PluginHelper.getAsyncProcessorAwaitManager(context.getCamelContextExtension());
        eventually("the caller is blocked", () -> assertThat(blocked.browse()).hasSize(1));
        assertThat(blocked.browse()).allSatisfy(thread -> blocked.interrupt(thread.getExchange()));
        assertThat(call.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(RejectedExecutionException.class);
        answer.complete(null);
        eventually(
                "no call is left", () -> assertThat(component.callsInFlight()).isZero());
        assertThat(stackAi().requestCount()).isEqualTo(1);
    }

    @Test
    void callThatIsStillWantedIsSent() throws Exception {
        holdTheConnection("stackai:run:f");
        CompletableFuture<Exchange> call = callThatWaits();
        answer.complete(null);
        assertThat(call.get(10, TimeUnit.SECONDS).getMessage().getBody()).isEqualTo("Answer to: waits");
    }

    @Test
    void callIsSentWithATokenThatIsGoodThen() throws Exception {
        try (StackAiSimulator service =
                StackAiSimulator.builder().tokenLifetime(Duration.ofSeconds(2)).start()) {
            service.script(request ->
                    request.path().endsWith("/token") ? null : Reply.usual().after(Duration.ofMillis(100)));
            component.getConfiguration().setBaseUrl(service.baseUrl());
            component.getConfiguration().setApiKey(null);
            component.setUsername("sim-user");
            component.setPassword("sim-password");
            component.setMaxConnections(1);
            startRoute("stackai:run:f");
            List<CompletableFuture<Object>> calls = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                calls.add(template.asyncRequestBody("direct:start", "q" + i));
            }
            for (int i = 0; i < 30; i++) {
                assertThat(calls.get(i).get(20, TimeUnit.SECONDS)).isEqualTo("Answer to: q" + i);
            }
            assertThat(service.runs()).hasSize(30);
            assertThat(service.requests())
                    .extracting(RecordedRequest::path)
                    .as("none was refused")
                    .filteredOn(path -> path.contains("/run/"))
                    .hasSize(30);
        }
    }
}

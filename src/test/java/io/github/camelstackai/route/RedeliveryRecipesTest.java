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
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipes of docs/errors.md do what the page says. */
class RedeliveryRecipesTest extends RouteTest {

    private void start(RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
        context.start();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void throttledCallIsRedeliveredAfterTheDelayOfTheService(int status) throws Exception {
        start(new RedeliveryRecipes.Throttled());
        stackAi().enqueue(Reply.error(status, "slow down").header("Retry-After", "0"));
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
        assertThat(stackAi().requestCount()).isEqualTo(2);
    }

    @Test
    void throttledCallWithoutRetryAfterWaitsForTheDelayOfTheRoute() throws Exception {
        start(new RedeliveryRecipes.Throttled());
        stackAi().enqueue(Reply.error(429, "slow down"));
        assertThat(send("q").getException()).isNull();
        long waited = stackAi().requests().get(1).arrivedNanos()
                - stackAi().requests().get(0).arrivedNanos();
        assertThat(Duration.ofNanos(waited)).isBetween(Duration.ofMillis(1900), Duration.ofSeconds(20));
    }

    @Test
    void throttledRepeatsNoFailureThatIsNotRetryable() throws Exception {
        start(new RedeliveryRecipes.Throttled());
        stackAi().enqueue(Reply.error(422, "wrong"));
        assertThat(send("q").getException()).isInstanceOf(StackAiOperationFailedException.class);
        stackAi().enqueue(Reply.json(Map.of("run_id", "r", "error", "no credits")));
        assertThat(send("q").getException()).isInstanceOf(StackAiRunFailedException.class);
        assertThat(stackAi().requestCount()).isEqualTo(2);
    }

    @Test
    void throttledStopsAtAFailureThatIsNotRetryable() throws Exception {
        start(new RedeliveryRecipes.Throttled());
        stackAi()
                .enqueue(
                        Reply.error(429, "slow down").header("Retry-After", "0"),
                        Reply.json(Map.of("run_id", "r", "error", "no credits")));
        assertThat(send("q").getException()).isInstanceOf(StackAiRunFailedException.class);
        assertThat(stackAi().requestCount()).isEqualTo(2);
    }

    @Test
    void gatewayDownRepeatsTheCallUntilTheServiceIsReachable() throws Exception {
        assertAnsweredOnceTheServiceStarts(new RedeliveryRecipes.GatewayDown());
    }

    private void assertAnsweredOnceTheServiceStarts(RouteBuilder recipe) throws Exception {
        int port = freePort();
        component.getConfiguration().setBaseUrl("http://127.0.0.1:" + port);
        start(recipe);
        var answer = template.asyncRequestBody("direct:start", "q");
        awaitRedelivery();
        try (var late = StackAiSimulator.builder().port(port).start()) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("Answer to: q");
            assertThat(late.requestCount()).isEqualTo(1);
        }
    }

    @Test
    void gatewayDownRepeatsNoCallThatReachedTheService() throws Exception {
        int port = freePort();
        component.getConfiguration().setBaseUrl("http://127.0.0.1:" + port);
        start(new RedeliveryRecipes.GatewayDown());
        var answer = template.asyncRequestBody("direct:start", "q");
        awaitRedelivery();
        try (var late = StackAiSimulator.builder().port(port).start()) {
            late.script(request -> Reply.error(500, "?").header("Retry-After", "0"));
            assertThat(answer)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withStackTraceContaining("HTTP status 500");
            assertThat(late.requestCount()).isEqualTo(1);
        }
    }

    @Test
    void neverTwiceRepeatsAThrottledCall() throws Exception {
        start(new RedeliveryRecipes.NeverTwice());
        stackAi().enqueue(Reply.error(429, "slow down").header("Retry-After", "0"));
        assertThat(send("q").getException()).isNull();
        assertThat(stackAi().requestCount()).isEqualTo(2);
    }

    @Test
    void neverTwiceRepeatsACallWithoutAConnection() throws Exception {
        assertAnsweredOnceTheServiceStarts(new RedeliveryRecipes.NeverTwice());
    }

    @Test
    void neverTwiceDoesNotRepeatAResponseTimeout() throws Exception {
        component.getConfiguration().setResponseTimeout(Duration.ofMillis(300));
        start(new RedeliveryRecipes.NeverTwice());
        stackAi().enqueue(Reply.never());
        assertThat(send("q").getException()).isInstanceOf(SocketTimeoutException.class);
        assertThat(stackAi().requestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void neverTwiceDoesNotRepeatAServerError(int status) throws Exception {
        start(new RedeliveryRecipes.NeverTwice());
        stackAi().enqueue(Reply.error(status, "?").header("Retry-After", "0"));
        assertThat(send("q").getException()).isInstanceOf(StackAiOperationFailedException.class);
        assertThat(stackAi().requestCount()).isEqualTo(1);
    }

    @Test
    void neverTwiceDoesNotRepeatABrokenConnection() throws Exception {
        start(new RedeliveryRecipes.NeverTwice());
        stackAi().enqueue(Reply.reset());
        assertThat(send("q").getException()).isInstanceOf(IOException.class);
        assertThat(stackAi().requestCount()).isEqualTo(1);
    }

    @Test
    void neverTwiceDoesNotRepeatARunAfterAThrottledCall() throws Exception {
        start(new RedeliveryRecipes.NeverTwice());
        stackAi()
                .enqueue(
                        Reply.error(429, "slow down").header("Retry-After", "0"),
                        Reply.error(500, "?").header("Retry-After", "0"));
        assertThat(send("q").getException()).isInstanceOf(StackAiOperationFailedException.class);
        stackAi().enqueue(Reply.error(429, "slow down").header("Retry-After", "0"), Reply.reset());
        assertThat(send("q").getException()).isInstanceOf(IOException.class);
        assertThat(stackAi().requestCount()).isEqualTo(4);
    }

    @Test
    void deadLetterHasTheOriginalBodyTheReasonAndTheRunId() throws Exception {
        start(new RedeliveryRecipes.DeadLetter());
        MockEndpoint dead = context.getEndpoint("mock:dead", MockEndpoint.class);
        dead.expectedBodiesReceived("q");
        dead.expectedHeaderReceived("run", "r-1");
        stackAi().enqueue(Reply.json(Map.of("run_id", "r-1", "error", "no credits")));
        assertThat(send("q").getException()).isNull();
        dead.assertIsSatisfied();
        Exchange exchange = dead.getExchanges().get(0);
        assertThat(exchange.getMessage().getHeader("reason", String.class)).contains("r-1", "no credits");
    }

    @Test
    void deadLetterTakesFailuresOfOtherTypes() throws Exception {
        start(new RedeliveryRecipes.DeadLetter());
        MockEndpoint dead = context.getEndpoint("mock:dead", MockEndpoint.class);
        dead.expectedBodiesReceived("q");
        stackAi().enqueue(Reply.reset());
        assertThat(send("q").getException()).isNull();
        dead.assertIsSatisfied();
        assertThat(dead.getExchanges().get(0).getMessage().getHeader("reason", String.class))
                .contains("may have taken place");
    }

    /** Waits until the exchange waits for its next attempt: it is in flight, and no call is. */
    private void awaitRedelivery() {
        await("the redelivery is scheduled")
                .during(Duration.ofMillis(300))
                .until(() -> context.getInflightRepository().size() == 1 && component.callsInFlight() == 0);
    }

    private static int freePort() throws IOException {
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return unused.getLocalPort();
        }
    }
}

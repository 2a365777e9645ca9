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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for a user name and a password: when they are requested, and which calls use them. */
class PasswordTokenTest extends PasswordRouteTest {
    private static final int MANY = 1000;

    @Test
    void tokenIsRequestedByThePasswordGrantAndSentAsBearer() throws Exception {
        component.setPassword("p&= +\u00fc%");
        component.setUsername("a@b");
        startRoute("stackai:run:f");
        tokenEndpointAnswers(Reply.json(Map.of("access_token", "t1")));
        stackAi().acceptToken("t1");
        assertThat(send("q").getException()).isNull();
        RecordedRequest request = tokenRequests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.header("Authorization")).isNull();
        assertThat(request.text()).isEqualTo("grant_type=password&username=a%40b&password=p%26%3D+%2B%C3%BC%25");
        assertThat(runs().get(0).header("Authorization")).isEqualTo("Bearer t1");
    }

    @Test
    void thousandCallsWithoutATokenShareOneTokenRequest() throws Exception {
        context.start();
        CompletableFuture<Void> release = new CompletableFuture<>();
        stackAi()
                .script(request ->
                        request.path().endsWith("/token") ? Reply.usual().when(release) : null);
        List<CompletableFuture<Exchange>> calls = sendMany(MANY);
        eventually("the token is requested", () -> assertThat(tokenRequests()).hasSize(1));
        assertThat(runs()).isEmpty();
        release.complete(null);
        assertThat(all(calls)).hasSize(MANY).allSatisfy(exchange -> assertThat(
                        exchange.getMessage().getBody(String.class))
                .startsWith("Answer to: q"));
        assertThat(tokenRequests()).hasSize(1);
        assertThat(runs()).hasSize(MANY);
    }

    @Test
    void thousandCallsWithARefusedTokenShareOneTokenRequest() throws Exception {
        startRoute("stackai:run:f");
        send("q");
        stackAi().revokeTokens();
        assertThat(all(sendMany(MANY)))
                .allSatisfy(exchange -> assertThat(exchange.getException()).isNull());
        assertThat(tokenRequests()).hasSize(2);
        assertThat(runs()).as("at most one response 401 for each call").hasSizeBetween(MANY + 2, 2 * MANY + 1);
    }

    @Test
    void allOperationsAndEndpointsShareTheToken() throws Exception {
        startRoute("stackai:run:f");
        send("q");
        template.sendBody("stackai:run:g?version=1", "q");
        template.requestBody("stackai:stream:f?streamMode=collect", "q");
        template.requestBody("stackai:metadata:f", (Object) null);
        template.requestBody("stackai:feedback:f?runId=r", "good");
        assertThat(tokenRequests()).hasSize(1);
        assertThat(stackAi().requestCount()).isEqualTo(6);
    }

    @Test
    void tokenIsRenewedShortlyBeforeItExpires() throws Exception {
        startRoute("stackai:run:f");
        stackAi().acceptToken("t");
        tokenEndpointAnswers(Reply.json(Map.of("access_token", "t", "expires_in", "1")));
        send("q");
        send("q");
        assertThat(tokenRequests()).hasSize(1);
        eventually("the token is renewed", () -> {
            send("q");
            assertThat(tokenRequests()).hasSize(2);
        });
        long between =
                tokenRequests().get(1).arrivedNanos() - tokenRequests().get(0).arrivedNanos();
        assertThat(Duration.ofNanos(between)).isGreaterThan(Duration.ofMillis(700));
        assertThat(runs())
                .allSatisfy(run -> assertThat(run.header("Authorization")).isEqualTo("Bearer t"));
    }

    @Test
    void tokenWithoutLifetimeServesTheCallThatRequestedIt() throws Exception {
        startRoute("stackai:run:f");
        stackAi().acceptToken("t");
        tokenEndpointAnswers(Reply.json(Map.of("access_token", "t", "expires_in", 0)));
        assertThat(send("q").getException()).isNull();
        assertThat(send("q").getException()).isNull();
        assertThat(tokenRequests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stackai:run:f", "stackai:stream:f?streamMode=collect", "stackai:stream:f"})
    void refusedTokenIsRenewedAndTheCallRepeatedOnce(String uri) throws Exception {
        startRoute("stackai:run:f");
        send("q");
        stackAi().revokeTokens();
        Exchange exchange = template.request(uri, e -> e.getMessage().setBody("q"));
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(String.class)).startsWith("Answer to");
        assertThat(tokenRequests()).hasSize(2);
        assertThat(stackAi().runs()).as("the refused call did not run").hasSize(2);
    }

    @Test
    void callThatCannotBeSentRequestsNoToken() throws Exception {
        startRoute("stackai:run:f");
        assertThat(send("q", Map.of(StackAiConstants.VERSION, "x")).getException())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void absoluteTokenUrlReceivesThePasswordAndTheServiceTheToken() throws Exception {
        try (StackAiSimulator idp =
                StackAiSimulator.builder().pathPrefix("/oauth").start()) {
            component.setTokenUrl(idp.baseUrl() + "/token");
            startRoute("stackai:run:f");
            idp.script(request -> Reply.json(Map.of("access_token", "from-idp")));
            stackAi().acceptToken("from-idp");
            assertThat(send("q").getException()).isNull();
            assertThat(idp.requests()).singleElement().satisfies(request -> {
                assertThat(request.path()).isEqualTo("/oauth/token");
                assertThat(request.text()).contains(PASSWORD);
            });
            assertThat(stackAi().requests()).singleElement().satisfies(request -> assertThat(
                            request.headers() + request.text())
                    .contains("from-idp")
                    .doesNotContain(PASSWORD));
        }
    }

    @Test
    void relativeTokenUrlIsResolvedAgainstTheBaseUrl() throws Exception {
        try (StackAiSimulator behindGateway =
                StackAiSimulator.builder().pathPrefix("/gateway/ai").start()) {
            component.getConfiguration().setBaseUrl(behindGateway.baseUrl());
            startRoute("stackai:run:f");
            assertThat(send("q").getException()).isNull();
            assertThat(behindGateway.requests().get(0).path()).isEqualTo("/gateway/ai/token");
        }
    }
}

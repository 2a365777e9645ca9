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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiFailure;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for user name and password: how often they are asked for, and what becomes of calls that get none. */
class PasswordSignInTest extends RouteTest {
    private static final String PASSWORD = "sim-password";
    private static final int MANY = 1000;

    @BeforeEach
    void signInByPassword() {
        component.getConfiguration().setApiKey(null);
        component.setUsername("sim-user");
        component.setPassword(PASSWORD);
    }

    private List<RecordedRequest> tokenRequests() {
        return stackAi().requests().stream()
                .filter(request -> request.path().endsWith("/token"))
                .toList();
    }

    private List<RecordedRequest> runs() {
        return stackAi().requests().stream()
                .filter(request -> request.path().contains("/run/"))
                .toList();
    }

    /** The next token requests get the reply, all other requests their usual answer. */
    private void tokenEndpointAnswers(Reply reply) {
        stackAi().script(request -> request.path().endsWith("/token") ? reply : null);
    }

    private void tokenEndpointRecovers() {
        stackAi().script(request -> null);
    }

    /** Sends without a thread that waits. */
    private List<CompletableFuture<Exchange>> sendMany(int count) throws Exception {
        AsyncProducer producer = context.getEndpoint("stackai:run:f").createAsyncProducer();
        producer.start();
        List<CompletableFuture<Exchange>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Exchange exchange = producer.getEndpoint().createExchange();
            exchange.getMessage().setBody("q" + i);
            CompletableFuture<Exchange> done = new CompletableFuture<>();
            producer.process(exchange, sync -> done.complete(exchange));
            calls.add(done);
        }
        return calls;
    }

    private static List<Exchange> all(List<CompletableFuture<Exchange>> calls) throws Exception {
        List<Exchange> exchanges = new ArrayList<>();
        for (CompletableFuture<Exchange> call : calls) {
            exchanges.add(call.get(20, TimeUnit.SECONDS));
        }
        return exchanges;
    }

    @Test
    void tokenIsAskedForByTheFormOfThePasswordGrantAndSentAsBearer() throws Exception {
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
    void thousandCallsWithoutATokenMakeOneTokenRequest() throws Exception {
        context.start();
        CompletableFuture<Void> release = new CompletableFuture<>();
        stackAi()
                .script(request ->
                        request.path().endsWith("/token") ? Reply.usual().when(release) : null);
        List<CompletableFuture<Exchange>> calls = sendMany(MANY);
        eventually("the token is asked for", () -> assertThat(tokenRequests()).hasSize(1));
        assertThat(runs()).isEmpty();
        release.complete(null);
        assertThat(all(calls)).hasSize(MANY).allSatisfy(exchange -> assertThat(
                        exchange.getMessage().getBody(String.class))
                .startsWith("Answer to: q"));
        assertThat(tokenRequests()).hasSize(1);
        assertThat(runs()).hasSize(MANY);
    }

    @Test
    void thousandCallsThatAreRefusedTheSameTokenMakeOneTokenRequestMore() throws Exception {
        startRoute("stackai:run:f");
        send("q");
        stackAi().revokeTokens();
        assertThat(all(sendMany(MANY)))
                .allSatisfy(exchange -> assertThat(exchange.getException()).isNull());
        assertThat(tokenRequests()).hasSize(2);
        assertThat(runs()).as("at most one answer 401 for each call").hasSizeBetween(MANY + 2, 2 * MANY + 1);
    }

    @Test
    void tokenIsKeptForAllOperationsAndEndpoints() throws Exception {
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
        eventually("it is asked for again", () -> {
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
    void tokenThatHasExpiredAtOnceServesTheCallThatAskedForIt() throws Exception {
        startRoute("stackai:run:f");
        stackAi().acceptToken("t");
        tokenEndpointAnswers(Reply.json(Map.of("access_token", "t", "expires_in", 0)));
        assertThat(send("q").getException()).isNull();
        assertThat(send("q").getException()).isNull();
        assertThat(tokenRequests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stackai:run:f", "stackai:stream:f?streamMode=collect", "stackai:stream:f"})
    void refusedTokenIsRenewedOnceAndTheCallSentAgain(String uri) throws Exception {
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
    void secondRefusalIsTheCallsFailure() throws Exception {
        startRoute("stackai:run:f");
        stackAi().script("f", request -> Reply.error(401, "not you"));
        assertThat(send("q").getException())
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContainingAll("run of flow f", "401", "not you");
        assertThat(tokenRequests()).hasSize(2);
        assertThat(runs()).hasSize(2);
    }

    @Test
    void apiKeyIsNeverSentAgain() throws Exception {
        startRoute("stackai:run:f?apiKey=wrong");
        assertThat(send("q").getException()).hasMessageContaining("401");
        assertThat(stackAi().requestCount()).isEqualTo(1);
    }

    @Test
    void callThatCannotBeSentAsksForNoToken() throws Exception {
        startRoute("stackai:run:f");
        assertThat(send("q", Map.of(StackAiConstants.VERSION, "x")).getException())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void refusingTokenEndpointFailsEachCallClearlyAndTheNextCallTriesAgain() throws Exception {
        startRoute("stackai:run:f");
        tokenEndpointAnswers(Reply.error(503, "tired of " + PASSWORD)
                .header("Retry-After", "3")
                .after(Duration.ofMillis(100)));
        List<Exchange> failed = all(sendMany(20));
        assertThat(failed).allSatisfy(exchange -> {
            assertThat(exchange.getException()).isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> {
                assertThat(e.getMessage()).contains("token request", "503", "tired of");
                assertThat(e + e.getDetail() + e.getResponseBody()).doesNotContain(PASSWORD);
                assertThat(e.isRetryable()).isTrue();
            });
            assertThat(exchange.getIn().getHeader(StackAiConstants.REDELIVERY_DELAY))
                    .isEqualTo(3000L);
        });
        assertThat(failed).extracting(Exchange::getException).doesNotHaveDuplicates();
        assertThat(runs()).isEmpty();
        tokenEndpointRecovers();
        assertThat(send("q").getException()).isNull();
    }

    @Test
    void wrongPasswordSaysSo() throws Exception {
        component.setPassword("not-it");
        startRoute("stackai:run:f");
        assertThat(send("q").getException())
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContainingAll("token request", "401", "Incorrect username or password", "check username")
                .satisfies(e -> assertThat(((StackAiFailure) e).isRetryable()).isFalse())
                .message()
                .doesNotContain("not-it");
        assertThat(tokenRequests()).as("it is not asked twice").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>secret-token</html>",
                "",
                "[]",
                "secret-token",
                "{\"access_token\":\"secret-token",
                "{\"token\":\"secret-token\"}",
                "{\"access_token\":null}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":\"secret-token \\r\\n\"}",
                "{\"access_token\":{\"a\":1}}"
            })
    void nonsenseFailsTheCallWithoutShowingWhatCameAndTheNextCallTriesAgain(String nonsense) throws Exception {
        startRoute("stackai:run:f");
        tokenEndpointAnswers(Reply.text(nonsense));
        Exception failure = send("q").getException();
        assertThat(failure).isInstanceOf(StackAiResponseException.class).hasMessageContaining("token request");
        assertThat(failure).hasStackTraceContaining("tokenUrl");
        java.io.StringWriter trace = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("secret-token");
        assertThat(runs()).isEmpty();
        tokenEndpointRecovers();
        assertThat(send("q").getException()).isNull();
    }

    @Test
    void slowTokenEndpointEndsEachWaitInTimeAndTheNextCallTriesAgain() throws Exception {
        component.getConfiguration().setResponseTimeout(Duration.ofMillis(300));
        startRoute("stackai:run:f");
        tokenEndpointAnswers(Reply.never());
        assertThat(all(sendMany(20))).extracting(Exchange::getException).allSatisfy(e -> assertThat(e)
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContainingAll("token", "responseTimeout"));
        assertThat(runs()).isEmpty();
        tokenEndpointRecovers();
        eventually("a call goes through", () -> assertThat(send("q").getException())
                .isNull());
    }

    @Test
    void tokenEndpointThatIsDownFailsEachCallAndTheNextCallTriesAgain() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        component.setTokenUrl("http://127.0.0.1:" + port + "/token");
        startRoute("stackai:run:f");
        List<Exchange> failed = all(sendMany(20));
        assertThat(failed)
                .extracting(Exchange::getException)
                .doesNotHaveDuplicates()
                .allSatisfy(
                        e -> assertThat(e).isInstanceOf(ConnectException.class).hasMessageContaining("token request"));
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void connectionThatBreaksIsAnIoException() throws Exception {
        startRoute("stackai:run:f");
        tokenEndpointAnswers(Reply.reset());
        assertThat(send("q").getException()).isInstanceOf(IOException.class).hasMessageContaining("token request");
        tokenEndpointRecovers();
        assertThat(send("q").getException()).isNull();
    }

    @Test
    void absoluteTokenUrlGetsThePasswordAndTheServiceOnlyTheToken() throws Exception {
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
    void redirectOfTheTokenEndpointIsNotFollowed() throws Exception {
        try (StackAiSimulator elsewhere = StackAiSimulator.start()) {
            startRoute("stackai:run:f");
            tokenEndpointAnswers(Reply.text("").withStatus(307).header("Location", elsewhere.baseUrl() + "/token"));
            assertThat(send("q").getException()).hasMessageContainingAll("token request", "307");
            assertThat(elsewhere.requestCount()).isZero();
        }
    }

    @Test
    void relativeTokenUrlStaysUnderThePathOfTheBaseUrl() throws Exception {
        try (StackAiSimulator behindGateway =
                StackAiSimulator.builder().pathPrefix("/gateway/ai").start()) {
            component.getConfiguration().setBaseUrl(behindGateway.baseUrl());
            startRoute("stackai:run:f");
            assertThat(send("q").getException()).isNull();
            assertThat(behindGateway.requests().get(0).path()).isEqualTo("/gateway/ai/token");
        }
    }

    @Test
    void callsThatWaitForATokenFailWhenTheComponentStops() throws Exception {
        startRoute("stackai:run:f");
        tokenEndpointAnswers(Reply.never());
        List<CompletableFuture<Exchange>> calls = sendMany(20);
        eventually("the token is asked for", () -> assertThat(tokenRequests()).hasSize(1));
        component.stop();
        assertThat(all(calls))
                .extracting(Exchange::getException)
                .allSatisfy(e -> assertThat(e).isInstanceOf(IOException.class).hasMessageContaining("stopped"));
        component.start();
        tokenEndpointRecovers();
        assertThat(send("q").getException()).isNull();
    }
}

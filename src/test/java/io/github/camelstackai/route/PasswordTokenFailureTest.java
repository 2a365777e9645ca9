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
import io.github.camelstackai.StackAiFailure;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that get no token for their user name and password, and the calls after them. */
class PasswordTokenFailureTest extends PasswordRouteTest {
    @Test
    void secondRefusalFailsTheCall() throws Exception {
        startRoute("stackai:run:f");
        stackAi().script("f", request -> Reply.error(401, "not you"));
        assertThat(send("q").getException())
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContainingAll("run of flow f", "401", "not you");
        assertThat(tokenRequests()).hasSize(2);
        assertThat(runs()).hasSize(2);
    }

    @Test
    void callWithAnApiKeyIsNotRepeated() throws Exception {
        startRoute("stackai:run:f?apiKey=wrong");
        assertThat(send("q").getException()).hasMessageContaining("401");
        assertThat(stackAi().requestCount()).isEqualTo(1);
    }

    @Test
    void refusedTokenRequestFailsEachWaitingCallAndTheNextCallRetries() throws Exception {
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
    void wrongPasswordFailsTheCallAndIsNotRetried() throws Exception {
        component.setPassword("not-it");
        startRoute("stackai:run:f");
        assertThat(send("q").getException())
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContainingAll("token request", "401", "Incorrect username or password", "check username")
                .satisfies(e -> assertThat(((StackAiFailure) e).isRetryable()).isFalse())
                .message()
                .doesNotContain("not-it");
        assertThat(tokenRequests()).as("there is no second token request").hasSize(1);
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
    void invalidTokenResponseFailsTheCallWithoutShowingIt(String response) throws Exception {
        startRoute("stackai:run:f");
        tokenEndpointAnswers(Reply.text(response));
        Exception failure = send("q").getException();
        assertThat(failure).isInstanceOf(StackAiResponseException.class).hasMessageContaining("token request");
        assertThat(failure).hasStackTraceContaining("tokenUrl");
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("secret-token");
        assertThat(runs()).isEmpty();
        tokenEndpointRecovers();
        assertThat(send("q").getException()).isNull();
    }

    @Test
    void silentTokenEndpointFailsEachWaitingCallWithItsTimeout() throws Exception {
        component.getConfiguration().setResponseTimeout(Duration.ofMillis(300));
        startRoute("stackai:run:f");
        tokenEndpointAnswers(Reply.never());
        assertThat(all(sendMany(20))).extracting(Exchange::getException).allSatisfy(e -> assertThat(e)
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContainingAll("token", "responseTimeout"));
        assertThat(runs()).isEmpty();
        tokenEndpointRecovers();
        eventually("a call succeeds", () -> assertThat(send("q").getException()).isNull());
    }

    @Test
    void unreachableTokenEndpointFailsEachCallWithItsOwnException() throws Exception {
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
    void brokenTokenConnectionIsAnIoException() throws Exception {
        startRoute("stackai:run:f");
        tokenEndpointAnswers(Reply.reset());
        assertThat(send("q").getException()).isInstanceOf(IOException.class).hasMessageContaining("token request");
        tokenEndpointRecovers();
        assertThat(send("q").getException()).isNull();
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
    void callsThatWaitForATokenFailWhenTheComponentStops() throws Exception {
        startRoute("stackai:run:f");
        tokenEndpointAnswers(Reply.never());
        List<CompletableFuture<Exchange>> calls = sendMany(20);
        eventually("the token is requested", () -> assertThat(tokenRequests()).hasSize(1));
        component.stop();
        assertThat(all(calls))
                .extracting(Exchange::getException)
                .allSatisfy(e -> assertThat(e).isInstanceOf(IOException.class).hasMessageContaining("stopped"));
        component.start();
        tokenEndpointRecovers();
        assertThat(send("q").getException()).isNull();
    }
}

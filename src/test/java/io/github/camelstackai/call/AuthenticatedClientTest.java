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
package io.github.camelstackai.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.auth.Credential;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.message.TestExchanges;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a call is sent, and how it ends. */
class AuthenticatedClientTest {
    private final TestRuntime test = new TestRuntime();

    @SuppressWarnings("FutureReturnValueIgnored") // only what is sent counts
    @Test
    void credentialOfTheCallBeatsThatOfTheEndpointAndThatTheComponents() {
        test.credential = Credential.fixed("component");
        test.client("endpoint", CallTimeouts.NONE)
                .send(TestRuntime.request(), Credential.fixed("call"), TestRuntime.TEXTS);
        test.client("endpoint", CallTimeouts.NONE).send(TestRuntime.request(), TestRuntime.TEXTS);
        test.client(null, CallTimeouts.NONE).send(TestRuntime.request(), TestRuntime.TEXTS);
        assertThat(test.transport.sent())
                .extracting(TestRuntime::authorization)
                .containsExactly("Bearer call", "Bearer endpoint", "Bearer component");
    }

    @Test
    void callWithoutAnyCredentialIsRefusedBeforeItIsSent() {
        assertThatThrownBy(() -> test.sendWith(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("apiKey", "CamelStackAiAccessToken", "flow");
        assertThat(test.transport.sent()).isEmpty();
    }

    @Test
    void answerIsAppliedToTheExchange() throws Exception {
        CompletableFuture<CallResult> result = test.sendWith(Credential.fixed("t"));
        assertThat(result).isNotDone();
        test.sent(0).call().respond(200, "hello");
        Exchange exchange = TestExchanges.withBody("q");
        result.join().applyTo(exchange);
        assertThat(exchange.getMessage().getBody()).isEqualTo("hello");
        assertThat(result.join().head().status()).isEqualTo(200);
        assertThat(result.join().mayHaveRun()).isTrue();
    }

    @Test
    void refusalIsAnExceptionWithTheAdviceAndWithoutCredentials() {
        CompletableFuture<CallResult> result = test.sendWith(Credential.fixed("topsecret"));
        test.sent(0).call().respond(500, "topsecret " + TestRuntime.PROXY_PASSWORD);
        assertThat(TestRuntime.failure(result))
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContainingAll("[credential] [credential]", "advice for 500");
        assertThat(result.join().head().status()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failureSaysWhetherTheRequestWasSent(boolean sent) {
        CompletableFuture<CallResult> result = test.sendWith(Credential.fixed("t"));
        IOException cause = new IOException("reset");
        test.sent(0).call().fail(cause, sent);
        assertThat(TestRuntime.failure(result)).isSameAs(cause);
        assertThat(result.join().mayHaveRun()).isEqualTo(sent);
        assertThat(result.join().head()).isNull();
    }

    @Test
    void failureInsideAnAnswerKeepsTheHead() {
        CompletableFuture<CallResult> result = test.sendWith(Credential.fixed("t"));
        test.sent(0).call().head(200).fail(new IOException("reset"), true);
        assertThat(result.join().head().status()).isEqualTo(200);
    }

    static Stream<Throwable> whatTheTransportThrows() {
        return Stream.of(new IllegalStateException("stopped"), new Error("of another version"));
    }

    @ParameterizedTest
    @MethodSource("whatTheTransportThrows")
    void whatTheTransportThrowsIsTheFailureOfTheCall(Throwable thrown) {
        test.transport.failNext(thrown);
        CompletableFuture<CallResult> result = test.sendWith(Credential.fixed("t"));
        assertThat(TestRuntime.failure(result)).isSameAs(thrown);
        assertThat(result.join().mayHaveRun()).isFalse();
    }

    @Test
    void whatTheHandlerThrowsIsTheFailureOfTheCall() {
        Error thrown = new Error("bug");
        CompletableFuture<CallResult> result = test.client("key", CallTimeouts.NONE)
                .send(TestRuntime.request(), (call, answer) -> {
                    throw thrown;
                })
                .toCompletableFuture();
        assertThat(TestRuntime.failure(result)).isSameAs(thrown);
    }
}

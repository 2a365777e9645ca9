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

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.auth.Credential;
import io.github.camelstackai.http.CallTimeouts;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a call waits for its token, and replaces one that is refused. */
@SuppressWarnings("FutureReturnValueIgnored") // the test looks at the result elsewhere
class AuthenticatedClientTokenTest {
    private final TestRuntime test = new TestRuntime();
    private final StubCredential renewable = new StubCredential();

    @Test
    void refusedTokenIsReplacedOnceAndTheCallSentAgain() {
        CompletableFuture<CallResult> result =
                test.sendWith(renewable.then("t1").then("t2"));
        test.sent(0).call().respond(401, "expired");
        assertThat(renewable.refusedTokens).containsExactly(null, "t1");
        assertThat(TestRuntime.authorization(test.sent(1))).isEqualTo("Bearer t2");
        test.sent(1).call().respond(200, "hello");
        assertThat(TestRuntime.failure(result)).isNull();
    }

    @Test
    void secondRefusalIsTheResult() {
        CompletableFuture<CallResult> result =
                test.sendWith(renewable.then("t1").then("t2"));
        test.sent(0).call().respond(401, "expired");
        test.sent(1).call().respond(401, "still not, t2");
        assertThat(TestRuntime.failure(result)).hasMessageContaining("still not, [credential]");
        assertThat(test.transport.sent()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 407, 500})
    void otherStatusReplacesNoToken(int status) {
        CompletableFuture<CallResult> result = test.sendWith(renewable.then("t1"));
        test.sent(0).call().respond(status, "");
        assertThat(TestRuntime.failure(result)).isInstanceOf(StackAiOperationFailedException.class);
        assertThat(test.transport.sent()).hasSize(1);
    }

    @Test
    void fixedTokenIsNotSentAgain() {
        CompletableFuture<CallResult> result = test.sendWith(Credential.fixed("t"));
        test.sent(0).call().respond(401, "");
        assertThat(TestRuntime.failure(result)).isInstanceOf(StackAiOperationFailedException.class);
        assertThat(test.transport.sent()).hasSize(1);
    }

    @Test
    void sameTokenIsNotSentAgain() {
        CompletableFuture<CallResult> result =
                test.sendWith(renewable.then("t1").then("t1"));
        test.sent(0).call().respond(401, "expired");
        assertThat(TestRuntime.failure(result)).hasMessageContaining("expired");
        assertThat(test.transport.sent()).hasSize(1);
    }

    @Test
    void callIsSentWhenItsTokenArrives() {
        CompletableFuture<String> token = new CompletableFuture<>();
        test.sendWith(renewable.then(token));
        assertThat(test.transport.sent()).isEmpty();
        token.complete("late");
        assertThat(TestRuntime.authorization(test.sent(0))).isEqualTo("Bearer late");
    }

    static Stream<Throwable> whatSourcesFailWith() {
        return Stream.of(new IOException("vault is sealed"), new Error("bug"));
    }

    @ParameterizedTest
    @MethodSource("whatSourcesFailWith")
    void callWithoutATokenFailsUnsent(Throwable cause) {
        CompletableFuture<CallResult> result = test.sendWith(renewable.then(CompletableFuture.failedFuture(cause)));
        assertThat(TestRuntime.failure(result)).hasMessage("no token").hasCause(cause);
        assertThat(result.join().mayHaveRun()).isFalse();
        assertThat(test.transport.sent()).isEmpty();
    }

    @Test
    void callWhoseReplacementFailsHasNotRun() {
        IOException cause = new IOException("vault is sealed");
        CompletableFuture<CallResult> result =
                test.sendWith(renewable.then("t1").then(CompletableFuture.failedFuture(cause)));
        test.sent(0).call().respond(401, "expired");
        assertThat(TestRuntime.failure(result)).hasCause(cause);
        assertThat(result.join().mayHaveRun()).isFalse();
    }

    @Test
    void sourceThatThrowsFailsTheCall() {
        CompletableFuture<CallResult> result = test.sendWith(renewable); // has no token to give
        assertThat(TestRuntime.failure(result)).hasMessage("no token");
    }

    @Test
    void waitForATokenEndsWithTheShorterOfBothLimits() {
        for (CallTimeouts timeouts :
                List.of(timeouts(10, 60_000), timeouts(60_000, 10), timeouts(0, 10), timeouts(10, 0))) {
            CompletableFuture<CallResult> result = test.client(null, timeouts)
                    .send(TestRuntime.request(), renewable.then(new CompletableFuture<>()), TestRuntime.TEXTS)
                    .toCompletableFuture();
            assertThat(result).succeedsWithin(Duration.ofSeconds(10));
            assertThat(TestRuntime.failure(result)).hasCauseInstanceOf(SocketTimeoutException.class);
        }
        assertThat(test.transport.sent()).isEmpty();
    }

    private static CallTimeouts timeouts(long response, long total) {
        return new CallTimeouts(Duration.ofMillis(response), Duration.ZERO, Duration.ofMillis(total));
    }

    @Test
    void waitForATokenEndsWhenTheComponentStops() {
        CompletableFuture<CallResult> result = test.sendWith(renewable.then(new CompletableFuture<>()));
        assertThat(result).isNotDone();
        test.pendingTokens.close();
        assertThat(TestRuntime.failure(result)).rootCause().hasMessageContaining("stopped");
    }

    @Test
    void timeSpentWaitingForATokenCountsTowardsTheTotalLimit() {
        CallTimeouts timeouts = timeouts(1000, 60_000);
        test.client("key", timeouts).send(TestRuntime.request(), TestRuntime.TEXTS);
        assertThat(test.sent(0).timeouts().response()).isEqualTo(timeouts.response());
        assertThat(test.sent(0).timeouts().total()).isLessThan(timeouts.total()).isGreaterThan(Duration.ofSeconds(30));
    }

    @Test
    void whatTheTransportThrowsOnAnotherThreadIsTheFailureOfTheCall() {
        CompletableFuture<String> token = new CompletableFuture<>();
        CompletableFuture<CallResult> result = test.sendWith(renewable.then(token));
        Error thrown = new Error("of another version");
        test.transport.failNext(thrown);
        token.complete("late");
        assertThat(TestRuntime.failure(result)).isSameAs(thrown);
    }
}

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

import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.auth.Credential;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.ResponseCollector;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the observer of a call is told. */
@SuppressWarnings("FutureReturnValueIgnored") // the test looks at the observer
class ObservedCallTest {
    private final TestRuntime test = new TestRuntime();
    private final StubCredential renewable = new StubCredential();

    /** A call that the service accepts. */
    private CompletableFuture<CallResult> send(Consumer<PendingAnswer> onResponse) {
        CompletableFuture<CallResult> result = test.client("key", CallTimeouts.NONE)
                .send(
                        TestRuntime.request(),
                        (call, answer) ->
                                new ResponseCollector(0, 0, response -> onResponse.accept(answer), answer::fail))
                .toCompletableFuture();
        test.sent(0).call().respond(200, "");
        return result;
    }

    private void assertObserved(String... events) {
        assertThat(test.observations.calls()).containsExactly(List.of(events));
    }

    @Test
    void answeredCallEndsWhenItsAnswerIsOnTheExchange() {
        CompletableFuture<CallResult> result = send(answer -> answer.complete(exchange -> {}));
        assertObserved("RUN flow");
        assertThat(TestRuntime.failure(result)).isNull();
        assertObserved("RUN flow", "ended success");
    }

    @Test
    void answerThatCannotBeAppliedIsAFailure() {
        CompletableFuture<CallResult> result = send(answer -> answer.complete(exchange -> {
            throw new StackAiResponseException("no JSON", null, null);
        }));
        assertThat(TestRuntime.failure(result)).isInstanceOf(StackAiResponseException.class);
        assertObserved("RUN flow", "ended unreadable");
    }

    @Test
    void openedStreamIsEndedByItsReader() {
        CompletableFuture<CallResult> result =
                send(answer -> answer.begin(exchange -> answer.observation().firstChunk()));
        assertThat(TestRuntime.failure(result)).isNull();
        assertObserved("RUN flow", "first chunk");
    }

    @Test
    void refusedAndBrokenCallsEndAtOnce() {
        test.sendWith(Credential.fixed("t"));
        test.sent(0).call().respond(429, "");
        test.sendWith(Credential.fixed("t"));
        test.sent(1).call().fail(new SocketException("reset"), true);
        test.transport.failNext(new IllegalStateException("stopped"));
        test.sendWith(Credential.fixed("t"));
        assertThat(test.observations.calls())
                .extracting(events -> events.get(1))
                .containsExactly("ended http_429", "ended io", "ended error");
    }

    @Test
    void callWithoutATokenHasFailed() {
        test.sendWith(renewable.then(CompletableFuture.failedFuture(new IOException("sealed"))));
        assertObserved("RUN flow", "ended no_token");
    }

    @Test
    void callThatIsSentAgainIsOneCall() {
        CompletableFuture<CallResult> result =
                test.sendWith(renewable.then("t1").then("t2"));
        test.sent(0).call().respond(401, "expired");
        test.sent(1).call().respond(200, "hello");
        assertThat(TestRuntime.failure(result)).isNull();
        assertObserved("RUN flow", "ended success");
    }

    @Test
    void callThatCannotBeSentIsNoCall() {
        test.credential = null;
        assertThatThrownBy(() -> test.sendWith(null)).isInstanceOf(IllegalArgumentException.class);
        assertThat(test.observations.calls()).isEmpty();
    }
}

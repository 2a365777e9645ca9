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
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelstackai.StackAiOperation;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.message.TestExchanges;
import io.github.camelstackai.protocol.FlowTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Figures count calls that follow each other as one, whichever of them ends it. */
class CallSequenceTest {
    private final TestRuntime test = new TestRuntime();
    private final Exchange exchange = TestExchanges.withBody("q");

    private CallSequence sequence(String apiKey, Duration total) {
        return test.client(apiKey, new CallTimeouts(Duration.ZERO, Duration.ZERO, total))
                .sequence(new FlowTarget(StackAiOperation.RUNS, "org", "flow"));
    }

    private CallResult send(CallSequence calls, int status) {
        CompletableFuture<CallResult> result = calls.send(TestRuntime.request(), TestRuntime.TEXTS);
        test.transport.last().call().respond(status, "page");
        return result.join();
    }

    private void assertCounted(String outcome) {
        assertThat(test.observations.calls()).containsExactly(List.of("RUNS flow", "ended " + outcome));
    }

    @Test
    void answersAreOneCallThatEndsWithItsUpdate() throws Exception {
        CallSequence calls = sequence("key", Duration.ZERO);
        assertThat(calls.failure(send(calls, 200), exchange)).isNull();
        CallResult last = send(calls, 200);
        assertThat(calls.failure(last, exchange)).isNull();
        CallResult end = calls.answered(last, updated -> updated.getMessage().setBody("both"));
        assertThat(test.observations.calls()).containsExactly(List.of("RUNS flow"));
        end.applyTo(exchange);
        assertThat(exchange.getMessage().getBody()).isEqualTo("both");
        assertCounted("success");
    }

    @Test
    void refusalEndsIt() {
        CallSequence calls = sequence("key", Duration.ZERO);
        assertThat(calls.failure(send(calls, 200), exchange)).isNull();
        CallResult refused = send(calls, 429);
        assertThat(calls.failure(refused, exchange)).isSameAs(refused);
        assertCounted("http_429");
    }

    @Test
    void answerThatCannotBeReadEndsIt() {
        CallSequence calls = sequence("key", Duration.ZERO);
        CompletableFuture<CallResult> sent = calls.send(
                TestRuntime.request(), (call, answer) -> TestRuntime.TEXTS.receiver(call, new FailingAnswer(answer)));
        test.transport.last().call().respond(200, "page");
        CallResult failed = calls.failure(sent.join(), exchange);
        assertThat(catchThrowable(() -> failed.applyTo(exchange))).hasMessage("unreadable");
        assertThat(failed.mayHaveRun()).isTrue();
        assertCounted("error");
    }

    private record FailingAnswer(PendingAnswer whole) implements PendingAnswer {
        @Override
        public void complete(io.github.camelstackai.message.ExchangeUpdate update) {
            whole.complete(updated -> {
                throw new IllegalStateException("unreadable");
            });
        }

        @Override
        public void begin(io.github.camelstackai.message.ExchangeUpdate update) {
            complete(update);
        }

        @Override
        public io.github.camelstackai.observe.CallObservation observation() {
            return whole.observation();
        }

        @Override
        public void fail(Throwable cause, boolean sent) {
            whole.fail(cause, sent);
        }
    }

    @Test
    void callThatCannotBeSentEndsIt() {
        CallSequence calls = sequence(null, Duration.ZERO);
        CallResult unsent = calls.send(TestRuntime.request(), TestRuntime.TEXTS).join();
        assertThat(calls.failure(unsent, exchange)).isSameAs(unsent);
        assertThat(unsent.mayHaveRun()).isFalse();
        assertCounted("error");
    }

    @Test
    void failureOfItsOwnEndsIt() {
        CallSequence calls = sequence("key", Duration.ZERO);
        CallResult last = send(calls, 200);
        CallResult failed = calls.failed(last, new IOException("no more"));
        assertThat(failed.call()).isSameAs(last.call());
        assertCounted("io");
    }

    @Test
    void callThatIsNoLongerWantedEndsIt() {
        CallSequence calls = sequence("key", Duration.ZERO);
        calls.send(TestRuntime.request(), TestRuntime.TEXTS).cancel(true);
        calls.cancelled();
        assertThat(calls.isCancelled()).isTrue();
        assertCounted("cancelled");
    }

    @Test
    void totalTimeoutCoversAllCallsAndTheirPauses() {
        CallSequence calls = sequence("key", Duration.ofMinutes(1));
        send(calls, 200);
        send(calls, 200);
        assertThat(test.sent(1).timeouts().total())
                .isLessThan(test.sent(0).timeouts().total());
        assertThat(calls.pause(Duration.ofHours(1))).isLessThan(Duration.ofMinutes(1));
        assertThat(calls.pause(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(calls.expiry("call")).isNull();
        assertThat(sequence("key", Duration.ofNanos(1)).expiry("call")).hasMessageContaining("totalTimeout");
    }
}

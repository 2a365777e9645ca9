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
package io.github.camelstackai.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PendingTokensTest {
    private static final Duration NO_LIMIT = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(10);

    private final PendingTokens waits = new PendingTokens();
    private final CompletableFuture<String> token = new CompletableFuture<>();

    @BeforeEach
    void open() {
        waits.open();
    }

    private static Throwable failure(CompletionStage<String> wait, Duration limit) {
        return PendingTokens.cause(
                catchThrowable(() -> wait.toCompletableFuture().join()), limit);
    }

    @Test
    void waitEndsWithTheToken() {
        CompletionStage<String> wait = waits.await(token, LONG);
        assertThat(wait.toCompletableFuture()).isNotDone();
        token.complete("t");
        assertThat(wait.toCompletableFuture()).isCompletedWithValue("t");
    }

    @Test
    void tokenThatIsThereNeedsNoWait() {
        waits.close();
        assertThat(waits.await(CompletableFuture.completedFuture("t"), NO_LIMIT).toCompletableFuture())
                .isCompletedWithValue("t");
    }

    @Test
    void waitOfTooLongFailsWithATimeout() {
        assertThat(failure(waits.await(token, SHORT), SHORT))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContainingAll("10 ms", "nothing was sent");
        assertThat(token).as("other calls may wait for it").isNotDone();
    }

    @Test
    void closeFailsTheCallsThatWaitAndThoseThatWouldWaitLater() {
        CompletionStage<String> earlier = waits.await(token, NO_LIMIT);
        waits.close();
        CompletionStage<String> later = waits.await(token, NO_LIMIT);
        for (CompletionStage<String> wait : List.of(earlier, later)) {
            assertThat(failure(wait, NO_LIMIT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll("stopped", "nothing was sent");
        }
    }

    @Test
    void callsMayWaitAgainAfterARestart() {
        waits.close();
        waits.open();
        CompletionStage<String> wait = waits.await(token, NO_LIMIT);
        token.complete("t");
        assertThat(wait.toCompletableFuture()).isCompletedWithValue("t");
    }

    static Stream<Throwable> failuresOfTheSource() {
        return Stream.of(
                new IOException("down"),
                new IllegalStateException("bug"),
                new Error("error"),
                new TimeoutException("of the source"),
                new CompletionException("wrapped", null));
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheSource")
    void failureOfTheSourceIsTheCause(Throwable cause) {
        CompletionStage<String> before = waits.await(token, LONG);
        token.completeExceptionally(cause);
        assertThat(failure(before, LONG)).isSameAs(cause);
        assertThat(failure(waits.await(token, LONG), LONG)).as("known already").isSameAs(cause);
    }

    @Test
    void failureIsUnwrappedHoweverManyStagesItPassed() {
        CompletionStage<String> derived = token.thenApply(t -> t).thenCompose(CompletableFuture::completedFuture);
        CompletionStage<String> wait = waits.await(derived, LONG);
        IOException cause = new IOException("down");
        token.completeExceptionally(cause);
        assertThat(failure(wait, LONG)).isSameAs(cause);
    }

    @Test
    void reasonKeepsAnythingButTheExceptionsOfStages() {
        IOException cause = new IOException("down");
        assertThat(PendingTokens.reason(new CompletionException(new CompletionException(cause))))
                .isSameAs(cause);
        ExecutionException execution = new ExecutionException(cause);
        assertThat(PendingTokens.reason(execution)).isSameAs(execution);
    }

    @Test
    void tokenIsKnownOnceItIsThere() {
        assertThat(PendingTokens.known(token)).isNull();
        token.complete("t");
        assertThat(PendingTokens.known(token)).isEqualTo("t");
        assertThat(PendingTokens.known(CompletableFuture.completedStage("t"))).isEqualTo("t");
    }

    @Test
    void failedOrCancelledTokenIsNotKnown() {
        assertThat(PendingTokens.known(CompletableFuture.failedFuture(new IOException("down"))))
                .isNull();
        token.cancel(true);
        assertThat(PendingTokens.known(token)).isNull();
    }

    @Test
    void stateOfAnotherKindOfStageIsNotKnown() {
        assertThat(PendingTokens.known(ForeignStage.of(CompletableFuture.completedFuture("t"))))
                .isNull();
        assertThat(waits.await(ForeignStage.of(CompletableFuture.completedFuture("t")), LONG)
                        .toCompletableFuture())
                .isCompletedWithValue("t");
    }
}

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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiTokenProvider;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenProviderCredentialTest {
    private final Queue<Runnable> workers = new ArrayDeque<>();
    private final List<String> refusedTokens = new ArrayList<>();

    private Credential credential(StackAiTokenProvider provider) {
        return new TokenProviderCredential(
                refused -> {
                    refusedTokens.add(refused);
                    return provider.token(refused);
                },
                workers::add);
    }

    private static CompletableFuture<String> given(String token) {
        return CompletableFuture.completedFuture(token);
    }

    private static void assertFailsWith(CompletionStage<String> token, Throwable cause) {
        assertThat(token.toCompletableFuture()).isCompletedExceptionally();
        token.whenComplete(
                (value, failure) -> assertThat(PendingTokens.reason(failure)).isSameAs(cause));
    }

    @Test
    void firstTokenIsAskedForOnTheCallingThread() {
        assertThat(credential(refused -> given("t")).token(null).toCompletableFuture())
                .isCompletedWithValue("t");
        assertThat(refusedTokens).containsExactly((String) null);
        assertThat(workers).isEmpty();
    }

    @Test
    void replacementIsAskedForOnAWorkerThread() {
        CompletionStage<String> token = credential(refused -> given("new")).token("old");
        assertThat(refusedTokens).as("the calling thread is an I/O thread").isEmpty();
        workers.remove().run();
        assertThat(refusedTokens).containsExactly("old");
        assertThat(token.toCompletableFuture()).isCompletedWithValue("new");
    }

    @Test
    void tokenMayComeLater() {
        CompletableFuture<String> later = new CompletableFuture<>();
        CompletionStage<String> token = credential(refused -> later).token(null);
        assertThat(token.toCompletableFuture()).isNotDone();
        later.complete("t");
        assertThat(token.toCompletableFuture()).isCompletedWithValue("t");
    }

    @Test
    void replacementMayBeAnyKindOfStage() {
        CompletionStage<String> token =
                credential(refused -> ForeignStage.of(given("new"))).token("old");
        workers.remove().run();
        assertThat(token.toCompletableFuture()).isCompletedWithValue("new");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "two words", "top\nsecret"})
    void unusableTokenFailsWithoutShowingIt(String unusable) {
        CompletionStage<String> token = credential(refused -> given(unusable)).token(null);
        assertThat(token.toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(IllegalStateException.class)
                .withMessageContaining("tokenProvider")
                .withMessageNotContaining("secret");
    }

    @Test
    void nullInsteadOfAStageIsAnError() {
        assertThatThrownBy(() -> credential(refused -> null).token(null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tokenProvider");
        CompletionStage<String> replacement = credential(refused -> null).token("old");
        workers.remove().run();
        assertThat(replacement.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void failureOfTheProviderIsTheStages() {
        IOException cause = new IOException("vault is sealed");
        assertFailsWith(
                credential(refused -> CompletableFuture.failedFuture(cause)).token(null), cause);
        CompletionStage<String> replacement =
                credential(refused -> CompletableFuture.failedFuture(cause)).token("old");
        workers.remove().run();
        assertFailsWith(replacement, cause);
    }

    @Test
    void whatTheProviderThrowsForAReplacementFailsTheStage() {
        Error cause = new Error("bug");
        CompletionStage<String> replacement = credential(refused -> {
                    throw cause;
                })
                .token("old");
        workers.remove().run();
        assertFailsWith(replacement, cause);
    }

    @Test
    void exceptionIsTheFailureOfTheCallAndAnErrorIsItsCause() {
        Credential credential = credential(refused -> given("t"));
        IOException exception = new IOException("vault is sealed");
        Error error = new Error("bug");
        assertThat(credential.failure(exception)).isSameAs(exception);
        assertThat(credential.failure(error))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("tokenProvider", "bug")
                .hasCause(error);
    }

    @Test
    void tokenCanBeReplaced() {
        assertThat(credential(refused -> given("t")).canRefresh()).isTrue();
    }
}

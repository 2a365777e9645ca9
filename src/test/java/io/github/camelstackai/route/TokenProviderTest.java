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

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiTokenProvider;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens from a bean of the user. */
class TokenProviderTest extends RouteTest {
    /** The refused token that each call of the provider received. */
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private final List<String> threads = new CopyOnWriteArrayList<>();

    private void provide(StackAiTokenProvider provider) throws Exception {
        component.getConfiguration().setApiKey(null);
        component.setTokenProvider(refused -> {
            asked.add(String.valueOf(refused));
            threads.add(Thread.currentThread().getName());
            return provider.token(refused);
        });
        startRoute("stackai:run:f");
    }

    private static CompletionStage<String> done(String token) {
        return CompletableFuture.completedFuture(token);
    }

    @Test
    void providedTokenIsSent() throws Exception {
        stackAi().acceptToken("t1");
        provide(refused -> done("t1"));
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
        assertThat(stackAi().requests().get(0).headers("Authorization")).containsExactly("Bearer t1");
    }

    /** The stage of {@code completedStage} does not support {@code isDone}. */
    @Test
    void anyCompletionStageIsAccepted() throws Exception {
        stackAi().acceptToken("t1");
        provide(refused -> CompletableFuture.completedStage("t1"));
        assertThat(send("q").getException()).isNull();
    }

    @Test
    void waitForATokenBlocksNoThread() throws Exception {
        CompletableFuture<String> token = new CompletableFuture<>();
        stackAi().acceptToken("late");
        provide(refused -> token);
        CompletableFuture<Exchange> call =
                template.asyncSend("direct:start", e -> e.getMessage().setBody("q"));
        eventually("the provider is called", () -> assertThat(asked).hasSize(1));
        assertThat(stackAi().requestCount()).isZero();
        token.complete("late");
        assertThat(call.get(5, TimeUnit.SECONDS).getException()).isNull();
    }

    @Test
    void refusedTokenIsPassedToTheProviderOnce() throws Exception {
        stackAi().acceptToken("new");
        provide(refused -> done(refused == null ? "old" : "new"));
        assertThat(send("q").getException()).isNull();
        assertThat(asked).containsExactly("null", "old");
        assertThat(threads.get(1))
                .as("the provider may block, so it does not run on an I/O thread")
                .doesNotContain("stackai-io");
        assertThat(stackAi().requestCount()).isEqualTo(2);
    }

    @Test
    void callIsNotRepeatedWithTheSameToken() throws Exception {
        provide(refused -> done("old"));
        assertThat(send("q").getException())
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContaining("401");
        assertThat(stackAi().requestCount()).isEqualTo(1);
    }

    @Test
    void failedStageFailsTheCall() throws Exception {
        IOException sealed = new IOException("the vault is sealed");
        provide(refused -> CompletableFuture.failedFuture(sealed));
        assertThat(send("q").getException()).isSameAs(sealed);
    }

    @Test
    void exceptionOfTheProviderFailsTheCall() throws Exception {
        IllegalStateException sealed = new IllegalStateException("the vault is sealed");
        provide(refused -> {
            throw sealed;
        });
        assertThat(send("q").getException()).isSameAs(sealed);
    }

    @Test
    void exceptionOnRenewalFailsTheCall() throws Exception {
        IllegalStateException sealed = new IllegalStateException("the vault is sealed");
        provide(refused -> {
            if (refused != null) {
                throw sealed;
            }
            return done("old");
        });
        assertThat(send("q").getException()).isSameAs(sealed);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "two words", "line\r\nInjected: yes"})
    void invalidTokenIsRefusedAndNotShown(String token) throws Exception {
        provide(refused -> done(token));
        Exception failure = send("q").getException();
        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessageContaining("tokenProvider");
        assertThat(Arrays.toString(failure.getStackTrace()) + failure).doesNotContain("two words", "Injected");
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void nullStageIsRefused() throws Exception {
        provide(refused -> null);
        assertThat(send("q").getException())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tokenProvider");
    }

    @Test
    void waitForATokenEndsWithTheResponseTimeout() throws Exception {
        component.getConfiguration().setResponseTimeout(Duration.ofMillis(200));
        provide(refused -> new CompletableFuture<>());
        assertThat(send("q").getException())
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContainingAll("token", "responseTimeout");
    }

    @Test
    void waitForATokenEndsWhenTheComponentStops() throws Exception {
        provide(refused -> new CompletableFuture<>());
        CompletableFuture<Exchange> call =
                template.asyncSend("direct:start", e -> e.getMessage().setBody("q"));
        eventually("the provider is called", () -> assertThat(asked).hasSize(1));
        component.stop();
        assertThat(call.get(5, TimeUnit.SECONDS).getException())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stopped");
    }
}

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
package io.github.camelstackai.operation;

import io.github.camelstackai.StackAiTokenProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** The token that the user's bean gives. */
public final class ProvidedToken implements Credential {
    private final StackAiTokenProvider provider;
    private final Executor threads;

    /** @param threads ask for a new token, which an I/O thread must not: a bean may take its time to return */
    public ProvidedToken(StackAiTokenProvider provider, Executor threads) {
        this.provider = provider;
        this.threads = threads;
    }

    @Override
    public CompletionStage<String> token(String refused) {
        return refused == null
                ? ask(null)
                : CompletableFuture.supplyAsync(() -> ask(refused), threads).thenCompose(Function.identity());
    }

    private CompletionStage<String> ask(String refused) {
        CompletionStage<String> token = provider.token(refused);
        if (token == null) {
            throw new IllegalStateException("The tokenProvider returned null in place of a CompletionStage");
        }
        return token.thenApply(ProvidedToken::checked);
    }

    private static String checked(String token) {
        if (!BearerToken.isUsable(token)) {
            throw new IllegalStateException(
                    "The tokenProvider gave " + (token == null ? "no token" : "what a header cannot carry")
                            + "; it has to complete with a token, or with the exception that says why there is none");
        }
        return token;
    }

    @Override
    public boolean renewable() {
        return true;
    }

    @Override
    public Exception failure(Throwable cause, Exchange exchange) {
        return cause instanceof Exception exception
                ? exception
                : new IllegalStateException("The tokenProvider failed: " + cause, cause);
    }
}

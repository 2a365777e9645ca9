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

import io.github.camelstackai.StackAiTokenProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The tokens of the user's bean. */
public final class TokenProviderCredential implements Credential {
    private final StackAiTokenProvider provider;
    private final Executor workers;

    /** @param workers ask for a replacement, which an I/O thread must not: the bean may block before it returns */
    public TokenProviderCredential(StackAiTokenProvider provider, Executor workers) {
        this.provider = provider;
        this.workers = workers;
    }

    @Override
    public CompletionStage<String> token(String refused) {
        if (refused == null) {
            return ask(null);
        }
        CompletableFuture<String> replacement = new CompletableFuture<>();
        workers.execute(() -> replace(refused, replacement));
        return replacement;
    }

    private void replace(String refused, CompletableFuture<String> replacement) {
        try {
            ask(refused).whenComplete((token, failure) -> {
                if (failure == null) {
                    replacement.complete(token);
                } else {
                    replacement.completeExceptionally(failure);
                }
            });
        } catch (Throwable e) { // of the user's bean: whatever it is, the call has to end
            replacement.completeExceptionally(e);
        }
    }

    private CompletionStage<String> ask(String refused) {
        CompletionStage<String> token = provider.token(refused);
        if (token == null) {
            throw new IllegalStateException("The tokenProvider returned null instead of a CompletionStage");
        }
        return token.thenApply(TokenProviderCredential::checked);
    }

    private static String checked(String token) {
        if (!BearerToken.isUsable(token)) {
            throw new IllegalStateException("The tokenProvider returned "
                    + (token == null ? "no token" : "a token with characters not allowed in an HTTP header")
                    + "; complete the stage with a token, or with the exception that explains why there is none");
        }
        return token;
    }

    @Override
    public boolean canRefresh() {
        return true;
    }

    @Override
    public Exception failure(Throwable cause) {
        return cause instanceof Exception exception
                ? exception
                : new IllegalStateException("The tokenProvider failed: " + cause, cause);
    }
}

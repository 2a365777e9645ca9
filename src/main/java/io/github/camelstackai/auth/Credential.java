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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source of the bearer tokens of calls. Thread-safe. */
public interface Credential {
    /**
     * The token for a call; returns without blocking.
     *
     * @param refused the token that the service refused with 401; null for none
     * @return completes with a token, or with a {@link TokenRefusedException} or another exception
     */
    CompletionStage<String> token(String refused);

    /** Whether a token obtained earlier can still be sent, as far as its source knows; returns without blocking. */
    default boolean isCurrent(String token) {
        return true;
    }

    /** Whether a new token can replace a refused one. */
    boolean canRefresh();

    /**
     * Creates a new exception for a call that could not obtain a token.
     *
     * @param cause what {@link #token} completed with, other than a {@link TokenRefusedException}
     */
    Exception failure(Throwable cause);

    /** A token that never changes, such as an API key. */
    static Credential fixed(String token) {
        CompletableFuture<String> known = CompletableFuture.completedFuture(token);
        return new Credential() {
            @Override
            public CompletionStage<String> token(String refused) {
                return known;
            }

            @Override
            public boolean canRefresh() {
                return false;
            }

            @Override
            public Exception failure(Throwable cause) {
                return new IllegalStateException(cause);
            }
        };
    }
}

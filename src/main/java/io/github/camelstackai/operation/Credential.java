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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** Where the bearer token of a call comes from. Thread-safe. */
public interface Credential {
    /**
     * The token to send a call with; returns at once.
     *
     * @param refused the token that the service answered with 401; null when none was
     */
    CompletionStage<String> token(String refused);

    /** Whether there can be a new token in place of a refused one. */
    boolean renewable();

    /**
     * What a call is told that got no token, an exception of its own.
     *
     * @param cause what {@link #token} completed with
     * @param exchange gets {@code CamelRedeliveryDelay} where the answer to a token request carried {@code Retry-After}
     */
    Exception failure(Throwable cause, Exchange exchange);

    /** A token that stays the same, such as an API key. */
    static Credential fixed(String token) {
        return new Credential() {
            @Override
            public CompletionStage<String> token(String refused) {
                return CompletableFuture.completedFuture(token);
            }

            @Override
            public boolean renewable() {
                return false;
            }

            @Override
            public Exception failure(Throwable cause, Exchange exchange) {
                return new IllegalStateException(cause);
            }
        };
    }
}

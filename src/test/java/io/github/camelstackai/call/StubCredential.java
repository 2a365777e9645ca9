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

import io.github.camelstackai.auth.Credential;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A source of tokens that can be replaced; throws where a test has given it none. */
final class StubCredential implements Credential {
    final List<String> refusedTokens = new ArrayList<>();
    private final Deque<CompletionStage<String>> tokens = new ArrayDeque<>();

    StubCredential then(String token) {
        return then(CompletableFuture.completedFuture(token));
    }

    StubCredential then(CompletionStage<String> token) {
        tokens.add(token);
        return this;
    }

    @Override
    public CompletionStage<String> token(String refused) {
        refusedTokens.add(refused);
        return tokens.remove();
    }

    @Override
    public boolean canRefresh() {
        return true;
    }

    @Override
    public Exception failure(Throwable cause) {
        return new IllegalStateException("no token", cause);
    }
}

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
package io.github.camelstackai;

import java.util.concurrent.CompletionStage;

/**
 * Supplies the bearer tokens of calls. Implement it if tokens come from a vault, or from a sign-in flow that the component does not
 * have. The option {@code tokenProvider} of the component refers to the bean.
 *
 * <p>The component requests a token for every call, by several threads concurrently. The bean caches its token itself.
 */
@FunctionalInterface
public interface StackAiTokenProvider {
    /**
     * Supplies the token of a call. Returns without blocking; the stage may complete on any thread. The call waits for it at most
     * {@code responseTimeout}, or {@code totalTimeout} if that is shorter.
     *
     * <p>If the service answers a call with 401, the component requests a token once more, with the refused token as argument. It
     * sends the call again with the new token, unless that equals the refused one. If several calls with the same token are refused,
     * create a new token only if the cached one equals {@code refused}. A call that waited more than a second for a
     * connection requests a token again after up to three 401, since its token may have expired meanwhile.
     *
     * @param refused the token that the service refused; null if none was refused
     * @return completes with the token, without {@code Bearer}; if it completes exceptionally, the call fails with that exception
     */
    CompletionStage<String> token(String refused);
}

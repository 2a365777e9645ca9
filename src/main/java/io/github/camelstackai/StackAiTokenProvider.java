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
 * Gives the bearer tokens that calls are sent with: a bean of the user's, for vaults and for sign-in flows that the
 * component does not know. It is asked for every call, so it keeps its token itself. Called by many threads at once.
 */
@FunctionalInterface
public interface StackAiTokenProvider {
    /**
     * A token to send a call with; returns at once, and completes on any thread.
     *
     * <p>When the service answers a call with 401, the provider is asked once more, with the token that was refused. The
     * call is sent again with what it gives then, unless that is the same token. Of many calls that were refused the same
     * token only the first needs a new one: for the others the token at hand is no longer the refused one.
     *
     * @param refused the token that the service no longer takes; null when none was refused
     * @return completes with the token, without {@code Bearer}; exceptionally to fail the call with that exception
     */
    CompletionStage<String> token(String refused);
}

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

/** Implemented by exceptions built from a StackAI response. Transport failures are {@link java.io.IOException}s. */
public interface StackAiFailure {
    /**
     * Whether the same call may succeed later. It says nothing about whether the first one has run: see {@link #mayHaveRun()}.
     */
    boolean isRetryable();

    /**
     * Whether the run may have taken place, and may have been billed. False only if the service certainly started none. The exchange
     * property {@link StackAiConstants#MAY_HAVE_RUN} has the same value.
     */
    boolean mayHaveRun();

    /** The run that failed; null if the service named none. */
    String getRunId();
}

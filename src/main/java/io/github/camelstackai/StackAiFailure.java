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

/** What every exception of this component tells besides its message. */
public interface StackAiFailure {
    /**
     * Whether the same call may be sent again as it stands: the service refused it, or was not able to take it. False
     * whenever the run may have done its work.
     */
    boolean isRetryable();

    /** The run that failed; null where the service named none. */
    String getRunId();
}

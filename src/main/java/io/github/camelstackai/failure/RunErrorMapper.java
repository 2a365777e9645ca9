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
package io.github.camelstackai.failure;

import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.protocol.RunResult;

/** Maps the failure that the service reports of a run to an exception. */
public final class RunErrorMapper {
    private RunErrorMapper() {}

    /**
     * Creates the exception.
     *
     * @param result of a run that {@link RunResult#failed() failed}
     */
    public static StackAiRunFailedException map(RunResult result, CallDescription call) {
        String error = result.error() == null ? null : call.redact(result.errorText());
        String message = call.withRun(result.runId()) + " failed"
                + (result.state() == null ? "" : " with state " + call.excerpt(result.state()))
                + (error == null ? "" : ": " + call.excerpt(result.errorText()))
                + "; look the run up in StackAI before you send it again, it may have been billed";
        return new StackAiRunFailedException(message, result.runId(), result.state(), error, result.outputs());
    }
}

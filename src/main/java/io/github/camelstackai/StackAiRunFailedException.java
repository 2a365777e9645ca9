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

import java.util.Map;
import org.apache.camel.CamelException;

/** The service reported that the run failed or was cancelled. */
public class StackAiRunFailedException extends CamelException implements StackAiFailure {
    private static final long serialVersionUID = 1L;
    private final String runId;
    private final String state;
    private final String error;
    private final transient Map<String, Object> outputs;

    /**
     * @param message what happened, to which run, and what to do
     * @param runId null if the response names no run
     * @param state null if the response names no state
     * @param error explanation by the service; null if it reported only a state
     * @param outputs the outputs of the response by node name; empty for none
     */
    public StackAiRunFailedException(
            String message, String runId, String state, String error, Map<String, Object> outputs) {
        super(message);
        this.runId = runId;
        this.state = state;
        this.error = error;
        this.outputs = outputs;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }

    /** Returns true. */
    @Override
    public boolean mayHaveRun() {
        return true;
    }

    @Override
    public String getRunId() {
        return runId;
    }

    /** Returns the state of the run as the service names it, such as {@code FAILED}; null for none. */
    public String getState() {
        return state;
    }

    /** Returns the explanation by the service: text, or JSON if it is an object; null if the service reported only a state. */
    public String getError() {
        return error;
    }

    /** Returns the outputs before the failure, by node name; empty for none, and after deserialisation. */
    public Map<String, Object> getOutputs() {
        return outputs == null ? Map.of() : outputs;
    }
}

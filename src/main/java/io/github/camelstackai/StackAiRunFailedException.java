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

/** The service answered that the run itself failed or was cancelled. */
public class StackAiRunFailedException extends CamelException implements StackAiFailure {
    private static final long serialVersionUID = 1L;
    private final String runId;
    private final String state;
    private final String error;
    private final transient Map<String, Object> outputs;

    /**
     * @param runId null when the response named none
     * @param state null when the response named none
     * @param error the service's own words; null when it gave only a state
     * @param outputs what there was of them, by node name
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

    /** Always true. */
    @Override
    public boolean mayHaveRun() {
        return true;
    }

    @Override
    public String getRunId() {
        return runId;
    }

    /** State of the run as the service names it, such as {@code FAILED}; null when it named none. */
    public String getState() {
        return state;
    }

    /** What the service says went wrong, an object of it as JSON; null when it gave only a state. */
    public String getError() {
        return error;
    }

    /** The outputs that the run had produced, by node name; empty for none. */
    public Map<String, Object> getOutputs() {
        return outputs == null ? Map.of() : outputs;
    }
}

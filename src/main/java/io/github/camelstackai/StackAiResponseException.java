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

import org.apache.camel.CamelException;

/**
 * The response to an accepted call is not the expected JSON, lacks the output that the option {@code output} names, or has one that
 * the options {@code outputFormat} and {@code outputClass} cannot read. The run may have taken place.
 */
public class StackAiResponseException extends CamelException implements StackAiFailure {
    private static final long serialVersionUID = 1L;
    private final String runId;
    private final String text;

    /**
     * @param message what happened, to which call, and what to do
     * @param runId null if the response names no run
     * @param cause null for none
     */
    public StackAiResponseException(String message, String runId, Throwable cause) {
        this(message, runId, null, cause);
    }

    /**
     * @param text the output that cannot be read, as JSON unless it is text; null if the failure is another one
     */
    public StackAiResponseException(String message, String runId, String text, Throwable cause) {
        super(message, cause);
        this.runId = runId;
        this.text = text;
    }

    /**
     * Returns the whole output that cannot be read as {@code outputFormat} and {@code outputClass} say, as JSON unless it is text;
     * null if the failure is another one.
     */
    public String getText() {
        return text;
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
}

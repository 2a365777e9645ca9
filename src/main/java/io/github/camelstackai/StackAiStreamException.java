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

import org.apache.camel.RuntimeCamelException;

/** A stream ended before the answer was complete. The run may have continued, and may have been billed. */
public class StackAiStreamException extends RuntimeCamelException implements StackAiFailure {
    private static final long serialVersionUID = 1L;

    /** Why the stream ended. */
    public enum Reason {
        /** The connection or the response body ended before the answer was complete. */
        TRUNCATED,
        /** The response body has neither of the stream formats of StackAI. */
        MALFORMED,
        /** The service reported an error; the cause is a {@link StackAiRunFailedException}. */
        REPORTED,
        /** No data arrived for {@code streamIdleTimeout}. */
        IDLE,
        /** A frame, or the collected answer, exceeds {@code maxResponseSize}. */
        TOO_LARGE
    }

    private final Reason reason;
    private final String runId;
    private final String text;

    /**
     * @param message what happened, to which run, and what to do
     * @param runId null if the service had not named the run
     * @param text the text that had arrived; never null
     * @param cause null for none
     */
    public StackAiStreamException(String message, Reason reason, String runId, String text, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.runId = runId;
        this.text = text;
    }

    /** Returns why the stream ended; never null. */
    public Reason getReason() {
        return reason;
    }

    /**
     * Returns the text that had arrived; never null. If the stream was read chunk by chunk, at most its first
     * {@code streamBufferSize} characters.
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

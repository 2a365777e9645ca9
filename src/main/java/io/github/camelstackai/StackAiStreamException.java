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

/** A stream ended without a whole answer. The run may have gone on, and may have been billed. */
public class StackAiStreamException extends RuntimeCamelException implements StackAiFailure {
    private static final long serialVersionUID = 1L;

    /** Why the stream is not whole. */
    public enum Reason {
        /** The connection or the body ended before the answer did. */
        TRUNCATED,
        /** What came is no stream of StackAI. */
        MALFORMED,
        /** The service reported an error; the cause is a {@link StackAiRunFailedException}. */
        REPORTED,
        /** The service was silent for longer than {@code streamIdleTimeout}. */
        IDLE,
        /** A frame, or the collected answer, is larger than {@code maxResponseSize}. */
        TOO_LARGE
    }

    private final Reason reason;
    private final String runId;
    private final String text;

    /**
     * @param runId null when the service had named none
     * @param text what had arrived of the answer
     * @param cause null for none
     */
    public StackAiStreamException(String message, Reason reason, String runId, String text, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.runId = runId;
        this.text = text;
    }

    public Reason getReason() {
        return reason;
    }

    /**
     * The text that had arrived, never null; of a stream that is read chunk by chunk, which the reader has had, no more than
     * its first {@code streamBufferSize} characters.
     */
    public String getText() {
        return text;
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
}

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

import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.http.CallTimeoutException;
import io.github.camelstackai.http.CallTimeoutException.Limit;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.protocol.RunResult;
import io.github.camelstackai.protocol.frame.StreamDecodingException;
import java.io.IOException;

/** Maps what ended a stream before its answer was complete to an exception. Immutable. */
public final class StreamErrorMapper {
    private final CallDescription call;

    public StreamErrorMapper(CallDescription call) {
        this.call = call;
    }

    /** The body ended before the answer did. */
    public StackAiStreamException truncated(String runId, String text) {
        return exception(Reason.TRUNCATED, "the response ended before the answer was complete", runId, text, null);
    }

    /** The service reported that the run failed. */
    public StackAiStreamException reported(RunResult result, String text) {
        return exception(
                Reason.REPORTED,
                "the service reported: " + call.excerpt(result.errorText()),
                result.runId(),
                text,
                RunErrorMapper.map(result, call));
    }

    /** The collected answer exceeds {@code limit} bytes. */
    public StackAiStreamException tooLarge(int limit, String runId, String text) {
        return exception(
                Reason.TOO_LARGE, "the answer exceeds maxResponseSize, " + limit + " bytes", runId, text, null);
    }

    /** As {@link #map}, before the first frame: data that is not a stream from its first byte is not a response of the service. */
    public Throwable beforeFirstFrame(Throwable cause) {
        return cause instanceof StreamDecodingException decoding && reason(cause) == Reason.MALFORMED
                ? new StackAiResponseException(
                        call + " was accepted, but the response is not a StackAI stream: " + words(decoding)
                                + "; check baseUrl, and whether a gateway answers instead of the service",
                        null,
                        call.redactor().showable(cause))
                : cause instanceof IOException io ? map(io, null, "") : cause;
    }

    /**
     * The connection broke, fell silent, or delivered data that is not a stream.
     *
     * @param runId null if the service has named none
     * @param text what had arrived of the answer
     */
    public StackAiStreamException map(Throwable cause, String runId, String text) {
        return exception(
                reason(cause), words(cause), runId, text, call.redactor().showable(cause));
    }

    private String words(Throwable cause) {
        if (cause instanceof StreamDecodingException decoding && decoding.received() != null) {
            return decoding.getMessage() + ", but got: " + call.excerpt(decoding.received());
        }
        String message = cause instanceof IOException ? String.valueOf(cause.getMessage()) : cause.toString();
        return call.redact(message).replace(HttpCall.MAY_HAVE_TAKEN_PLACE, ""); // the end of the message says so
    }

    private static Reason reason(Throwable cause) {
        if (cause instanceof StreamDecodingException decoding) {
            return decoding.reason() == StreamDecodingException.Reason.TOO_LARGE ? Reason.TOO_LARGE : Reason.MALFORMED;
        }
        boolean idle = cause instanceof CallTimeoutException timeout && timeout.limit() == Limit.IDLE;
        return idle ? Reason.IDLE : Reason.TRUNCATED;
    }

    private StackAiStreamException exception(Reason reason, String what, String runId, String text, Throwable cause) {
        String message = call.withRun(runId) + " broke after " + text.length() + " characters (" + reason + "): " + what
                + "; look the run up in StackAI before you send it again, it may have been billed";
        return new StackAiStreamException(message, reason, runId, text, cause);
    }
}

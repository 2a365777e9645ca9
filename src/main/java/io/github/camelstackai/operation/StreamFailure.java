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
package io.github.camelstackai.operation;

import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.http.CallTimeoutException;
import io.github.camelstackai.http.CallTimeoutException.Limit;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.protocol.Excerpt;
import io.github.camelstackai.protocol.RunResult;
import io.github.camelstackai.protocol.StreamDecodingException;
import java.io.IOException;

/** Names why a stream that had begun is not whole. */
final class StreamFailure {
    private final FlowTarget target;
    private final Mask mask;

    /** @param mask hides what the call was sent with */
    StreamFailure(FlowTarget target, Mask mask) {
        this.target = target;
        this.mask = mask;
    }

    /** The body ended, and the answer had not. */
    StackAiStreamException truncated(String runId, String text) {
        return exception(Reason.TRUNCATED, "the response ended before the answer was complete", runId, text, null);
    }

    /** The service said that the run failed. */
    StackAiStreamException reported(RunResult result, String text) {
        return exception(
                Reason.REPORTED,
                "the service reported: " + Excerpt.of(mask.hide(result.errorText())),
                result.runId(),
                text,
                OutputMapper.failure(result, target, mask));
    }

    /** The answer outgrew {@code limit} bytes. */
    StackAiStreamException tooLarge(int limit, String runId, String text) {
        return exception(
                Reason.TOO_LARGE, "the answer is larger than maxResponseSize, " + limit + " bytes", runId, text, null);
    }

    /** As {@link #of}, before any frame has come: what is no stream from its first byte is no answer of the service. */
    Exception beforeFirstFrame(IOException cause) {
        return cause instanceof StreamDecodingException && reason(cause) == Reason.MALFORMED
                ? new StackAiResponseException(
                        target + " was accepted, but the response is no stream of StackAI: "
                                + mask.hide(cause.getMessage())
                                + "; check baseUrl, and whether a gateway answers in the service's place",
                        null,
                        mask.shown(cause))
                : of(cause, null, "");
    }

    /** The connection broke, fell silent, or brought what is no stream. */
    StackAiStreamException of(IOException cause, String runId, String text) {
        String what = mask.hide(String.valueOf(cause.getMessage())).replace(HttpCall.AFTERMATH, ""); // said below
        return exception(reason(cause), what, runId, text, mask.shown(cause));
    }

    private static Reason reason(IOException cause) {
        if (cause instanceof StreamDecodingException decoding) {
            return decoding.reason() == StreamDecodingException.Reason.TOO_LARGE ? Reason.TOO_LARGE : Reason.MALFORMED;
        }
        boolean idle = cause instanceof CallTimeoutException timeout && timeout.limit() == Limit.IDLE;
        return idle ? Reason.IDLE : Reason.TRUNCATED;
    }

    private StackAiStreamException exception(Reason reason, String what, String runId, String text, Throwable cause) {
        String message = target + (runId == null ? "" : ", run " + Excerpt.of(runId) + ",") + " broke after "
                + text.length() + " characters (" + reason + "): " + what
                + "; look the run up in StackAI before you send it again, it may have been billed";
        return new StackAiStreamException(message, reason, runId, text, cause);
    }
}

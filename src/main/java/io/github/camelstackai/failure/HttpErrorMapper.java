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

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiValidationError;
import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.protocol.ErrorBody;
import io.github.camelstackai.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Maps a response with a status other than 2xx to an exception. Immutable. */
public final class HttpErrorMapper {
    /** Bytes of the response body that the exception keeps. */
    public static final int MAX_BODY = 64 * 1024;

    private static final List<String> COOKIES = List.of("Set-Cookie", "Set-Cookie2");

    private final Json json;
    private final IntFunction<String> advice;
    private final boolean startsRun;

    /**
     * @param advice end of the message for a status; empty for none
     * @param startsRun whether the calls may start a run; false for token requests
     */
    public HttpErrorMapper(Json json, IntFunction<String> advice, boolean startsRun) {
        this.json = json;
        this.advice = advice;
        this.startsRun = startsRun;
    }

    StackAiOperationFailedException map(RefusedCall refused) {
        CallDescription call = refused.call();
        CollectedResponse response = refused.response();
        ResponseHead head = response.head();
        ErrorBody error = ErrorBody.of(response.body(), json);
        String detail = call.redact(error.detail());
        String body = call.redactor().redact(new String(response.body(), StandardCharsets.UTF_8), !response.complete());
        return new StackAiOperationFailedException(
                message(call, head, error.detail() == null ? body : error.detail()),
                refused.url(),
                head.status(),
                call.redact(head.reason()),
                call.redact(head.headers().get("Location")),
                headers(head, call),
                body,
                detail,
                validationErrors(error, call),
                startsRun);
    }

    private String message(CallDescription call, ResponseHead head, String words) {
        return call + " was refused with HTTP status " + head.status()
                + (words.isBlank() ? "" : ": " + call.excerpt(words)) + advice.apply(head.status());
    }

    /** End of the message for calls that run a flow. */
    public static String adviceForRun(int status) {
        return switch (status) {
            case 408 -> "; request timeout; the run may still be executing";
            case 422 -> "; correct the inputs";
            case 500 -> "; the flow may have run before it failed";
            case 502, 503 -> "; the service or a gateway is unavailable; the run may have taken place";
            case 504 -> "; gateway timeout; the run may still be executing";
            default -> advice(status);
        };
    }

    /** End of the message for calls about files. */
    public static String adviceForFile(int status) {
        return switch (status) {
            case 404 -> "; check baseUrl, and that what the call names exists";
            case 413 -> "; the file is larger than the service or a gateway accepts";
            case 415 -> "; set the type of the file in the header CamelFileContentType";
            case 408, 500, 502, 503, 504 -> "; the service or a gateway is unavailable; an upload may have been stored";
            default -> advice(status);
        };
    }

    /** End of the message for any call. */
    public static String advice(int status) {
        return switch (status) {
            case 304 -> "; unexpected 304, probably from a gateway";
            case 401, 403 -> "; check the credential and that it belongs to the organisation";
            case 402 -> "; the plan or its credits are used up";
            case 404 -> "; check organisation, flow and baseUrl";
            case 407 -> "; the proxy requires proxyUsername and proxyPassword";
            case 422 -> "; correct what was sent";
            case 429 ->
                "; rate limited; reduce load or redeliver with onException (CamelRedeliveryDelay carries Retry-After)";
            case 408, 425, 502, 503, 504 -> "; the service or a gateway is unavailable; redeliver later";
            default -> status / 100 == 3 ? "; redirects are not followed, correct baseUrl" : "";
        };
    }

    private static Map<String, String> headers(ResponseHead head, CallDescription call) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        head.headers().forEach((name, value) -> headers.put(name, call.redact(value)));
        headers.keySet().removeAll(COOKIES);
        return headers;
    }

    private static List<StackAiValidationError> validationErrors(ErrorBody error, CallDescription call) {
        return error.validationErrors().stream()
                .map(e -> new StackAiValidationError(
                        location(e.get("loc"), call),
                        call.redact(text(e.get("msg"))),
                        call.redact(text(e.get("type")))))
                .toList();
    }

    private static List<String> location(Object loc, CallDescription call) {
        List<?> parts = loc instanceof List<?> list ? list : loc == null ? List.of() : List.of(loc);
        return parts.stream().map(String::valueOf).map(call::redact).toList();
    }

    private static String text(Object value) {
        return value == null ? null : Objects.toString(value);
    }
}

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

import io.github.camelstackai.StackAiConfiguration;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiValidationError;
import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.RetryAfter;
import io.github.camelstackai.protocol.ErrorBody;
import io.github.camelstackai.protocol.Excerpt;
import io.github.camelstackai.protocol.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.apache.camel.Exchange;

/** Turns a status other than 2xx into the exception for it, and tells Camel's redelivery how long to wait. */
final class Refusal {
    /** Bytes of the response body that the exception keeps. */
    static final int MAX_BODY = 64 * 1024;

    private final StackAiConfiguration options;
    private final Json json;
    private final IntFunction<String> advice;

    /** @param advice what the message about a status ends with */
    Refusal(StackAiConfiguration options, Json json, IntFunction<String> advice) {
        this.options = options;
        this.json = json;
        this.advice = advice;
    }

    /** Sets {@code CamelRedeliveryDelay} on the message of a failed call whose response carries {@code Retry-After}. */
    static void askForDelay(ResponseHead head, StackAiConfiguration options, Exchange exchange) {
        Duration delay = RetryAfter.parse(head.retryAfter(), Instant.now(), options.getMaxRetryAfter());
        if (delay != null) {
            // Camel reads it on the "in" message of the failed attempt, before it restores that message
            exchange.getIn().setHeader(StackAiConstants.REDELIVERY_DELAY, delay.toMillis());
        }
    }

    /**
     * As {@link #askForDelay} does, too.
     *
     * @param call what the message begins with
     * @param mask hides what was sent in secret
     */
    StackAiOperationFailedException exception(
            CollectedResponse response, Object call, URI uri, Mask mask, Exchange exchange) {
        ResponseHead head = response.head();
        askForDelay(head, options, exchange);
        ErrorBody error = ErrorBody.of(response.body(), json);
        String detail = mask.hide(error.detail());
        String body = mask.hide(new String(response.body(), StandardCharsets.UTF_8));
        return new StackAiOperationFailedException(
                message(call, head, detail == null ? body : detail),
                uri.toString(),
                head.status(),
                mask.hide(head.reason()),
                mask.hide(head.headers().get("Location")),
                headers(head, mask),
                body,
                detail,
                validationErrors(error, mask));
    }

    private String message(Object call, ResponseHead head, String words) {
        return call + " was refused with HTTP status " + head.status()
                + (words.isBlank() ? "" : ": " + Excerpt.of(words)) + advice.apply(head.status());
    }

    /** Of calls that run a flow. */
    static String adviceOfRun(int status) {
        return switch (status) {
            case 422 -> "; correct the inputs";
            case 500 -> "; the flow may have run before it failed";
            default -> advice(status);
        };
    }

    static String advice(int status) {
        return switch (status) {
            case 401, 403 -> "; check the credential and that it belongs to the organisation";
            case 402 -> "; the plan or its credits are used up";
            case 404 -> "; check organisation, flow and baseUrl";
            case 422 -> "; correct what was sent";
            case 429 -> "; send less, or let onException redeliver: CamelRedeliveryDelay is what the service asks for";
            case 304 -> "; nothing was asked that could be unchanged, a gateway answers in the service's place";
            case 407 -> "; the proxy wants proxyUsername and proxyPassword";
            case 408, 425, 502, 503, 504 -> "; the service or a gateway was not able to take it, redeliver later";
            default -> status / 100 == 3 ? "; redirects are not followed, correct baseUrl" : "";
        };
    }

    private static Map<String, String> headers(ResponseHead head, Mask mask) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        head.headers().forEach((name, value) -> headers.put(name, mask.hide(value)));
        headers.keySet().removeAll(List.of("Set-Cookie", "Set-Cookie2"));
        return headers;
    }

    private static List<StackAiValidationError> validationErrors(ErrorBody error, Mask mask) {
        return error.validationErrors().stream()
                .map(e -> new StackAiValidationError(
                        location(e.get("loc"), mask), mask.hide(text(e.get("msg"))), mask.hide(text(e.get("type")))))
                .toList();
    }

    private static List<String> location(Object loc, Mask mask) {
        List<?> parts = loc instanceof List<?> list ? list : loc == null ? List.of() : List.of(loc);
        return parts.stream().map(String::valueOf).map(mask::hide).toList();
    }

    private static String text(Object value) {
        return value == null ? null : Objects.toString(value);
    }
}

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
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.http.ResponseCollector;
import io.github.camelstackai.operation.Attempt.Answer;
import io.github.camelstackai.protocol.Excerpt;
import io.github.camelstackai.protocol.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;

/**
 * Reads a response into memory, and as the one JSON object that the service promises.
 *
 * @param <T> what the object says
 */
final class ObjectAnswer<T> {
    /** Puts what the service said on the exchange. */
    interface Use<T> {
        void apply(T said, FlowTarget target, Mask mask, Exchange exchange) throws Exception;
    }

    private final StackAiConfiguration options;
    private final Json json;
    private final Function<Map<String, Object>, T> parser;
    private final Use<T> use;
    private final String consequence;

    /**
     * @param parser throws {@link IllegalArgumentException} for an object that is not what the service promises
     * @param consequence what the message about an unreadable response ends with
     */
    ObjectAnswer(
            StackAiConfiguration options,
            Json json,
            Function<Map<String, Object>, T> parser,
            Use<T> use,
            String consequence) {
        this.options = options;
        this.json = json;
        this.parser = parser;
        this.use = use;
        this.consequence = consequence;
    }

    /** @param mask hides what the call was sent with */
    Attempt attempt(FlowTarget target, Mask mask) {
        ResponseCollector collector = new ResponseCollector(options.getMaxResponseSize(), Refusal.MAX_BODY);
        return new Attempt(
                collector,
                collector
                        .response()
                        .thenApply(response -> response.head().successful()
                                ? Answer.accepted(
                                        exchange -> use.apply(read(response, target, mask), target, mask, exchange))
                                : Answer.refused(response)));
    }

    private T read(CollectedResponse response, FlowTarget target, Mask mask) throws StackAiResponseException {
        if (!response.complete()) {
            throw unreadable(
                    response,
                    target,
                    mask,
                    "is larger than maxResponseSize, " + options.getMaxResponseSize() + " bytes",
                    null);
        }
        try {
            Map<String, Object> object = object(response, json);
            if (object != null) {
                return parser.apply(object);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(response, target, mask, "is not the JSON that the service promises", mask.shown(e));
        }
        throw unreadable(response, target, mask, "is not a JSON object", null);
    }

    /** The body as a JSON object; null when it is JSON of another kind. */
    @SuppressWarnings("unchecked") // a JSON object has text keys
    static Map<String, Object> object(CollectedResponse response, Json json) throws IOException {
        return json.read(response.body()) instanceof Map<?, ?> object ? (Map<String, Object>) object : null;
    }

    private StackAiResponseException unreadable(
            CollectedResponse response, FlowTarget target, Mask mask, String what, Exception cause) {
        String start = Excerpt.of(mask.hide(new String(response.body(), StandardCharsets.UTF_8)));
        String message =
                target + " was answered with HTTP status " + response.head().status() + ", but the response "
                        + what + (start.isEmpty() ? "; it is empty" : "; it begins: " + start)
                        + " — check baseUrl, and whether a gateway answers in the service's place" + consequence;
        return new StackAiResponseException(message, null, cause);
    }
}

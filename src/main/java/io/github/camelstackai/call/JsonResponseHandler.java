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
package io.github.camelstackai.call;

import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.failure.HttpErrorMapper;
import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.http.ResponseCollector;
import io.github.camelstackai.http.ResponseReceiver;
import io.github.camelstackai.protocol.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;

/** Reads a response into memory, and as the one JSON value that the service promises. Thread-safe. */
public final class JsonResponseHandler implements AnswerHandler {
    /** Puts the object on the exchange. */
    @FunctionalInterface
    public interface Mapper {
        /**
         * Sets body, headers and properties.
         *
         * @throws IllegalArgumentException if the object is not what the service promises
         * @throws Exception if the run failed, or the option {@code output} names one that is missing
         */
        void apply(Map<String, Object> object, CallDescription call, Exchange exchange) throws Exception;
    }

    /** As {@link Mapper}, of JSON of any kind. */
    @FunctionalInterface
    public interface ValueMapper {
        /**
         * Maps the value to the exchange.
         *
         * @throws IllegalArgumentException if the value is not what the service promises
         */
        void apply(Object value, CallDescription call, Exchange exchange) throws Exception;
    }

    private final Json json;
    private final int maxResponseSize;
    private final ValueMapper mapper;
    private final boolean anyValue;
    private final String consequence;

    /**
     * @param maxResponseSize in bytes
     * @param consequence end of the message about an unreadable response
     */
    @SuppressWarnings("unchecked") // a JSON object has text keys
    public JsonResponseHandler(Json json, int maxResponseSize, Mapper mapper, String consequence) {
        this(
                json,
                maxResponseSize,
                (value, call, exchange) -> mapper.apply((Map<String, Object>) value, call, exchange),
                false,
                consequence);
    }

    private JsonResponseHandler(
            Json json, int maxResponseSize, ValueMapper mapper, boolean anyValue, String consequence) {
        this.json = json;
        this.maxResponseSize = maxResponseSize;
        this.mapper = mapper;
        this.anyValue = anyValue;
        this.consequence = consequence;
    }

    /** Creates one for JSON of any kind, such as a list, or for none: the value is null then. */
    public static JsonResponseHandler ofAny(Json json, int maxResponseSize, ValueMapper mapper, String consequence) {
        return new JsonResponseHandler(json, maxResponseSize, mapper, true, consequence);
    }

    @Override
    public ResponseReceiver receiver(CallDescription call, PendingAnswer answer) {
        return new ResponseCollector(
                maxResponseSize,
                HttpErrorMapper.MAX_BODY,
                response -> answer.complete(exchange -> apply(response, call, exchange)),
                answer::fail);
    }

    private void apply(CollectedResponse response, CallDescription call, Exchange exchange) throws Exception {
        if (!response.complete()) {
            throw unreadable(response, call, "exceeds maxResponseSize, " + maxResponseSize + " bytes", null);
        }
        try {
            boolean none = anyValue && response.body().length == 0;
            Object value = none ? null : json.read(response.body());
            if (!anyValue && !(value instanceof Map)) {
                throw unreadable(response, call, "is not a JSON object", null);
            }
            mapper.apply(value, call, exchange);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(response, call, "is not the JSON that the service promises", e);
        }
    }

    private StackAiResponseException unreadable(
            CollectedResponse response, CallDescription call, String what, Exception cause) {
        String start = call.excerpt(new String(response.body(), StandardCharsets.UTF_8), !response.complete());
        String message =
                call + " was answered with HTTP status " + response.head().status() + ", but the response "
                        + what + (start.isEmpty() ? "; it is empty" : "; it begins: " + start)
                        + "; check baseUrl, and whether a gateway answers instead of the service" + consequence;
        return new StackAiResponseException(message, null, call.redactor().showable(cause));
    }
}

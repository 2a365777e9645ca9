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

    /** As {@link Mapper}, of any JSON value. */
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
    /** Null if the value has to be an object. */
    private final ValueMapper values;
    /** Null for any value. */
    private final Mapper objects;

    private final String consequence;

    /**
     * @param maxResponseSize in bytes
     * @param consequence end of the message about an unreadable response
     */
    public JsonResponseHandler(Json json, int maxResponseSize, Mapper mapper, String consequence) {
        this(json, maxResponseSize, null, mapper, consequence);
    }

    /** Handles responses that are not only objects. */
    public static JsonResponseHandler ofValues(Json json, int maxResponseSize, ValueMapper mapper) {
        return new JsonResponseHandler(json, maxResponseSize, mapper, null, "");
    }

    private JsonResponseHandler(
            Json json, int maxResponseSize, ValueMapper values, Mapper objects, String consequence) {
        this.json = json;
        this.maxResponseSize = maxResponseSize;
        this.values = values;
        this.objects = objects;
        this.consequence = consequence;
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
            if (values != null) {
                values.apply(json.read(response.body()), call, exchange);
                return;
            }
            Map<String, Object> object = json.readObject(response.body());
            if (object == null) {
                throw unreadable(response, call, "is not a JSON object", null);
            }
            objects.apply(object, call, exchange);
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

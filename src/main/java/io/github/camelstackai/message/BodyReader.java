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
package io.github.camelstackai.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelstackai.protocol.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;

/** Reads the body of a message as a value that JSON can hold. Thread-safe. */
final class BodyReader {
    private static final String BODY = "The body";

    private final Json json;
    private final ValueReader values;

    BodyReader(Json json) {
        this.json = json;
        this.values = new ValueReader(json);
    }

    /**
     * The value of the body, as of {@link ValueReader}; text whose Content-Type is JSON is parsed first.
     *
     * @throws IllegalArgumentException naming what to change, if the body cannot be written as JSON
     * @throws InvalidPayloadException if Camel cannot read the body
     */
    Object read(Exchange exchange) throws InvalidPayloadException, IOException {
        Object value = values.read(exchange.getMessage().getBody(), BODY, exchange);
        return value instanceof String text ? parsed(text, exchange) : value;
    }

    /** The fields of a header that is a map. */
    Map<String, Object> fields(Map<?, ?> header, Exchange exchange) throws InvalidPayloadException {
        Map<String, Object> fields = new LinkedHashMap<>();
        putFields(values.read(header, BODY, exchange), fields);
        return fields;
    }

    /** Puts the fields of an object into {@code fields}; returns false if {@code value} is not an object. */
    static boolean putFields(Object value, Map<String, Object> fields) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, field) -> fields.put(String.valueOf(name), field));
            return true;
        }
        if (value instanceof JsonNode node && node.isObject()) {
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            return true;
        }
        return false;
    }

    private Object parsed(String text, Exchange exchange) throws InvalidPayloadException, IOException {
        String contentType = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        if (!isJson(contentType)) {
            return text;
        }
        try {
            return values.read(json.read(text), BODY, exchange);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "The body is not JSON, though the header Content-Type says " + contentType
                            + "; correct the body, or remove the header to send it as text: " + e.getOriginalMessage(),
                    e);
        }
    }

    private static boolean isJson(String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return "application/json".equals(type) || type.endsWith("+json");
    }
}

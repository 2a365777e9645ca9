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
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;

/** Reads the body of a message as a value that JSON can hold. */
final class BodyReader {
    private final Json json;

    BodyReader(Json json) {
        this.json = json;
    }

    /**
     * A {@code Map}, a {@link JsonNode} or text; the parsed value of a body whose Content-Type is JSON; null for none.
     *
     * @throws IllegalArgumentException naming what to change, if the body cannot be written as JSON
     * @throws InvalidPayloadException if Camel cannot read the body
     */
    Object read(Exchange exchange) throws InvalidPayloadException, IOException {
        Object body = exchange.getMessage().getBody();
        return TextReader.isText(body) ? ofText(body, exchange) : ofObject(body);
    }

    /** Puts the fields of an object into {@code fields}; returns false if {@code value} is no object. */
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

    private Object ofText(Object body, Exchange exchange) throws InvalidPayloadException, IOException {
        String text = TextReader.read(body, exchange);
        String contentType = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        if (!isJson(contentType)) {
            return text;
        }
        try {
            return json.readExactly(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "The body is not JSON, though the header Content-Type says " + contentType
                            + "; correct the body, or remove the header to send it as text: " + e.getOriginalMessage(),
                    e);
        }
    }

    private Object ofObject(Object body) {
        if (body == null || body instanceof Map) {
            return body;
        }
        try {
            JsonNode tree = json.tree(body);
            return tree == null || tree.isNull() || tree.isMissingNode() ? null : tree;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "A body of type " + body.getClass().getName()
                            + " cannot be written as JSON; convert it to a Map, to text, or to a type that Jackson writes: "
                            + e.getMessage(),
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

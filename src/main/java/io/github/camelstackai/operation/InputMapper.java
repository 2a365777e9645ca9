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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelstackai.StackAiConfiguration;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.protocol.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;

/** Makes a flow's inputs from a message: from its body, then the inputs header over it, then the user id. */
final class InputMapper {
    private static final String USER_ID = "user_id";

    private final StackAiConfiguration options;
    private final Json json;

    InputMapper(StackAiConfiguration options, Json json) {
        this.options = options;
        this.json = json;
    }

    /**
     * The inputs by node name; never null.
     *
     * @throws IllegalArgumentException naming what to change, when the body or a header cannot be sent
     * @throws InvalidPayloadException when Camel cannot read the body
     */
    Map<String, Object> inputs(Exchange exchange) throws InvalidPayloadException, IOException {
        Map<String, Object> inputs = ofBody(exchange);
        Map<?, ?> header = Headers.get(exchange, StackAiConstants.INPUTS, Map.class);
        if (header != null) {
            putAll(inputs, header);
        }
        String user = Headers.get(exchange, StackAiConstants.USER_ID, String.class);
        if (user != null) {
            inputs.put(USER_ID, user);
        } else if (options.getUserId() != null) {
            inputs.putIfAbsent(USER_ID, options.getUserId());
        }
        return inputs;
    }

    private Map<String, Object> ofBody(Exchange exchange) throws InvalidPayloadException, IOException {
        Object body = exchange.getMessage().getBody();
        Object value = TextBody.isText(body) ? ofText(body, exchange) : ofObject(body);
        Map<String, Object> inputs = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            putAll(inputs, map);
        } else if (value instanceof JsonNode node && node.isObject()) {
            node.properties().forEach(field -> inputs.put(field.getKey(), field.getValue()));
        } else if (value != null) {
            inputs.put(options.getInput(), value);
        }
        return inputs;
    }

    private Object ofText(Object body, Exchange exchange) throws InvalidPayloadException, IOException {
        String text = TextBody.read(body, exchange);
        String contentType = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        if (!isJson(contentType)) {
            return text;
        }
        try {
            return json.read(text);
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
            JsonNode tree = json.mapper().valueToTree(body);
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

    private static void putAll(Map<String, Object> inputs, Map<?, ?> more) {
        more.forEach((name, value) -> inputs.put(String.valueOf(name), value));
    }
}

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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.protocol.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;

/** Maps a message to the inputs of a flow: its body, overlaid with the header {@code CamelStackAiInputs} and the user id. */
public final class InputMapper {
    private static final String USER_ID = "user_id";

    private final String input;
    private final String userId;
    private final BodyReader bodies;

    /**
     * @param input the node that takes a body that is not an object
     * @param userId where neither header nor body has one; null for none
     */
    public InputMapper(String input, String userId, Json json) {
        this.input = input;
        this.userId = userId;
        this.bodies = new BodyReader(json);
    }

    /** Whether values of a type inside a user's object are read as a body would be, and not by the user's mapper. */
    public static boolean reads(Class<?> type) {
        return ObjectFields.reads(type);
    }

    /**
     * The inputs by node id, in a map of its own.
     *
     * @throws IllegalArgumentException naming what to change, if the body or a header cannot be sent
     * @throws InvalidPayloadException if Camel cannot read the body
     */
    public Map<String, Object> inputs(Exchange exchange) throws InvalidPayloadException, IOException {
        Map<String, Object> inputs = ofBody(exchange);
        Map<?, ?> header = MessageHeaders.get(exchange, StackAiConstants.INPUTS, Map.class);
        if (header != null) {
            inputs.putAll(bodies.fields(header, exchange));
        }
        String user = MessageHeaders.get(exchange, StackAiConstants.USER_ID, String.class);
        if (user != null) {
            inputs.put(USER_ID, user);
        } else if (userId != null) {
            inputs.putIfAbsent(USER_ID, userId);
        }
        return inputs;
    }

    private Map<String, Object> ofBody(Exchange exchange) throws InvalidPayloadException, IOException {
        Map<String, Object> inputs = new LinkedHashMap<>();
        Object value = bodies.read(exchange);
        if (!BodyReader.putFields(value, inputs) && value != null) {
            inputs.put(input, value);
        }
        return inputs;
    }
}

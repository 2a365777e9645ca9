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
import io.github.camelstackai.protocol.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;

/** Makes a flow's inputs from a message: from its body, then the inputs header over it, then the user id. */
final class InputMapper {
    private static final String USER_ID = "user_id";

    private final StackAiConfiguration options;
    private final BodyReader bodies;

    InputMapper(StackAiConfiguration options, Json json) {
        this.options = options;
        this.bodies = new BodyReader(json);
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
            BodyReader.putFields(header, inputs);
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
        Map<String, Object> inputs = new LinkedHashMap<>();
        Object value = bodies.read(exchange);
        if (!BodyReader.putFields(value, inputs) && value != null) {
            inputs.put(options.getInput(), value);
        }
        return inputs;
    }
}

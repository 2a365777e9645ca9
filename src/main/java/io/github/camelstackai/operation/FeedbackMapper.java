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

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelstackai.StackAiConfiguration;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.protocol.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.util.ObjectHelper;

/** Makes feedback from a message: its body is the feedback, or an object that holds it; the run is the one it names. */
final class FeedbackMapper {
    private static final String RUN_ID = "run_id";
    private static final String FEEDBACK = "feedback";

    private final StackAiConfiguration options;
    private final BodyReader bodies;

    FeedbackMapper(StackAiConfiguration options, Json json) {
        this.options = options;
        this.bodies = new BodyReader(json);
    }

    /**
     * What is sent: {@code run_id} and {@code feedback}, and what else an object body holds.
     *
     * @throws IllegalArgumentException naming what to set, when one of the two is missing
     * @throws InvalidPayloadException when Camel cannot read the body
     */
    Map<String, Object> feedback(Exchange exchange) throws InvalidPayloadException, IOException {
        Map<String, Object> feedback = ofBody(exchange);
        if (isMissing(feedback.get(FEEDBACK))) {
            throw new IllegalArgumentException(
                    "No feedback: set the body to the text of it, or to an object with " + RUN_ID + " and " + FEEDBACK);
        }
        if (isMissing(feedback.get(RUN_ID))) {
            feedback.put(RUN_ID, runId(exchange));
        }
        return feedback;
    }

    private Map<String, Object> ofBody(Exchange exchange) throws InvalidPayloadException, IOException {
        Map<String, Object> feedback = new LinkedHashMap<>();
        Object body = bodies.read(exchange);
        if (!BodyReader.putFields(body, feedback) && body != null) {
            feedback.put(FEEDBACK, text(body, exchange));
        }
        return feedback;
    }

    private static String text(Object body, Exchange exchange) throws InvalidPayloadException, IOException {
        if (body instanceof JsonNode node) {
            return node.isValueNode() ? node.asText() : node.toString();
        }
        return TextBody.read(body, exchange);
    }

    private String runId(Exchange exchange) {
        String runId = Headers.runId(exchange, options);
        if (runId == null) {
            throw new IllegalArgumentException("No run that the feedback is about: set the header "
                    + StackAiConstants.RUN_ID + ", as run and stream do, or the option runId");
        }
        return runId;
    }

    private static boolean isMissing(Object value) {
        return value == null
                || (value instanceof JsonNode node
                        && (node.isNull() || (node.isTextual() && node.asText().isBlank())))
                || (value instanceof CharSequence && ObjectHelper.isEmpty(value.toString()));
    }
}

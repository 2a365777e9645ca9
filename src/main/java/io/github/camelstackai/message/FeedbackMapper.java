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

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.text.Excerpt;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.util.ObjectHelper;

/** Maps a message to feedback on a run, and the answer to counts. The body is the feedback, or an object that holds it. */
public final class FeedbackMapper {
    private static final String RUN_ID = "run_id";
    private static final String FEEDBACK = "feedback";

    private final String runId;
    private final BodyReader bodies;

    /** @param runId where the message names no run; null for none */
    public FeedbackMapper(String runId, Json json) {
        this.runId = runId;
        this.bodies = new BodyReader(json);
    }

    /**
     * The object to send: {@code run_id}, {@code feedback}, and the other fields of a body that is an object.
     *
     * @throws IllegalArgumentException naming what to set, if one of the two is missing
     * @throws InvalidPayloadException if Camel cannot read the body
     */
    public Map<String, Object> feedback(Exchange exchange) throws InvalidPayloadException, IOException {
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
            feedback.put(FEEDBACK, text(body));
        }
        return feedback;
    }

    private static String text(Object body) {
        return body instanceof JsonNode node && node.isValueNode() ? node.asText() : Json.text(body);
    }

    private String runId(Exchange exchange) {
        String named = MessageHeaders.runId(exchange, runId);
        if (named == null) {
            throw new IllegalArgumentException("No run to give feedback on: set the header " + StackAiConstants.RUN_ID
                    + ", as run and stream do, or the option runId");
        }
        return named;
    }

    /**
     * The counts of an answer.
     *
     * @throws IllegalArgumentException if a value is not an integer
     */
    public static Map<String, Integer> counts(Map<String, Object> answer) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        answer.forEach((name, value) -> {
            if (!(value instanceof Integer count)) {
                throw new IllegalArgumentException("'" + Excerpt.of(name) + "' is not an integer");
            }
            counts.put(name, count);
        });
        return counts;
    }

    private static boolean isMissing(Object value) {
        return value == null
                || (value instanceof JsonNode node
                        && (node.isNull() || (node.isTextual() && node.asText().isBlank())))
                || (value instanceof CharSequence && ObjectHelper.isEmpty(value.toString()));
    }
}

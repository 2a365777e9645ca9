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
package io.github.camelstackai.examples.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** JSON as Python writes it: with {@code NaN} and infinities. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonMapper SEVERAL = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final int MAX_DEPTH = 4;

    /** Keys of the published contract, and those that clients have met. */
    private static final Set<String> KNOWN = Set.of(
            ("detail loc msg type message resource_id status data cursor has_more filename run_id date state error user_id"
                            + " is_flow_successful latency total_tokens llms feedback llm_usage run_type ran_by_type"
                            + " parent_run_id conversation_id knowledge_base_id matched_count modified_count org_id flow_id"
                            + " metadata citations pause progress_data provider model_id tokens input_tokens output_tokens")
                    .split(" "));

    private Json() {}

    /** A missing node if the text is not one value. */
    static JsonNode read(String text) {
        try {
            JsonNode node = text.isBlank() ? null : MAPPER.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** One value after the other; empty if the text is something else. */
    static List<JsonNode> readAll(String text) {
        try (MappingIterator<JsonNode> values =
                SEVERAL.readerFor(JsonNode.class).readValues(text)) {
            return values.readAll();
        } catch (IOException e) {
            return List.of();
        }
    }

    static byte[] write(Map<String, ?> object) {
        try {
            return MAPPER.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean hasNan(JsonNode node) {
        if (node.isDouble()) {
            return !Double.isFinite(node.doubleValue());
        }
        for (JsonNode child : node) {
            if (hasNan(child)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The shape of what the service sent, without names and texts of the user. A key is shown if it is known, or if only the
     * service can have chosen it: those of a frame, of its pause and of its progress.
     */
    static String shape(JsonNode node) {
        return shape(node, Frames.isFrame(node), MAX_DEPTH);
    }

    private static String shape(JsonNode node, boolean ofService, int depth) {
        if (node.isTextual()) {
            return "text(" + node.asText().length() + ")";
        }
        if (!node.isContainerNode() || node.isEmpty() || depth == 0) {
            return kind(node);
        }
        if (node.isArray()) {
            return "[" + node.size() + " × " + shape(node.get(0), ofService, depth - 1) + "]";
        }
        return node.properties().stream()
                .map(entry -> member(entry.getKey(), entry.getValue(), ofService, depth))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String member(String key, JsonNode value, boolean ofService, int depth) {
        if (key.equals("inputs") || key.equals("outputs")) {
            return key + ": " + (value.isObject() ? "{" + value.size() + " nodes}" : kind(value));
        }
        if (key.equals("state") && Frames.STATES.contains(value.asText())) {
            return key + ": " + value.asText();
        }
        boolean shown = KNOWN.contains(key) || ofService && key.matches("[a-z_]{1,40}");
        boolean below = key.equals("pause") || key.equals("progress_data");
        return (shown ? key : "‹name›") + ": " + shape(value, below, depth - 1);
    }

    /** Text, number, object and so on. */
    static String kind(JsonNode node) {
        return node.isTextual() ? "text" : node.getNodeType().toString().toLowerCase(Locale.ROOT);
    }
}

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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an object of a stream or of an answer is, by all forms that clients have met. */
final class Frames {
    static final Set<String> STATES = Set.of("PENDING", "PAUSED", "RESUMED", "COMPLETED", "FAILED", "CANCELLED");

    private static final Set<String> KEYS = Set.of(
            "outputs", "run_id", "metadata", "progress_data", "state", "pause", "error", "error_message", "citations");
    private static final Set<String> ERRORS = Set.of("error", "error_message");
    private static final Set<String> SIGNS =
            Set.of("keepalive", "keep-alive", "keep_alive", "heartbeat", "ping", "usage");
    private static final String COMPLETE = "stream_complete";

    private Frames() {}

    static boolean isFrame(JsonNode object) {
        return KEYS.stream().anyMatch(object::has);
    }

    /** Whether an object that is no frame is one that services of this kind put between frames. */
    static boolean isKeepAlive(JsonNode object) {
        return object.has("usage")
                || Set.of("type", "event", "status").stream()
                        .anyMatch(key -> SIGNS.contains(object.path(key).asText()));
    }

    /** The marker by which the object ends a stream. */
    static Optional<String> endMarker(JsonNode object) {
        if ("COMPLETED".equals(object.path("state").asText())) {
            return Optional.of("state COMPLETED");
        }
        if (object.path("metadata").path("done").asBoolean()) {
            return Optional.of("metadata.done");
        }
        if (isComplete(object.path("outputs"))) {
            return Optional.of(COMPLETE + " in outputs");
        }
        return Set.of("event", "type", "status").stream()
                .filter(key -> COMPLETE.equals(object.path(key).asText()))
                .map(key -> key + " " + COMPLETE)
                .findFirst();
    }

    private static boolean isComplete(JsonNode outputs) {
        return COMPLETE.equals(outputs.path("type").asText()) || outputs.has(COMPLETE);
    }

    /** The outputs without those that only mark the end; a missing node if that is all they do. */
    static JsonNode outputs(JsonNode object) {
        JsonNode outputs = object.path("outputs");
        if (isComplete(outputs)) {
            return MissingNode.getInstance();
        }
        if (!outputs.isObject() || endMarker(object).isEmpty()) {
            return outputs;
        }
        JsonNode kept = outputs.deepCopy();
        kept.properties()
                .removeIf(output -> output.getValue().asText().strip().matches("Stream completed successfully\\.?"));
        return kept;
    }

    /** Whether there is an output that is not empty. */
    static boolean hasOutputs(JsonNode object) {
        for (JsonNode value : outputs(object)) {
            boolean empty = value.isContainerNode()
                    ? value.isEmpty()
                    : value.isNull() || value.asText().isEmpty();
            if (!empty) {
                return true;
            }
        }
        return false;
    }

    /** Whether the object says that something is wrong, in whatever form. */
    static boolean isRefusal(JsonNode object) {
        return Set.of("detail", "message", "error", "error_message").stream().anyMatch(object::hasNonNull);
    }

    /** Whether the object has a value, which is none of those that stand for nothing. */
    static boolean has(JsonNode object, String key) {
        JsonNode value = object.path(key);
        boolean nothing = value.isTextual() ? value.asText().isBlank() : value.isContainerNode() && value.isEmpty();
        return object.hasNonNull(key) && !nothing && !value.equals(BooleanNode.FALSE);
    }

    /** Whether the run waits for a person. */
    static boolean isPaused(JsonNode object) {
        return has(object, "pause") || "PAUSED".equals(object.path("state").asText());
    }

    /** The place of an error, if the object has one in a known form. */
    static Optional<String> error(JsonNode object) {
        if (has(object.path("progress_data"), "error")) {
            return Optional.of("progress_data.error");
        }
        if (Set.of("FAILED", "CANCELLED").contains(object.path("state").asText())) {
            return Optional.of("state");
        }
        return ERRORS.stream().filter(key -> has(object, key)).findFirst();
    }

    /** A key with a value that looks like an error and is none of the known ones. */
    static Optional<String> strangeError(JsonNode object) {
        return object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> has(object, key) && !ERRORS.contains(key))
                .filter(key -> key.matches("(?i)[a-z_]*(error|exception|fail)[a-z_]*"))
                .findFirst();
    }
}

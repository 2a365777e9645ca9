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
package io.github.camelstackai.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the service says of a run: a whole response, or one frame of a stream. Immutable as long as nobody changes the
 * maps; never blocks.
 *
 * @param raw the JSON object as it came, unknown keys included
 * @param outputs values by output node id, never null; {@code outputs} of the object, or, where it has none, all of its
 *     keys but those known to be something else
 * @param runId null when the service named none
 * @param state {@code COMPLETED}, {@code PAUSED} … as the service wrote it; null when it wrote none; {@code PAUSED} where
 *     there is a pause and no state
 * @param error what the service gave as the error of the run, text or an object; null when there was none
 * @param pause what the run waits for; null when it waits for nothing
 * @param citations null when there were none
 * @param progress the {@code progress_data} object; null when there was none
 */
public record RunResult(
        Map<String, Object> raw,
        Map<String, Object> outputs,
        String runId,
        String state,
        Object error,
        Object pause,
        Object citations,
        Map<String, Object> progress) {
    public static final String COMPLETED = "COMPLETED";
    public static final String PAUSED = "PAUSED";

    private static final Set<String> FAILED_STATES = Set.of("FAILED", "CANCELLED");
    private static final List<String> ERROR_TEXT_KEYS = List.of("message", "detail", "error", "error_message", "msg");
    private static final Set<String> KNOWN_KEYS = Set.of(
            "outputs", "run_id", "state", "error", "error_message", "pause", "citations", "metadata", "progress_data");

    /**
     * Reads the object, whatever is missing from it.
     *
     * @throws IllegalArgumentException when {@code outputs} is neither an object nor null
     */
    public static RunResult of(Map<String, Object> raw) {
        Map<String, Object> progress = raw.get("progress_data") instanceof Map<?, ?> map ? object(map) : null;
        Object pause = present(raw.get("pause"));
        String state = text(raw.get("state"));
        return new RunResult(
                raw,
                outputsOf(raw),
                text(raw.get("run_id")),
                state == null && pause != null ? PAUSED : state,
                errorOf(raw, progress),
                pause,
                raw.get("citations"),
                progress);
    }

    /** Whether the service reported that the run did not end well. */
    public boolean failed() {
        return error != null || (state != null && FAILED_STATES.contains(state));
    }

    /** Whether the run waits for a person. */
    public boolean paused() {
        return pause != null || PAUSED.equals(state);
    }

    /** The reason of a failure as text for people; null unless {@link #failed()}. */
    public String errorText() {
        if (error instanceof Map<?, ?> details) {
            return ERROR_TEXT_KEYS.stream()
                    .<Object>map(details::get)
                    .filter(value -> value instanceof String text && !text.isBlank())
                    .map(Object::toString)
                    .findFirst()
                    .orElseGet(() -> Json.text(error));
        }
        if (error != null) {
            return Json.text(error);
        }
        return failed() ? "The run ended in state " + state : null;
    }

    /** The same result with what a stream knows besides the object of a frame. */
    public RunResult with(Map<String, Object> newOutputs, String newRunId, Object newError) {
        return new RunResult(raw, newOutputs, newRunId, state, newError, pause, citations, progress);
    }

    private static Map<String, Object> outputsOf(Map<String, Object> raw) {
        Object outputs = raw.get("outputs");
        if (outputs instanceof Map<?, ?> map) {
            return object(map);
        }
        if (outputs != null) {
            throw new IllegalArgumentException("\"outputs\" is not a JSON object");
        }
        if (raw.containsKey("outputs")) {
            return new LinkedHashMap<>();
        }
        Map<String, Object> rest = new LinkedHashMap<>(raw);
        rest.keySet().removeAll(KNOWN_KEYS);
        return rest;
    }

    private static Object errorOf(Map<String, Object> raw, Map<String, Object> progress) {
        Object error = present(raw.get("error"));
        if (error == null) {
            error = present(raw.get("error_message"));
        }
        return error == null && progress != null ? present(progress.get("error")) : error;
    }

    private static Object present(Object value) {
        boolean none = value == null
                || Boolean.FALSE.equals(value)
                || (value instanceof String text && text.isBlank())
                || (value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof List<?> list && list.isEmpty());
        return none ? null : value;
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    @SuppressWarnings("unchecked") // a JSON object has text keys
    private static Map<String, Object> object(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}

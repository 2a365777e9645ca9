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
import java.util.regex.Pattern;

/**
 * The result of a run: a whole response, or one frame of a stream. Immutable if the maps are not modified.
 *
 * @param raw the JSON object as received, including unknown keys
 * @param outputs values by output node name, never null: {@code outputs} of the object; without that key, all keys that are not
 *     known to be something else
 * @param runId null if the object names no run
 * @param state such as {@code COMPLETED}, as the service names it; {@code PAUSED} if the object has a pause and no state; null for
 *     none
 * @param error the error of the run, text or an object; null for none
 * @param pause what the run waits for; null for none
 * @param citations null for none
 * @param progress the {@code progress_data} object; null for none
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
    /** Values of the key {@code type} in objects that gateways send besides frames. */
    private static final Set<String> KEEP_ALIVES = Set.of("ping", "keepalive", "keep-alive", "keep_alive", "heartbeat");

    private static final Pattern NODE_ID = Pattern.compile(".+-\\d+");

    /**
     * Reads a response; every key is optional. An object without {@code outputs} is the outputs themselves; if it also has
     * {@code detail} or {@code message}, it is a failure.
     *
     * @throws IllegalArgumentException if {@code outputs} is neither an object nor null
     */
    public static RunResult of(Map<String, Object> raw) {
        RunResult result = of(raw, false);
        Object disguised = result.failed() ? null : disguisedError(raw);
        return disguised == null ? result : result.with(new LinkedHashMap<>(), result.runId(), disguised);
    }

    /**
     * Reads a frame of a stream; every key is optional.
     *
     * @param verbose whether the full response was requested; if so, an object without {@code outputs} has only the
     *     outputs whose keys look like node ids
     * @throws IllegalArgumentException if {@code outputs} is neither an object nor null
     */
    public static RunResult ofFrame(Map<String, Object> raw, boolean verbose) {
        return of(raw, verbose);
    }

    /**
     * Whether an object in a stream is a frame, and not, for example, a keep-alive or a usage report.
     *
     * @param verbose whether the full response was requested
     */
    public static boolean isFrame(Map<String, Object> object, boolean verbose) {
        if (!verbose) {
            return !(object.get("type") instanceof String type && KEEP_ALIVES.contains(type));
        }
        if (object.containsKey("outputs")) {
            return true; // as nearly all frames
        }
        for (String key : object.keySet()) {
            if (KNOWN_KEYS.contains(key) || isNodeId(key)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code key} looks like the id of a node, such as {@code out-0}. */
    public static boolean isNodeId(String key) {
        return NODE_ID.matcher(key).matches();
    }

    private static RunResult of(Map<String, Object> raw, boolean nodeIdsOnly) {
        Map<String, Object> progress = raw.get("progress_data") instanceof Map<?, ?> map ? object(map) : null;
        Object pause = present(raw.get("pause"));
        String state = text(raw.get("state"));
        return new RunResult(
                raw,
                outputsOf(raw, nodeIdsOnly),
                text(raw.get("run_id")),
                state == null && pause != null ? PAUSED : state,
                errorOf(raw, progress),
                pause,
                raw.get("citations"),
                progress);
    }

    /** Whether the service reported that the run failed or was cancelled. */
    public boolean failed() {
        return error != null || (state != null && FAILED_STATES.contains(state));
    }

    /** Whether the run is paused, and waits for a person. */
    public boolean paused() {
        return pause != null || PAUSED.equals(state);
    }

    /** The reason of the failure as readable text; null unless {@link #failed()}. */
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

    /** Returns this result with the outputs, run id and error that a stream has accumulated; this object if they are its own. */
    @SuppressWarnings("ReferenceEquality") // a copy that is equal does no harm
    public RunResult with(Map<String, Object> newOutputs, String newRunId, Object newError) {
        boolean same = newOutputs == outputs && newRunId == runId && newError == error;
        return same ? this : new RunResult(raw, newOutputs, newRunId, state, newError, pause, citations, progress);
    }

    private static Map<String, Object> outputsOf(Map<String, Object> raw, boolean nodeIdsOnly) {
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
        rest.keySet().removeIf(key -> KNOWN_KEYS.contains(key) || (nodeIdsOnly && !isNodeId(key)));
        return rest;
    }

    /** The error of an object that has {@code detail} or {@code message} and no outputs; null for none. */
    private static Object disguisedError(Map<String, Object> raw) {
        boolean ended = COMPLETED.equals(raw.get("state")) || present(raw.get("pause")) != null;
        boolean outputs = raw.get("outputs") != null || raw.keySet().stream().anyMatch(RunResult::isNodeId);
        if (ended || outputs) {
            return null;
        }
        Object detail = present(raw.get("detail"));
        return detail == null ? present(raw.get("message")) : detail;
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

    @SuppressWarnings("unchecked") // the keys of a JSON object are strings
    private static Map<String, Object> object(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}

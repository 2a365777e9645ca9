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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A run as the log has it.
 *
 * @param id of the run; if the service names none, an id made of its content
 * @param date {@link Instant#MAX} if the service names none that can be read
 * @param state as the service names it; null for none
 * @param fields as they came
 */
public record LoggedRun(String id, Instant date, String state, Map<String, Object> fields) {
    /** By date; of the same run the pause comes before the end. */
    public static final Comparator<LoggedRun> OLDEST_FIRST = Comparator.comparing(LoggedRun::date)
            .thenComparing(run -> !run.isPaused())
            .thenComparing(LoggedRun::id);

    /** Fields whose text may be JSON. */
    private static final List<String> TEXTS = List.of("inputs", "outputs", "llms");

    public static LoggedRun of(Map<String, Object> fields) {
        Object id = fields.get("run_id");
        Instant date = LogTime.parseOrNull(fields.get("date"));
        return new LoggedRun(
                id == null ? idOf(fields) : id.toString(),
                date == null ? Instant.MAX : date,
                Objects.toString(fields.get("state"), null),
                fields);
    }

    private static String idOf(Map<String, Object> fields) {
        return UUID.nameUUIDFromBytes(Json.text(fields).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    public boolean isPaused() {
        return state != null && RunState.isPaused(state);
    }

    /** Whether the run has ended or paused. One without a state has ended if the service says how. */
    public boolean isSettled() {
        return state == null
                ? fields.get("is_flow_successful") != null || fields.get("error") != null
                : !RunState.isUnfinished(state);
    }

    /** What the run is remembered by: a run that ends after a pause, or after a state that is not known, has another key then. */
    public String key() {
        if (!isSettled()) {
            return id + ":running";
        }
        return id + ":" + (hasEnded() ? "ended" : state.toLowerCase(Locale.ROOT));
    }

    /** Whether the run has ended. One in a state that is not known has not. */
    public boolean hasEnded() {
        return state == null ? isSettled() : RunState.isEnded(state);
    }

    public boolean isDated() {
        return !date.equals(Instant.MAX);
    }

    /** The {@code user_id}; null for none. */
    public String userId() {
        return Objects.toString(fields.get("user_id"), null);
    }

    /** The fields, with {@code inputs}, {@code outputs} and {@code llms} parsed if they are the text of a JSON object or array. */
    public Map<String, Object> parsed(Json json) {
        Map<String, Object> parsed = new LinkedHashMap<>(fields);
        TEXTS.forEach(name -> parsed.computeIfPresent(name, (key, value) -> parsed(value, json)));
        return parsed;
    }

    private static Object parsed(Object value, Json json) {
        if (!(value instanceof String text)
                || !(text.stripLeading().startsWith("{") || text.stripLeading().startsWith("["))) {
            return value;
        }
        try {
            return json.read(text);
        } catch (IOException e) {
            return value;
        }
    }
}

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
package io.github.camelstackai.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The log of runs: what is asked by flow and page. Keeps the last runs. Thread-safe. */
final class LoggedRuns {
    /** @param date the earliest for a run that has none */
    private record Entry(String flowId, Instant visible, Instant date, Map<String, Object> fields) {
        static Entry of(String flowId, Instant visible, Map<String, Object> fields) {
            return new Entry(flowId, visible, dateOf(fields.get("date")), fields);
        }

        private static Instant dateOf(Object value) {
            try {
                return value == null ? Instant.MIN : instant(value.toString());
            } catch (DateTimeParseException e) {
                return Instant.MIN;
            }
        }

        String id() {
            return fields.get("run_id").toString();
        }
    }

    /** A run is selected by what is not null. */
    record Filter(Instant start, Instant end, String userId, String states) {
        private boolean selects(Entry run) {
            return (start == null || !run.date().isBefore(start))
                    && (end == null || !run.date().isAfter(end))
                    && (userId == null || userId.equals(run.fields().get("user_id")))
                    && (states == null
                            || Arrays.asList(states.split(",", -1))
                                    .contains(Objects.toString(run.fields().get("state"), null)));
        }
    }

    private final int capacity;
    // Guarded by this.
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private LogOrder order = LogOrder.NEWEST_FIRST;
    private int maxPageSize = Integer.MAX_VALUE;

    LoggedRuns(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a run that the simulator carried out, which the log shows after {@code delay}. */
    void add(RecordedRun run, Duration delay) {
        Instant now = Instant.now();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run_id", run.runId());
        fields.put("date", now.toString());
        fields.put("is_flow_successful", run.error() == null);
        fields.put("state", run.state());
        fields.put("error", run.error());
        fields.put("user_id", run.inputs().get("user_id"));
        fields.put("inputs", JsonCodec.text(run.inputs()));
        fields.put("outputs", JsonCodec.text(run.outputs()));
        put(run.flowId(), now.plus(delay), fields);
    }

    /**
     * Adds a run, or replaces fields of the run with that id.
     *
     * @return the id
     */
    String add(String flowId, Map<String, Object> fields) {
        return put(flowId, Instant.MIN, fields);
    }

    private synchronized String put(String flowId, Instant visible, Map<String, Object> fields) {
        String id = Objects.toString(fields.get("run_id"), UUID.randomUUID().toString());
        Map<String, Object> complete =
                entries.containsKey(id) ? new LinkedHashMap<>(entries.get(id).fields()) : usual(id);
        complete.putAll(fields);
        entries.put(id, Entry.of(flowId, visible, complete));
        if (entries.size() > capacity) {
            entries.remove(entries.keySet().iterator().next());
        }
        return id;
    }

    private static Map<String, Object> usual(String id) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run_id", id);
        fields.put("conversation_id", null);
        fields.put("date", Instant.now().toString());
        fields.put("is_flow_successful", true);
        fields.put("state", "COMPLETED");
        fields.put("error", null);
        fields.put("latency", 1.5);
        fields.put("total_tokens", 0);
        fields.put("user_id", null);
        fields.put("inputs", "{}");
        fields.put("outputs", "{}");
        fields.put("llms", null);
        fields.put("feedback", null);
        fields.put("llm_usage", List.of());
        fields.put("run_type", "api");
        return fields;
    }

    synchronized void order(LogOrder newOrder) {
        order = newOrder;
    }

    synchronized void maxPageSize(int size) {
        maxPageSize = size;
    }

    synchronized void clear() {
        entries.clear();
        order = LogOrder.NEWEST_FIRST;
        maxPageSize = Integer.MAX_VALUE;
    }

    synchronized List<Map<String, Object>> page(String flowId, Filter filter, int page, int pageSize) {
        Instant now = Instant.now();
        int size = Math.min(pageSize, maxPageSize);
        return entries.values().stream()
                .filter(run -> run.flowId().equals(flowId) && !run.visible().isAfter(now) && filter.selects(run))
                .sorted(comparator())
                .skip((long) page * size)
                .limit(size)
                .map(Entry::fields)
                .toList();
    }

    private Comparator<Entry> comparator() {
        Comparator<Entry> oldestFirst = Comparator.comparing(Entry::date);
        return switch (order) {
            case NEWEST_FIRST -> oldestFirst.reversed();
            case OLDEST_FIRST -> oldestFirst;
            case UNSORTED ->
                Comparator.comparing(run -> UUID.nameUUIDFromBytes(run.id().getBytes(StandardCharsets.UTF_8)));
        };
    }

    /**
     * Reads a date and time, which is UTC if it has no offset.
     *
     * @throws DateTimeParseException if the text is none
     */
    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        }
    }
}

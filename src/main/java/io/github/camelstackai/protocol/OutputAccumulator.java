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
import java.util.Map;

/** The outputs of a streamed run as its frames add up to them. Not thread-safe. */
public final class OutputAccumulator {
    private final boolean increments;
    /** By node id: a {@link TextAccumulator}, or a value that is not text. */
    private final Map<String, Object> outputs = new LinkedHashMap<>();
    /** Characters of all outputs; changed by {@link #add}. */
    private long size;

    /** @param increments whether frames hold increments, and not snapshots */
    public OutputAccumulator(boolean increments) {
        this.increments = increments;
    }

    /** Adds the outputs of a frame. Text adds up; any other value replaces the one before. */
    public void add(Map<String, Object> more) {
        more.forEach(this::add);
    }

    private void add(String node, Object value) {
        Object before = outputs.get(node);
        if (value instanceof String text) {
            TextAccumulator whole = before instanceof TextAccumulator known
                    ? known
                    : new TextAccumulator(increments, Integer.MAX_VALUE);
            size -= length(before);
            whole.add(text);
            outputs.put(node, whole);
            size += whole.length();
        } else if (value != null) {
            size += length(value) - length(before);
            outputs.put(node, value);
        } else {
            outputs.putIfAbsent(node, null);
        }
    }

    private static long length(Object value) {
        if (value == null) {
            return 0;
        }
        return value instanceof TextAccumulator text
                ? text.length()
                : Json.text(value).length();
    }

    /** Characters of all outputs, with values that are not text written as JSON. */
    public long size() {
        return size;
    }

    /** By node id; text is a {@code String}. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>(outputs);
        values.replaceAll((node, value) -> value instanceof TextAccumulator text ? text.toString() : value);
        return values;
    }

    /** The text of the output {@code name}; for null that of the sole output, or all of them as JSON; empty for none. */
    public String text(String name) {
        Map<String, Object> values = values();
        return name == null && values.size() > 1 ? Json.text(values) : OutputSelector.text(values, name);
    }
}

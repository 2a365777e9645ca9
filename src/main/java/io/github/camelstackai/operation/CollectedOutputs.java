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

import io.github.camelstackai.protocol.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The outputs of a streamed answer, put together from its frames. Not thread-safe. */
final class CollectedOutputs {
    private final boolean increments;
    private final Map<String, Object> parts = new LinkedHashMap<>();
    private long size;

    /** @param increments whether frames bring what is new, and not the value so far */
    CollectedOutputs(boolean increments) {
        this.increments = increments;
    }

    /** Text is appended; any other value takes the place of the one before. */
    void add(Map<String, Object> outputs) {
        outputs.forEach((node, value) -> {
            if (increments && value instanceof String text) {
                append(node, text);
            } else if (value != null) {
                size += length(value) - length(parts.put(node, value));
            } else {
                parts.putIfAbsent(node, null);
            }
        });
    }

    /** Characters of all values, the objects among them written as JSON. */
    long size() {
        return size;
    }

    /** By node name; text is a {@code String}. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>(parts);
        values.replaceAll((node, value) -> value instanceof StringBuilder text ? text.toString() : value);
        return values;
    }

    /** The text of {@code output}; without a name that of the sole output, or all of them as JSON; empty for none. */
    String text(String output) {
        Map<String, Object> values = values();
        Object value = output != null
                ? values.get(output)
                : values.size() == 1 ? values.values().iterator().next() : values.isEmpty() ? null : values;
        return value == null ? "" : Json.text(value);
    }

    private void append(String node, String text) {
        StringBuilder whole = parts.get(node) instanceof StringBuilder begun ? begun : new StringBuilder();
        if (whole.isEmpty()) {
            size -= length(parts.put(node, whole));
        }
        whole.append(text);
        size += text.length();
    }

    private long length(Object value) {
        if (value == null) {
            return 0;
        }
        return value instanceof CharSequence text
                ? text.length()
                : Json.text(value).length();
    }
}

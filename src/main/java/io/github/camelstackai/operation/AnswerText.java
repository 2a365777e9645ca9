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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The text of a streamed answer: of the chosen output, or of the sole one. Not thread-safe. */
final class AnswerText {
    private final String output;
    private final boolean increments;
    private final int limit;
    private final Set<String> nodes = new TreeSet<>();
    private final StringBuilder text = new StringBuilder();

    /**
     * @param output the chosen one; null for the sole one
     * @param increments whether frames bring what is new, and not the text so far
     * @param limit characters that are kept
     */
    AnswerText(String output, boolean increments, int limit) {
        this.output = output;
        this.increments = increments;
        this.limit = limit;
    }

    /** Takes a frame's outputs, and returns what they add; empty for nothing. */
    String add(Map<String, Object> outputs) {
        // as rarely as can be: each reference written into an old object is work for the collector
        if (!nodes.containsAll(outputs.keySet())) {
            nodes.addAll(outputs.keySet());
        }
        String part = of(outputs);
        if (!increments && !part.isEmpty()) {
            text.setLength(0);
        }
        text.append(part, 0, Math.min(part.length(), limit - text.length()));
        return part;
    }

    /** Whether frames bring what is new, and not the text so far. */
    boolean increments() {
        return increments;
    }

    /** What is kept of the text so far. */
    String soFar() {
        return text.toString();
    }

    /** @throws IllegalStateException when there were several outputs and none was chosen */
    void checkSole() {
        if (output == null && nodes.size() > 1) {
            throw new IllegalStateException("The flow writes to the outputs " + nodes
                    + "; set the option output to the one whose text is wanted");
        }
    }

    private String of(Map<String, Object> outputs) {
        Object value = output != null
                ? outputs.get(output)
                : outputs.size() == 1 ? outputs.values().iterator().next() : null;
        return value == null ? "" : Json.text(value);
    }
}

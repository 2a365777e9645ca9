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
package io.github.camelstackai.stream;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiProgress;
import io.github.camelstackai.protocol.OutputSelector;
import io.github.camelstackai.protocol.RunResult;
import io.github.camelstackai.protocol.TextAccumulator;
import io.github.camelstackai.protocol.frame.Frame;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Maps the frames of one stream to chunks, and keeps the text so far. Not thread-safe. */
final class ChunkMapper {
    private final String output;
    private final TextAccumulator textSoFar;
    private final boolean increments;
    private final Set<String> outputs = new TreeSet<>();
    /** The first half of a pair that the last frame ended with; written by {@link #map}. */
    private String surrogate = "";

    ChunkMapper(StreamOptions options) {
        this.output = options.output();
        this.increments = options.increments();
        this.textSoFar = new TextAccumulator(options.increments(), options.bufferSize());
    }

    StackAiChunk map(Frame frame) {
        RunResult result = frame.result();
        if (!outputs.containsAll(result.outputs().keySet())) { // as nearly no frame after the first
            outputs.addAll(result.outputs().keySet());
        }
        String text = whole(OutputSelector.text(result.outputs(), output), frame.terminal());
        textSoFar.add(text);
        return new StackAiChunk(
                text,
                result.outputs(),
                result.runId(),
                result.state(),
                progress(result.progress()),
                frame.terminal(),
                result.raw());
    }

    /** A frame may end within a surrogate pair: its first half is added to the next chunk, so that each can be encoded. */
    private String whole(String part, boolean last) {
        String text = increments && !surrogate.isEmpty() ? surrogate + part : part;
        boolean split = !last && !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        surrogate = split ? text.substring(text.length() - 1) : "";
        return split ? text.substring(0, text.length() - 1) : text;
    }

    /** The first {@code bufferSize} characters of the text so far. */
    String textSoFar() {
        return textSoFar.toString();
    }

    /** @throws IllegalStateException if there were several outputs and the options select none */
    void checkSoleOutput() {
        if (output == null && outputs.size() > 1) {
            throw new IllegalStateException(
                    "The flow writes to the outputs " + outputs + "; set the option output to the one to read");
        }
    }

    private static StackAiProgress progress(Map<String, Object> data) {
        if (data == null) {
            return null;
        }
        Object node = data.get("current_node");
        return new StackAiProgress(
                node == null ? null : node.toString(),
                number(data.get("started_nodes")),
                number(data.get("completed_nodes")),
                number(data.get("total_nodes")));
    }

    private static Integer number(Object value) {
        return value instanceof Number number ? number.intValue() : null;
    }
}

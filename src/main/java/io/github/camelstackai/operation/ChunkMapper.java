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

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiProgress;
import io.github.camelstackai.protocol.Frame;
import io.github.camelstackai.protocol.RunResult;
import java.util.Map;

/** Makes chunks of frames. Not thread-safe. */
final class ChunkMapper {
    private final AnswerText text;

    ChunkMapper(AnswerText text) {
        this.text = text;
    }

    StackAiChunk chunk(Frame frame) {
        RunResult result = frame.result();
        return new StackAiChunk(
                text.add(result.outputs()),
                result.outputs(),
                result.runId(),
                result.state(),
                progress(result.progress()),
                frame.terminal(),
                result.raw());
    }

    AnswerText text() {
        return text;
    }

    String textSoFar() {
        return text.soFar();
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

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
package io.github.camelstackai;

import java.util.Map;

/**
 * One frame of a streamed answer. Camel converts it to {@code String}, as in {@code ${body}}, by its text.
 *
 * @param text the text that the frame adds to the selected output, or to its only output; with {@code delta=false} the whole text
 *     so far; never null, empty if the frame has no text
 * @param outputs the values in the frame by output node name, each as in {@code raw}; never null, empty if the frame has none
 * @param runId id of the run; null until the service has named it
 * @param state state of the run, as the service names it; null if the frame has none
 * @param progress progress of the run; null if the frame has none
 * @param isLast whether this is the last chunk, and the answer is complete
 * @param raw the whole frame, including unknown keys; JSON objects are {@code Map}s, arrays are {@code List}s
 */
public record StackAiChunk(
        String text,
        Map<String, Object> outputs,
        String runId,
        String state,
        StackAiProgress progress,
        boolean isLast,
        Map<String, Object> raw) {
    /** Returns the text. */
    @Override
    public String toString() {
        return text;
    }
}

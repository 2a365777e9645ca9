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
 * One frame of a streamed answer. As {@code String} (Camel's type converters, {@code ${body}}) it is its text.
 *
 * @param text what the frame adds to the chosen output, or to its sole one; with {@code delta=false} the text so far; empty,
 *     never null, for a frame that only brings progress or the end
 * @param outputs what the frame says of the outputs, by node name; empty for none
 * @param runId null until the service has named the run
 * @param state as the service names it; null when the frame has none
 * @param progress null when the frame has none
 * @param isLast whether the answer is complete with this chunk
 * @param raw the whole frame, unknown keys included
 */
public record StackAiChunk(
        String text,
        Map<String, Object> outputs,
        String runId,
        String state,
        StackAiProgress progress,
        boolean isLast,
        Map<String, Object> raw) {
    /** The text, so that a log line shows what a person would read. */
    @Override
    public String toString() {
        return text;
    }
}

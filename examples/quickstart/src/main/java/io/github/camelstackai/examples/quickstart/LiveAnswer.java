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
package io.github.camelstackai.examples.quickstart;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiProgress;
import java.io.PrintStream;

/** Prints an answer as it arrives, and the progress of the flow's nodes on separate lines. Not thread-safe. */
final class LiveAnswer {
    private final PrintStream out;
    /** Printed last. */
    private StackAiProgress progress;
    /** Whether the cursor is not at the start of a line. */
    private boolean insideLine;

    LiveAnswer(PrintStream out) {
        this.out = out;
    }

    void show(StackAiChunk chunk) {
        if (chunk.progress() != null && !chunk.progress().equals(progress)) {
            progress = chunk.progress();
            endLine();
            out.println(
                    "[" + progress.node() + ": " + progress.completed() + " of " + progress.total() + " nodes done]");
        }
        if (!chunk.text().isEmpty()) {
            out.print(chunk.text());
            out.flush();
            insideLine = !chunk.text().endsWith("\n");
        }
        if (chunk.isLast()) {
            endLine();
            out.println("Complete. State " + chunk.state() + ", run " + chunk.runId());
        }
    }

    private void endLine() {
        if (insideLine) {
            out.println();
            insideLine = false;
        }
    }
}

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

/** Prints an answer as it is written, and on lines of its own how far the flow's nodes are. One thread at a time. */
final class LiveAnswer {
    private final PrintStream out;
    /** What was printed last, by {@link #show}. */
    private StackAiProgress progress;

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

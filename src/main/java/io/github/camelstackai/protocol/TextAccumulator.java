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

/**
 * The text of one output as the frames of a stream add up to it: increments are appended, a snapshot replaces what came before it
 * unless it is empty. Not thread-safe.
 */
public final class TextAccumulator {
    private final boolean increments;
    private final int limit;
    private final StringBuilder text = new StringBuilder();

    /**
     * @param increments whether frames hold increments, and not snapshots
     * @param limit how many characters are kept
     */
    public TextAccumulator(boolean increments, int limit) {
        this.increments = increments;
        this.limit = limit;
    }

    /** Adds the text of the next frame. */
    public void add(String part) {
        if (!increments && !part.isEmpty()) {
            text.setLength(0);
        }
        text.append(part, 0, Math.min(part.length(), limit - text.length()));
    }

    /**
     * Adds the text of the next frame, and returns what it adds at the end of the text.
     *
     * @throws IllegalStateException if a snapshot changes text that came before it
     */
    public String append(String part) {
        if (increments || part.isEmpty()) {
            add(part);
            return part;
        }
        int known = text.length();
        if (known > part.length() || text.compareTo(new StringBuilder(part.substring(0, known))) != 0) {
            throw new IllegalStateException(
                    "The flow replaced text that was already read; use delta=true, or read the" + " stream by chunks");
        }
        add(part);
        return part.substring(known);
    }

    public int length() {
        return text.length();
    }

    /** What is kept of the text. */
    @Override
    public String toString() {
        return text.toString();
    }
}

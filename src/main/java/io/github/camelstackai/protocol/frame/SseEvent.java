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
package io.github.camelstackai.protocol.frame;

import java.io.ByteArrayOutputStream;

/** The server-sent event that is being received: its data so far, and what its name means. Not thread-safe. */
final class SseEvent {
    /** What the name of an event says about its data, in ascending order of precedence. */
    enum Meaning {
        /** No name, or the default one. */
        PLAIN,
        /** Unknown, such as {@code ping}: a frame only if the data is one. */
        OTHER,
        /** The run failed. */
        ERROR,
        /** The stream is complete. */
        END
    }

    static final Slice DONE = Slice.of("[DONE]");
    private static final Slice DEFAULT_NAME = Slice.of("message");
    private static final Slice ERROR_NAME = Slice.of("error");
    private static final Slice END_NAME = Slice.of(EndMarker.NAME);

    private ByteArrayOutputStream lines = new ByteArrayOutputStream(); // replaced by clear
    private boolean hasData; // written by add
    private Meaning meaning = Meaning.PLAIN; // written by name

    /** Adds the value of a field {@code event}. Of several names the one of the highest precedence counts. */
    void name(Slice value) {
        Meaning named = meaningOf(value.strip());
        if (named.compareTo(meaning) > 0) {
            meaning = named;
        }
    }

    private static Meaning meaningOf(Slice name) {
        if (name.sameAs(END_NAME)) {
            return Meaning.END;
        }
        if (name.sameAs(ERROR_NAME)) {
            return Meaning.ERROR;
        }
        return name.isEmpty() || name.sameAs(DEFAULT_NAME) ? Meaning.PLAIN : Meaning.OTHER;
    }

    /** Adds a line of data. */
    void add(Slice line) {
        lines.write(line.array(), line.offset(), line.length());
        lines.write('\n');
        hasData |= !line.strip().isEmpty();
    }

    /** Whether no part of an event has been received, not even a blank line of data. */
    boolean isBlank() {
        return meaning == Meaning.PLAIN && lines.size() == 0;
    }

    /** Whether the data is more than whitespace. */
    boolean hasData() {
        return hasData;
    }

    /** The data without whitespace at its ends. */
    Slice data() {
        return new Slice(lines.toByteArray(), 0, lines.size()).strip();
    }

    Meaning meaning() {
        return meaning;
    }

    void clear() {
        if (lines.size() > 0) {
            lines = new ByteArrayOutputStream();
        }
        hasData = false;
        meaning = Meaning.PLAIN;
    }

    /** How many bytes are held. */
    int bufferedBytes() {
        return lines.size();
    }
}

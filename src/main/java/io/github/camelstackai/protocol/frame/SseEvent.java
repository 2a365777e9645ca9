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

/** The event that is being received: its data so far, and what its name means. Not thread-safe. */
public final class SseEvent {
    /** What the name of an event says of its data. */
    enum Meaning {
        PLAIN,
        END,
        ERROR
    }

    static final Slice DONE = Slice.of("[DONE]");
    private static final Slice LINE_FEED = Slice.of("\n");
    private static final Slice ERROR_NAME = Slice.of("error");
    private static final Slice END_NAME = Slice.of(EndMarker.NAME);

    private final ByteAccumulator lines;
    private final ObjectScanner scanner = new ObjectScanner();
    private Slice onlyLine; // set where the first line is all there is, so that it needs no copy
    private Meaning meaning = Meaning.PLAIN; // set by name

    /** Bounds the room it takes; that no more than {@code maxSize} bytes come is up to the caller. */
    SseEvent(int maxSize) {
        this.lines = new ByteAccumulator(maxSize);
    }

    /** Takes the value of an {@code event} field. A name that ends the stream is not taken back by a later one. */
    void name(Slice value) {
        Slice name = value.strip();
        if (name.sameAs(END_NAME)) {
            meaning = Meaning.END;
        } else if (meaning == Meaning.PLAIN && name.sameAs(ERROR_NAME)) {
            meaning = Meaning.ERROR;
        }
    }

    /** Takes one line of data, which must stay valid until {@link #clear()} if that makes the data complete. */
    void add(Slice line) {
        scanner.scan(line);
        boolean first = lines.size() == 0;
        if (first && (state() == ObjectScanner.State.COMPLETE || line.strip().sameAs(DONE))) {
            onlyLine = line;
        } else {
            lines.add(line);
            lines.add(LINE_FEED);
        }
    }

    /** Takes a line that is all there is, and no blank one; it must stay valid until {@link #clear()}. */
    void addWhole(Slice line) {
        onlyLine = line;
        scanner.scan(line);
    }

    /** Whether the data is one frame already, so that it need not wait for the blank line. */
    boolean isComplete() {
        return onlyLine != null || state() == ObjectScanner.State.COMPLETE;
    }

    /** Whether nothing of an event has come, not even a blank line of data. */
    boolean isBlank() {
        return meaning == Meaning.PLAIN && lines.size() == 0;
    }

    /** Whether the data is more than blanks. */
    boolean hasData() {
        return state() != ObjectScanner.State.EMPTY;
    }

    /** Whether the data is an object, whole or unfinished. */
    boolean holdsObject() {
        return state() == ObjectScanner.State.COMPLETE || state() == ObjectScanner.State.OPEN;
    }

    /** The data without blanks at its ends. */
    Slice data() {
        return onlyLine == null ? lines.content().strip() : onlyLine.strip();
    }

    ObjectScanner.State state() {
        return scanner.state();
    }

    Meaning meaning() {
        return meaning;
    }

    void clear() {
        lines.clear();
        scanner.reset();
        onlyLine = null;
        meaning = Meaning.PLAIN;
    }

    /** How many bytes are kept. */
    int held() {
        return lines.size();
    }
}

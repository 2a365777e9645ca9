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

/**
 * Tells, byte by byte, where a JSON object that comes in pieces is complete. It follows braces, brackets and strings
 * alone: of valid JSON it is always right, and anything else is for the parser to refuse. Not thread-safe.
 */
public final class ObjectScanner {
    enum State {
        /** Nothing but blanks. */
        EMPTY,
        /** Inside an object. */
        OPEN,
        /** One whole object, and perhaps blanks. */
        COMPLETE,
        /** Something else, or more than one object. */
        OTHER
    }

    private State state = State.EMPTY; // the fields follow the bytes scanned
    private int depth;
    private boolean inString;
    private boolean escaped;

    State state() {
        return state;
    }

    void scan(Slice bytes) {
        int index = 0;
        while (index < bytes.length() && state != State.OTHER) {
            if (inString) {
                index = skipString(bytes, index);
            } else {
                scan(bytes.at(index++));
            }
        }
    }

    /** To behind the end of the string, or of the bytes; most bytes are in strings, so the loop keeps to locals. */
    private int skipString(Slice bytes, int start) {
        boolean literal = escaped;
        boolean open = true;
        int index = start;
        while (open && index < bytes.length()) {
            byte character = bytes.at(index++);
            open = literal || character != '"';
            literal = !literal && character == '\\';
        }
        escaped = literal;
        inString = open;
        return index;
    }

    void reset() {
        state = State.EMPTY;
        depth = 0;
        inString = false;
        escaped = false;
    }

    private void scan(byte character) {
        if (state == State.OPEN) {
            scanStructure(character);
        } else if (state == State.EMPTY && character == '{') {
            depth = 1;
            state = State.OPEN;
        } else if (!Slice.isBlank(character)) {
            state = State.OTHER;
        }
    }

    private void scanStructure(byte character) {
        switch (character) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                depth--;
                state = depth == 0 ? State.COMPLETE : State.OPEN;
            }
            default -> {}
        }
    }
}

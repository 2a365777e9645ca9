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
 * Tells, byte by byte, where a JSON object that comes in pieces is complete. It follows braces, brackets and strings
 * alone: of valid JSON it is always right, and anything else is for the parser to refuse. Not thread-safe.
 */
final class ObjectScanner {
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
        for (int index = 0; index < bytes.length() && state != State.OTHER; index++) {
            scan(bytes.at(index));
        }
    }

    void reset() {
        state = State.EMPTY;
        depth = 0;
        inString = false;
        escaped = false;
    }

    private void scan(byte character) {
        if (state == State.OPEN) {
            scanInside(character);
        } else if (state == State.EMPTY && character == '{') {
            depth = 1;
            state = State.OPEN;
        } else if (!Slice.isBlank(character)) {
            state = State.OTHER;
        }
    }

    private void scanInside(byte character) {
        if (escaped) {
            escaped = false;
        } else if (inString) {
            escaped = character == '\\';
            inString = character != '"';
        } else {
            scanStructure(character);
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

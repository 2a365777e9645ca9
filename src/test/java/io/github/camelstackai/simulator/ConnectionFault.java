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
package io.github.camelstackai.simulator;

/**
 * What happens to the connection instead of the rest of a response.
 *
 * @param after bytes of the response, head included, that the socket accepts before the fault; {@link #AT_END} for all
 *     bytes except the end mark of the body
 */
record ConnectionFault(Kind kind, long after) {
    static final long AT_END = -1;

    enum Kind {
        /** A TCP reset. */
        RESET,
        /** A regular close. */
        CLOSE,
        /** The simulator sends nothing more and leaves the connection open. */
        SILENCE
    }

    static ConnectionFault of(Kind kind, long after) {
        if (after < 0) {
            throw new IllegalArgumentException("Negative number of response bytes: " + after);
        }
        return new ConnectionFault(kind, after);
    }

    static ConnectionFault atEnd(Kind kind) {
        return new ConnectionFault(kind, AT_END);
    }

    boolean isAtEnd() {
        return after == AT_END;
    }
}

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
 * What happens to the connection in place of the rest of a response.
 *
 * @param after how many bytes of the response, head included, the socket has taken before; {@link #AT_END} for all but
 *     the end of the response
 */
record ConnectionFault(Kind kind, long after) {
    static final long AT_END = -1;

    enum Kind {
        /** A TCP reset. */
        RESET,
        /** A regular close. */
        CLOSE,
        /** Nothing more is sent, and the connection stays open. */
        SILENCE
    }

    static ConnectionFault of(Kind kind, long after) {
        if (after < 0) {
            throw new IllegalArgumentException("A response cannot be cut after " + after + " bytes");
        }
        return new ConnectionFault(kind, after);
    }

    boolean atEnd() {
        return after == AT_END;
    }
}

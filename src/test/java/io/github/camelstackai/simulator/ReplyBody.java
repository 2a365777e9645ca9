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

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The body of a reply. Immutable, but for what a source remembers.
 *
 * @param pieces sent first
 * @param source asked for more once those are sent, until it answers null; null for none
 */
record ReplyBody(Framing framing, List<Segment> pieces, Supplier<byte[]> source) {
    enum Framing {
        /** {@code Content-Length}. */
        LENGTH,
        /** Each piece a chunk. */
        CHUNKED,
        /** Neither: the body ends with the connection. */
        UNTIL_CLOSE,
        /** Nor even a head: the pieces are all that is sent, then the connection is closed. */
        RAW
    }

    static ReplyBody of(Framing framing, List<Segment> pieces) {
        return new ReplyBody(framing, List.copyOf(pieces), null);
    }

    static ReplyBody of(Framing framing, Supplier<byte[]> source) {
        return new ReplyBody(framing, List.of(), source);
    }

    ReplyBody with(Framing newFraming) {
        return new ReplyBody(newFraming, pieces, source);
    }

    ReplyBody plus(Segment piece) {
        Framing open = framing == Framing.LENGTH ? Framing.CHUNKED : framing;
        return new ReplyBody(
                open, Stream.concat(pieces.stream(), Stream.of(piece)).toList(), source);
    }

    /** Of the pieces. */
    long length() {
        return pieces.stream().mapToLong(Segment::length).sum();
    }

    boolean isEmpty() {
        return framing == Framing.LENGTH && length() == 0;
    }

    Iterator<Segment> iterator() {
        return pieces.stream().filter(piece -> piece.length() > 0).iterator();
    }
}

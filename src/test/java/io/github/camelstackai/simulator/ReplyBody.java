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
import java.util.stream.Stream;

/**
 * The body of a reply. Immutable, except for the state of a source.
 *
 * @param segments sent first
 * @param source supplies more bytes when the segments are sent, until it returns null; null for none
 */
record ReplyBody(Framing framing, List<Segment> segments, BodySource source) {
    static final ReplyBody USUAL = of(Framing.USUAL, List.of());

    enum Framing {
        /** The service decides on body and framing. */
        USUAL,
        /** {@code Content-Length}. */
        LENGTH,
        /** Each segment is a chunk. */
        CHUNKED,
        /** The body ends with the connection. */
        UNTIL_CLOSE,
        /** There is no head either: the simulator sends the segments alone and closes the connection. */
        RAW
    }

    static ReplyBody of(Framing framing, List<Segment> segments) {
        return new ReplyBody(framing, List.copyOf(segments), null);
    }

    static ReplyBody of(Framing framing, BodySource source) {
        return new ReplyBody(framing, List.of(), source);
    }

    boolean isUsual() {
        return framing == Framing.USUAL;
    }

    /**
     * @throws IllegalStateException if this is the body that the service sends
     */
    ReplyBody with(Framing newFraming) {
        checkNotUsual();
        return new ReplyBody(newFraming, segments, source);
    }

    /**
     * @throws IllegalStateException if this is the body that the service sends
     */
    ReplyBody plus(Segment segment) {
        checkNotUsual();
        Framing open = framing == Framing.LENGTH ? Framing.CHUNKED : framing;
        return new ReplyBody(
                open, Stream.concat(segments.stream(), Stream.of(segment)).toList(), source);
    }

    private void checkNotUsual() {
        if (isUsual()) {
            throw new IllegalStateException("Reply.usual() has the body that the service sends");
        }
    }

    /** Bytes of the segments. */
    long length() {
        return segments.stream().mapToLong(Segment::length).sum();
    }

    boolean isEmpty() {
        return framing == Framing.LENGTH && source == null && length() == 0;
    }

    /** The segments that are not empty. */
    Iterator<Segment> iterator() {
        return segments.stream().filter(segment -> segment.length() > 0).iterator();
    }
}

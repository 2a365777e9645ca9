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

import io.github.camelstackai.simulator.ReplyBody.Framing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Supplier;

/** The bytes of one reply as they go over the wire, piece by piece. Used by one thread at a time. */
final class ReplyEncoder {
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CRLF = {'\r', '\n'};

    private final ReplyHead head;
    private final boolean raw;
    private final boolean chunked;
    private final boolean endsWithBody;
    private final ReplyTiming pace;
    private final Iterator<Segment> pieces;
    private final Supplier<byte[]> source; // null for none
    // Written by the thread that plays.
    private boolean started;
    private boolean exhausted;

    /**
     * @param http11 whether the client understands chunks
     */
    ReplyEncoder(Reply reply, boolean http11) {
        ReplyBody body = reply.body;
        boolean byHand = reply.head.has("Content-Length") || reply.head.has("Transfer-Encoding");
        this.raw = body.framing() == Framing.RAW;
        this.chunked = body.framing() == Framing.CHUNKED && http11 && !byHand;
        this.endsWithBody = chunked
                && reply.effects.fault() != null
                && reply.effects.fault().atEnd();
        this.head = byHand ? reply.head : framed(reply.head, body, chunked);
        this.pace = reply.pace;
        this.pieces = body.iterator();
        this.source = body.source();
    }

    private static ReplyHead framed(ReplyHead head, ReplyBody body, boolean chunked) {
        if (chunked) {
            return head.with("Transfer-Encoding", "chunked");
        }
        boolean bodiless = head.status() == 204 || head.status() == 304;
        if (body.framing() == Framing.LENGTH) {
            return bodiless ? head : head.with("Content-Length", Long.toString(body.length()));
        }
        return head.without("Connection").with("Connection", "close");
    }

    ReplyHead head() {
        return head;
    }

    /** Whether there is no head. */
    boolean raw() {
        return raw;
    }

    /** The next bytes; null when there are no more. */
    Segment next() {
        if (exhausted) {
            return null;
        }
        Segment piece = pieces.hasNext() ? pieces.next() : fromSource();
        exhausted = piece == null || (!chunked && source == null && !pieces.hasNext());
        if (piece == null) {
            return chunked && !endsWithBody ? Segment.of(LAST_CHUNK) : null;
        }
        return new Segment(
                pauseBefore(piece),
                chunked ? chunk(piece.bytes().duplicate()) : piece.bytes().duplicate());
    }

    /** Whether {@link #next} has given all; for a source that is known only when it has answered null. */
    boolean exhausted() {
        return exhausted;
    }

    private Segment fromSource() {
        byte[] bytes = source == null ? null : source.get();
        while (bytes != null && bytes.length == 0) {
            bytes = source.get();
        }
        return bytes == null ? null : Segment.of(bytes);
    }

    private Duration pauseBefore(Segment piece) {
        boolean first = !started;
        started = true;
        Duration own = piece.before() != null ? piece.before() : first ? Duration.ZERO : pace.betweenPieces();
        return first ? own.plus(pace.beforeBody()) : own;
    }

    private static ByteBuffer chunk(ByteBuffer bytes) {
        byte[] size = (Integer.toHexString(bytes.remaining()) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(size.length + bytes.remaining() + CRLF.length)
                .put(size)
                .put(bytes)
                .put(CRLF)
                .flip();
    }
}

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

/** Writes one reply as HTTP, segment by segment. For one thread at a time. */
final class ReplyEncoder {
    private static final String LAST_CHUNK = "0\r\n\r\n";
    private static final byte[] CRLF = {'\r', '\n'};

    private final ReplyHead head;
    private final boolean raw;
    private final boolean chunked;
    private final boolean omitsLastChunk;
    private final ReplyTiming timing;
    private final Iterator<Segment> segments;
    private final BodySource source; // null for none
    // Written by the sending thread.
    private boolean started;
    private boolean exhausted;

    /**
     * @param http11 whether the client supports chunks
     */
    ReplyEncoder(Reply reply, boolean http11) {
        ReplyBody body = reply.body;
        ConnectionFault fault = reply.effects.fault();
        boolean explicit = reply.head.has("Content-Length") || reply.head.has("Transfer-Encoding");
        this.raw = body.framing() == Framing.RAW;
        this.chunked = body.framing() == Framing.CHUNKED && http11 && !explicit;
        this.omitsLastChunk = fault != null && fault.isAtEnd();
        this.head = explicit ? reply.head : framed(reply.head, body, chunked);
        this.timing = reply.timing;
        this.segments = body.iterator();
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

    /** Whether the reply has no head. */
    boolean raw() {
        return raw;
    }

    /** The next bytes with the pause before them; empty if the source has none yet; null at the end. */
    Segment next() {
        if (exhausted) {
            return null;
        }
        Segment segment = segments.hasNext() ? segments.next() : fromSource();
        if (segment != null && segment.length() == 0) {
            return segment;
        }
        exhausted = segment == null || (!chunked && source == null && !segments.hasNext());
        if (segment == null) {
            return chunked && !omitsLastChunk && sourceFault() == null
                    ? Segment.latin1(Duration.ZERO, LAST_CHUNK)
                    : null;
        }
        return new Segment(
                pauseBefore(segment),
                chunked ? chunk(segment.bytes().duplicate()) : segment.bytes().duplicate());
    }

    /** Whether {@link #next} has returned the last bytes. If there is a source, true only after it has returned null. */
    boolean exhausted() {
        return exhausted;
    }

    /** Runs the task once when {@link #next} is not empty any more. */
    void whenReady(Runnable task) {
        source.whenReady(task);
    }

    /** How the connection ends after the body of the source; null for a regular end. */
    ConnectionFault.Kind sourceFault() {
        return source == null ? null : source.fault();
    }

    private Segment fromSource() {
        byte[] bytes = source == null ? null : source.next();
        return bytes == null ? null : Segment.of(null, bytes);
    }

    private Duration pauseBefore(Segment segment) {
        boolean first = !started;
        started = true;
        Duration own = segment.pause() != null ? segment.pause() : first ? Duration.ZERO : timing.betweenSegments();
        return first ? own.plus(timing.beforeBody()) : own;
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

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
package io.github.camelstackai.operation;

import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.protocol.Frame;
import io.github.camelstackai.protocol.FrameDecoder;
import io.github.camelstackai.protocol.Json;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The frames of a call's body, decoded when they are asked for. What is held is the bytes of the {@link Inbox}, no more than
 * the call was granted, and the frames of the one piece that was decoded last.
 *
 * <p>Up to the first frame it is used by the I/O thread alone; then that thread brings bytes and one reader takes frames.
 */
final class FrameSource {
    /** Bytes that are decoded at a time. */
    private static final int PIECE = 4096;

    private final FrameDecoder decoder;
    private final Inbox inbox = new Inbox();
    /** Decoded and not taken. */
    private final Queue<Frame> frames = new ArrayDeque<>();

    private final int window;
    /** Bytes taken that the call was not told of; written by the thread that decodes. */
    private int taken;
    /** Set before the first byte. */
    private volatile HttpCall call;

    /**
     * @param maxFrameSize in bytes
     * @param window bytes that the call may bring before it is granted more
     */
    FrameSource(Json json, int maxFrameSize, int window) {
        this.window = window;
        this.decoder = new FrameDecoder(json, maxFrameSize, frames::add);
    }

    Inbox inbox() {
        return inbox;
    }

    void begin(HttpCall newCall) {
        call = newCall;
    }

    /**
     * Decodes at once, which the I/O thread does as long as nobody reads.
     *
     * @return the first frame, which stays to be taken; null while there is none
     * @throws IOException when what came before any frame is none; what is wrong behind one is told after it
     */
    Frame first(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        try {
            decoder.feed(bytes);
        } catch (IOException e) {
            if (frames.isEmpty()) {
                throw e; // ends the call
            }
            breakOff(e);
        }
        grant(length);
        return frames.peek();
    }

    /** As {@link #first}, when the body has ended. */
    Frame firstAtEnd() throws IOException {
        decoder.finish();
        return frames.peek();
    }

    /**
     * Takes the next frame; null when none is there yet. Lets as much more of the body be read as is decoded.
     *
     * @throws EOFException when the body has ended and no frame is left
     * @throws IOException what broke the body
     */
    Frame poll() throws IOException {
        while (frames.isEmpty()) {
            byte[] piece = inbox.take(PIECE);
            if (piece == null) {
                decodeEnd();
            } else if (piece.length == 0) {
                return null;
            } else {
                grant(piece.length);
                decode(piece);
            }
        }
        return frames.remove();
    }

    /** Half a window at a time, since each grant wakes the I/O thread; the other half keeps the connection reading. */
    private void grant(int length) {
        taken += length;
        if (taken >= window / 2) {
            call.grant(taken);
            taken = 0;
        }
    }

    private void decode(byte[] piece) {
        try {
            decoder.feed(piece, 0, piece.length);
        } catch (IOException e) {
            breakOff(e);
        }
    }

    private void breakOff(IOException cause) {
        inbox.fail(cause);
        call.close();
    }

    private void decodeEnd() throws IOException {
        if (inbox.failure() != null) {
            throw inbox.failure();
        }
        decoder.finish();
        if (frames.isEmpty()) {
            throw new EOFException("the response ended before the answer was complete");
        }
    }
}

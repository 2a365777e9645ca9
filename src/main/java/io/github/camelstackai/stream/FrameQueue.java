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
package io.github.camelstackai.stream;

import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.frame.Frame;
import io.github.camelstackai.protocol.frame.FrameDecoder;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The frames of a response body, decoded when they are taken. It holds the bytes of a {@link BodyBuffer}, no more than the call was
 * granted, and the frames of the piece that was decoded last.
 *
 * <p>Until the first frame the I/O thread alone uses it; after that the I/O thread adds bytes and one reader takes frames.
 */
final class FrameQueue {
    /** Bytes that are decoded at once. */
    private static final int PIECE = 4096;

    private final FrameDecoder decoder;
    private final BodyBuffer buffer = new BodyBuffer();
    /** Decoded and not taken. */
    private final Queue<Frame> frames = new ArrayDeque<>();

    /** Bytes that the call may deliver before it is granted more. */
    private final int window;
    /** Bytes taken that were not granted again; written by the thread that decodes. */
    private int consumed;
    /** Written before the first byte. */
    private volatile HttpCall call;

    FrameQueue(Json json, StreamOptions options) {
        this.window = options.bufferSize();
        this.decoder = new FrameDecoder(json, options.maxResponseSize(), options.verbose(), frames::add);
    }

    BodyBuffer buffer() {
        return buffer;
    }

    void begin(HttpCall newCall) {
        call = newCall;
    }

    /**
     * Decodes on the I/O thread, while there is no reader.
     *
     * @return the first frame, which can still be taken; null while there is none
     * @throws IOException if data before the first frame is malformed; later errors surface from {@link #poll}, after the frames
     *     that precede them
     */
    Frame decodeFirst(ByteBuffer bytes) throws IOException {
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

    /** As {@link #decodeFirst}, at the end of the body. */
    Frame decodeFirstAtEnd() throws IOException {
        decoder.finish();
        return frames.peek();
    }

    /**
     * Takes the next frame, and grants the call as many bytes as are decoded; null if none is here yet.
     *
     * @throws EOFException if the body has ended and no frame is left
     * @throws IOException what broke the body
     */
    Frame poll() throws IOException {
        while (frames.isEmpty()) {
            byte[] piece = buffer.take(PIECE);
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
        consumed += length;
        if (consumed >= window / 2) {
            call.grant(consumed);
            consumed = 0;
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
        buffer.abort(cause);
        call.close();
    }

    /** Ends the call because of {@code cause}; what has arrived can still be taken. */
    void abort(IOException cause) {
        call.abort(cause);
    }

    /** Discards what follows the last frame, so that the connection can be used again. */
    void drain() {
        call.drainThenClose();
        call.grant(buffer.clear());
    }

    /** Ends the call, and discards what has arrived. */
    void close() {
        call.close();
        buffer.end();
        buffer.clear();
    }

    private void decodeEnd() throws IOException {
        Throwable failure = buffer.failure();
        if (failure != null) {
            throw failure instanceof IOException known ? known : new IOException(failure.toString(), failure);
        }
        decoder.finish();
        if (frames.isEmpty()) {
            throw new EOFException("the response ended before the answer was complete");
        }
    }
}

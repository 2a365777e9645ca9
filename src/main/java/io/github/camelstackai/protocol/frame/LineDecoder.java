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

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Splits bytes at LF, CR and CRLF, as soon as each line ends, and removes a byte order mark from the start of the stream. The bytes
 * of a line are not decoded, so that no character is split. Takes linear time, however the bytes are split, and holds no more than
 * one incomplete line. Not thread-safe.
 */
final class LineDecoder {
    static final Slice BYTE_ORDER_MARK = Slice.of("\uFEFF");
    /** A larger buffer is not kept for the next line. */
    private static final int KEPT_BYTES = 8 * 1024;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    /** The value 1 in each byte. */
    private static final long ONES = 0x0101010101010101L;

    private static final long HIGHEST_BITS = ONES << 7;

    /** Receives a line without its end; the bytes are valid during the call only. */
    @FunctionalInterface
    interface Sink {
        void line(Slice line) throws StreamDecodingException;
    }

    private final Sink sink;
    private ByteArrayOutputStream unfinished = new ByteArrayOutputStream(); // replaced after a large line
    private int maxLineSize; // written by limit
    private boolean afterCarriageReturn; // written at each line end
    private boolean started; // written by the first line
    private boolean stopped; // written by stop

    /** @param maxLineSize in bytes, including a byte order mark */
    LineDecoder(int maxLineSize, Sink sink) {
        this.maxLineSize = maxLineSize;
        this.sink = sink;
    }

    /** Splits all remaining bytes. After an exception no further calls may be made. */
    void feed(ByteBuffer bytes) throws StreamDecodingException {
        int length = bytes.remaining();
        if (bytes.hasArray()) {
            feed(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
            bytes.position(bytes.limit());
        } else {
            byte[] copy = new byte[length];
            bytes.get(copy);
            feed(copy, 0, length);
        }
    }

    /** As {@link #feed(ByteBuffer)}. */
    void feed(byte[] bytes, int offset, int length) throws StreamDecodingException {
        int end = offset + length;
        int next = offset;
        while (next < end && !stopped) {
            next = take(bytes, next, end);
        }
    }

    /** Emits a last line without an end. */
    void finish() throws StreamDecodingException {
        if (!stopped && unfinished.size() > 0) {
            emitUnfinished();
        }
    }

    /** Discards what is held, and ignores what is fed from now on; the sink may call it. */
    void stop() {
        stopped = true;
        clear();
    }

    /** Sets the maximum size of the lines that follow; the sink may call it. */
    void limit(int bytes) {
        maxLineSize = bytes;
    }

    /** How many bytes are held. */
    int bufferedBytes() {
        return unfinished.size();
    }

    private int take(byte[] bytes, int start, int end) throws StreamDecodingException {
        if (afterCarriageReturn) {
            afterCarriageReturn = false;
            if (bytes[start] == '\n') {
                return start + 1;
            }
        }
        int lineEnd = lineEnd(bytes, start, end);
        Slice part = new Slice(bytes, start, lineEnd - start);
        if ((long) unfinished.size() + part.length() > maxLineSize) {
            throw StreamDecodingException.tooLarge(maxLineSize);
        }
        if (lineEnd == end) {
            unfinished.write(bytes, start, part.length());
            return end;
        }
        afterCarriageReturn = bytes[lineEnd] == '\r';
        end(part);
        return lineEnd + 1;
    }

    /** Searches eight bytes at a time, which takes half the time of a search byte by byte. */
    private static int lineEnd(byte[] bytes, int start, int end) {
        int index = start;
        while (index <= end - Long.BYTES && !holdsLineEnd((long) LONGS.get(bytes, index))) {
            index += Long.BYTES;
        }
        while (index < end && bytes[index] != '\n' && bytes[index] != '\r') {
            index++;
        }
        return index;
    }

    private static boolean holdsLineEnd(long eight) {
        return holdsZero(eight ^ ('\n' * ONES)) || holdsZero(eight ^ ('\r' * ONES));
    }

    /** Whether one of eight bytes is zero. Subtracting 1 from each sets the highest bit of the lowest that is zero. */
    private static boolean holdsZero(long eight) {
        return ((eight - ONES) & ~eight & HIGHEST_BITS) != 0;
    }

    private void end(Slice lastPart) throws StreamDecodingException {
        if (unfinished.size() == 0) {
            emit(lastPart);
        } else {
            unfinished.write(lastPart.array(), lastPart.offset(), lastPart.length());
            emitUnfinished();
        }
    }

    private void emitUnfinished() throws StreamDecodingException {
        byte[] line = unfinished.toByteArray();
        emit(new Slice(line, 0, line.length));
        clear();
    }

    /** Frees the memory that a large line needed. */
    private void clear() {
        if (unfinished.size() > KEPT_BYTES) {
            unfinished = new ByteArrayOutputStream();
        } else {
            unfinished.reset();
        }
    }

    private void emit(Slice line) throws StreamDecodingException {
        boolean marked = !started && line.startsWith(BYTE_ORDER_MARK);
        started = true;
        sink.line(marked ? line.from(BYTE_ORDER_MARK.length()) : line);
    }
}

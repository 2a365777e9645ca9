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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Splits bytes at LF, CR and CRLF, at once as each line ends, and strips a byte order mark from the stream's start. The
 * bytes of a line are handed on undecoded, so no character is ever cut. Takes time linear in what it is fed, however
 * that is cut into pieces, and holds no more than one unfinished line. Not thread-safe.
 */
public final class LineDecoder {
    static final Slice BYTE_ORDER_MARK = Slice.of("\uFEFF");

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    /** One in each of eight bytes. */
    private static final long EACH = 0x0101_0101_0101_0101L;

    /** Takes one line without its end; the bytes are valid during the call only. */
    @FunctionalInterface
    interface Sink {
        void line(Slice line) throws StreamDecodingException;
    }

    private final Sink sink;
    private final ByteAccumulator unfinished;
    private int maxLineSize; // changed by limit
    private boolean afterCarriageReturn; // changed with each byte that ends a line
    private boolean started; // set by the first line
    private boolean stopped; // set by stop

    /** Refuses lines of more than {@code maxLineSize} bytes; a byte order mark counts. */
    LineDecoder(int maxLineSize, Sink sink) {
        this.maxLineSize = maxLineSize;
        this.unfinished = new ByteAccumulator(maxLineSize);
        this.sink = sink;
    }

    /** Takes all remaining bytes. After an exception no further calls may be made. */
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

    /** Hands on a last line that nothing ended. */
    void finish() throws StreamDecodingException {
        if (!stopped && unfinished.size() > 0) {
            emitUnfinished();
        }
    }

    /** Drops what is held and ignores whatever is fed from now on; the sink may call it. */
    void stop() {
        stopped = true;
        unfinished.clear();
    }

    /** Sets the limit of the lines to come; the sink may call it. */
    void limit(int bytes) {
        maxLineSize = bytes;
    }

    /** How many bytes are kept. */
    int held() {
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
            unfinished.add(part);
            return end;
        }
        afterCarriageReturn = bytes[lineEnd] == '\r';
        end(part);
        return lineEnd + 1;
    }

    private static int lineEnd(byte[] bytes, int start, int end) {
        int index = start;
        while (index <= end - Long.BYTES && !holdsLineEnd((long) EIGHT.get(bytes, index))) {
            index += Long.BYTES;
        }
        while (index < end && bytes[index] != '\n' && bytes[index] != '\r') {
            index++;
        }
        return index;
    }

    private static boolean holdsLineEnd(long eight) {
        return holdsZero(eight ^ EACH * '\n') || holdsZero(eight ^ EACH * '\r');
    }

    /** Whether one of the eight bytes is zero: only that, or one above it, borrows its high bit. */
    private static boolean holdsZero(long eight) {
        return ((eight - EACH) & ~eight & (EACH << 7)) != 0;
    }

    private void end(Slice lastPart) throws StreamDecodingException {
        if (unfinished.size() == 0) {
            emit(lastPart);
        } else {
            unfinished.add(lastPart);
            emitUnfinished();
        }
    }

    private void emitUnfinished() throws StreamDecodingException {
        emit(unfinished.content());
        unfinished.clear();
    }

    private void emit(Slice line) throws StreamDecodingException {
        boolean marked = !started && line.startsWith(BYTE_ORDER_MARK);
        started = true;
        sink.line(marked ? line.from(BYTE_ORDER_MARK.length()) : line);
    }
}

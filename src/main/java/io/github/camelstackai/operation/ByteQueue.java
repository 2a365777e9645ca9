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

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes first in, first out, in one array that grows with what it holds. Not thread-safe. */
final class ByteQueue {
    private static final int SMALLEST = 256;

    private byte[] bytes = new byte[0];
    private int start;
    private int end;

    boolean isEmpty() {
        return start == end;
    }

    /** Takes all that remains in {@code more}. */
    void add(ByteBuffer more) {
        int length = more.remaining();
        if (bytes.length - end < length) {
            makeRoom(length);
        }
        more.get(bytes, end, length);
        end += length;
    }

    /** Takes the oldest bytes, at most {@code max}. */
    byte[] take(int max) {
        int length = Math.min(max, end - start);
        byte[] taken = Arrays.copyOfRange(bytes, start, start + length);
        start += length;
        if (isEmpty()) {
            start = 0;
            end = 0;
        }
        return taken;
    }

    /** Lets go of everything, and returns how much it was. */
    int clear() {
        int held = end - start;
        bytes = new byte[0];
        start = 0;
        end = 0;
        return held;
    }

    private void makeRoom(int length) {
        int held = end - start;
        boolean compact = start >= held && bytes.length - held >= length;
        byte[] target = compact ? bytes : new byte[Math.max(SMALLEST, 2 * (held + length))];
        System.arraycopy(bytes, start, target, 0, held);
        bytes = target;
        start = 0;
        end = held;
    }
}

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

import java.util.Arrays;

/** Bytes kept until more of them arrive. Grows by doubling, so that appending stays linear. Not thread-safe. */
public final class ByteAccumulator {
    private static final int KEPT_CAPACITY = 8 * 1024;

    private final int maxSize;
    private byte[] bytes = new byte[256]; // replaced as it grows, and by clear
    private int size; // changed by add and clear

    /** Takes no more room than {@code maxSize} bytes, or what it holds if that should be more. */
    ByteAccumulator(int maxSize) {
        this.maxSize = maxSize;
    }

    int size() {
        return size;
    }

    void add(Slice more) {
        reserve(more.length());
        System.arraycopy(more.array(), more.offset(), bytes, size, more.length());
        size += more.length();
    }

    /** What is in here; valid until the next change. */
    Slice content() {
        return new Slice(bytes, 0, size);
    }

    /** Empties the bag, and gives the room back that one large frame had needed. */
    void clear() {
        size = 0;
        if (bytes.length > KEPT_CAPACITY) {
            bytes = new byte[KEPT_CAPACITY];
        }
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            int doubled = (int) Math.min(2L * bytes.length, maxSize);
            bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
        }
    }
}

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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A view of bytes that their owner may overwrite after the call that passes the view. */
final class Slice {
    private final byte[] bytes;
    private final int offset;
    private final int length;

    Slice(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    static Slice of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Slice(bytes, 0, bytes.length);
    }

    byte[] array() {
        return bytes;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    byte at(int index) {
        return bytes[offset + index];
    }

    /** Without its first {@code count} bytes; there must be as many. */
    Slice from(int count) {
        return new Slice(bytes, offset + count, length - count);
    }

    /** Without whitespace at both ends. */
    Slice strip() {
        int start = offset;
        int end = offset + length;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        return new Slice(bytes, start, end - start);
    }

    boolean startsWith(Slice other) {
        return length >= other.length
                && Arrays.equals(
                        bytes, offset, offset + other.length, other.bytes, other.offset, other.offset + other.length);
    }

    boolean sameAs(Slice other) {
        return length == other.length && startsWith(other);
    }

    /** Whether {@code whole} starts with this, and is longer. */
    boolean isPrefixOf(Slice whole) {
        return length < whole.length && whole.startsWith(this);
    }

    /** The bytes as UTF-8; what is not UTF-8 becomes U+FFFD. */
    String text() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    /** No more than the first {@code limit} bytes. */
    Slice head(int limit) {
        return new Slice(bytes, offset, Math.min(length, limit));
    }

    /** Whether it is whitespace in JSON. */
    static boolean isBlank(byte character) {
        return character == ' ' || character == '\t' || character == '\n' || character == '\r';
    }
}

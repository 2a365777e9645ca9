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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The body of a request as it arrives: its length and checksum, and its first bytes. Used by the connection's I/O thread. */
final class RequestContent {
    /** Bytes that are kept of each body. */
    static final int KEPT = 16 * 1024 * 1024;

    private final ByteArrayOutputStream start = new ByteArrayOutputStream(0);
    private final CRC32 checksum = new CRC32();
    private long length;

    void add(ByteBuffer part) {
        length += part.remaining();
        checksum.update(part.duplicate());
        byte[] bytes = new byte[Math.min(part.remaining(), KEPT - start.size())];
        part.get(bytes);
        start.writeBytes(bytes);
        part.position(part.limit());
    }

    byte[] start() {
        return start.toByteArray();
    }

    long length() {
        return length;
    }

    long checksum() {
        return checksum.getValue();
    }
}

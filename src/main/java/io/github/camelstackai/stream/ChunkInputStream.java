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

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.protocol.TextAccumulator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The text of a stream in UTF-8, as it arrives. Reading blocks until the next chunk. Used by one reader. */
final class ChunkInputStream extends InputStream {
    private final ChunkStream chunks;
    private final TextAccumulator text;
    private final Runnable check;
    private byte[] part = new byte[0];
    private int position;
    private boolean ended;

    /** @param check runs after each chunk, and throws to fail the stream */
    ChunkInputStream(ChunkStream chunks, boolean increments, Runnable check) {
        this.chunks = chunks;
        this.check = check;
        // increments need no text to compare with
        this.text = new TextAccumulator(increments, increments ? 0 : Integer.MAX_VALUE);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (position == part.length && !ended && length > 0) {
            nextPart();
        }
        if (position == part.length) {
            return length == 0 ? 0 : -1;
        }
        int read = Math.min(length, part.length - position);
        System.arraycopy(part, position, target, offset, read);
        position += read;
        return read;
    }

    @Override
    public int available() {
        return part.length - position;
    }

    @Override
    public void close() {
        chunks.close();
    }

    private void nextPart() throws IOException {
        try {
            StackAiChunk chunk = chunks.next();
            check.run();
            part = text.append(chunk.text()).getBytes(StandardCharsets.UTF_8);
            position = 0;
            ended = chunk.isLast();
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}

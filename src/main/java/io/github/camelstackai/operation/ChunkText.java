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

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The text that a stream's chunks add up to, as a whole or as it arrives. Used by one reader. */
final class ChunkText extends InputStream {
    private final StackAiStream chunks;
    private final AnswerText answer;
    /** All of it when frames are snapshots; otherwise not used. */
    private String snapshot = "";

    private byte[] part = new byte[0];
    private int position;
    private boolean ended;

    ChunkText(StackAiStream chunks, AnswerText answer) {
        this.chunks = chunks;
        this.answer = answer;
    }

    /** Reads to the end. Waits for it. */
    String whole() {
        StringBuilder whole = new StringBuilder();
        StackAiChunk chunk;
        do {
            chunk = chunks.next();
            answer.checkSole();
            if (!answer.increments() && !chunk.text().isEmpty()) {
                whole.setLength(0);
            }
            whole.append(chunk.text());
        } while (!chunk.isLast());
        return whole.toString();
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
    public void close() throws IOException {
        chunks.close();
    }

    private void nextPart() throws IOException {
        try {
            StackAiChunk chunk = chunks.next();
            answer.checkSole();
            part = added(chunk.text()).getBytes(StandardCharsets.UTF_8);
            position = 0;
            ended = chunk.isLast();
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private String added(String text) throws IOException {
        if (answer.increments() || text.isEmpty()) {
            return text;
        }
        if (!text.startsWith(snapshot)) {
            throw new IOException(
                    "The flow took back text that has been read; use delta=true, or read the stream by chunks");
        }
        String added = text.substring(snapshot.length());
        snapshot = text;
        return added;
    }
}

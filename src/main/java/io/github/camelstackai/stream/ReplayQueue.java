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
import io.github.camelstackai.StackAiStreamException;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The chunks of a stream that was shown as text, and what ended it, until a reader has taken them. Thread-safe. */
final class ReplayQueue {
    private final Queue<StackAiChunk> chunks = new ConcurrentLinkedQueue<>();
    /** Follows the chunks; null for none. */
    private volatile StackAiStreamException failure;

    /** @param end what ended the stream before its last chunk; null for none */
    void add(Collection<StackAiChunk> read, StackAiStreamException end) {
        chunks.addAll(read);
        failure = end;
    }

    boolean isEmpty() {
        return chunks.isEmpty() && failure == null;
    }

    /**
     * Takes the next chunk; null if none is left.
     *
     * @throws StackAiStreamException the failure, once, after the last chunk
     */
    StackAiChunk poll() {
        StackAiChunk chunk = chunks.poll();
        StackAiStreamException end = failure;
        if (chunk == null && end != null) {
            failure = null;
            throw end;
        }
        return chunk;
    }

    void clear() {
        chunks.clear();
        failure = null;
    }
}

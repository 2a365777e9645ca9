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
package io.github.camelstackai.http.apache;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.io.Closer;

/**
 * Open content that one thread reads, and any thread can close without blocking. While it is being read, the reader closes it.
 * Thread-safe.
 */
final class SharedContent {
    private enum State {
        OPEN,
        READING,
        CLOSED
    }

    private final InputStream stream;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    SharedContent(InputStream stream) {
        this.stream = stream;
    }

    /**
     * Reads {@code length} bytes, or up to the end of the content.
     *
     * @return the number of bytes
     * @throws IOException if the content is closed, or cannot be read
     */
    int read(byte[] target, int length) throws IOException {
        if (!state.compareAndSet(State.OPEN, State.READING)) {
            throw new IOException("closed");
        }
        try {
            return stream.readNBytes(target, 0, length);
        } finally {
            if (!state.compareAndSet(State.READING, State.OPEN)) {
                Closer.closeQuietly(stream);
            }
        }
    }

    void close() {
        if (state.getAndSet(State.CLOSED) == State.OPEN) {
            Closer.closeQuietly(stream);
        }
    }
}

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
package io.github.camelstackai;

import java.io.Closeable;
import java.io.InputStream;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * An answer that is still being received: the body after {@code stackai:stream}. It can be read once, by one reader: as an iterator,
 * as a publisher, or through the type converters to {@code String}, {@code InputStream} and {@code Flow.Publisher}.
 *
 * <p>In a route, the stream is closed when its exchange is done. If a program calls {@code stackai:stream} itself, outside a route,
 * the caller closes it. No chunk is lost if the reader is slow: the component stops reading from the connection.
 */
public interface StackAiStream extends Iterator<StackAiChunk>, Closeable {
    /**
     * Returns whether {@link #next} has a chunk or a failure to deliver. Never blocks: true until {@code next} has delivered the last
     * chunk or a failure, or the stream is closed. If the exchange has failed, closes the stream and returns false.
     */
    @Override
    boolean hasNext();

    /**
     * Returns the next chunk; blocks until it has arrived.
     *
     * @throws StackAiStreamException if the stream broke, or the thread was interrupted; the stream is closed
     * @throws java.util.NoSuchElementException after the last chunk, or after {@link #close}
     * @throws IllegalStateException if another thread is reading; the stream is unaffected
     */
    @Override
    StackAiChunk next();

    /** Returns the id of the run; null until the service has named it. May be called by any thread. */
    String getRunId();

    /**
     * Reads all chunks and returns their text; blocks until the answer is complete. With {@code delta=false} this is the text of the
     * last snapshot; if there are several outputs and the option {@code output} names none, a JSON object of all. The chunks can
     * still be read afterwards. Of a stream that has been read, it is the text as far as it was kept: its first
     * {@code streamBufferSize} characters.
     *
     * @throws StackAiStreamException if the stream broke, or the thread was interrupted; the stream is closed
     * @throws IllegalStateException if another thread is reading
     */
    String text();

    /**
     * Returns the text in UTF-8 as it arrives. Reading blocks until a chunk has arrived. A failure of the stream is the cause of an
     * {@link java.io.IOException}. Closing the input stream closes this stream.
     */
    InputStream inputStream();

    /**
     * Returns a publisher of the chunks for one subscriber. Worker threads of the component deliver the chunks on demand; no thread
     * blocks between them. {@code onError} receives a {@link StackAiStreamException} if the stream broke. Cancelling the subscription
     * closes this stream.
     */
    Flow.Publisher<StackAiChunk> publisher();

    /**
     * As {@link #publisher()}, with an executor that delivers the chunks; it runs one task of a stream at a time.
     *
     * <p>An executor that runs tasks on the calling thread, {@code Runnable::run}, is for a subscriber that never blocks: each chunk is
     * delivered by the I/O thread that received it, without a change of threads. A subscriber that blocks nevertheless stops the
     * calls that share this I/O thread.
     */
    Flow.Publisher<StackAiChunk> publisher(Executor executor);

    /** Cancels the call unless the answer is complete. Idempotent; may be called by any thread. */
    @Override
    void close();
}

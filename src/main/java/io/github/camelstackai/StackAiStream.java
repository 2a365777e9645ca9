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
import java.util.concurrent.Flow;

/**
 * An answer while it is written: the body that {@code stackai:stream} leaves. One reader reads it once, by the iterator, by
 * the publisher, or by one of the type converters to {@code String}, {@code InputStream} and {@code Flow.Publisher}.
 *
 * <p>On a route it is closed, at the latest, when the exchange is done. Where a program calls {@code stackai:stream} itself
 * it belongs to the caller, who closes it. A reader that takes its time slows the service down; nothing is lost.
 */
public interface StackAiStream extends Iterator<StackAiChunk>, Closeable {
    /**
     * Whether a chunk, or the failure that ended the stream, is still to come. Never waits: true until the last chunk has
     * been handed out, then false; also false, and the call is cancelled, once the exchange has failed.
     */
    @Override
    boolean hasNext();

    /**
     * The next chunk; waits for it.
     *
     * @throws StackAiStreamException when the stream broke; no further chunk comes
     * @throws java.util.NoSuchElementException after the last chunk, or after {@link #close}
     * @throws IllegalStateException while another reader waits here; the stream goes on for that one
     */
    @Override
    StackAiChunk next();

    /** The run that is answering; null while the service has not named it. */
    String getRunId();

    /**
     * Reads to the end and returns the whole text; waits for it. The chunks can still be read afterwards. Of a stream that has been
     * read, the text as far as it was kept: its first {@code streamBufferSize} characters.
     *
     * @throws StackAiStreamException when the stream broke
     * @throws IllegalStateException when the flow wrote to several outputs and the option {@code output} names none
     */
    String text();

    /** The text in UTF-8, each part as soon as it has arrived; closing it closes the stream. */
    InputStream inputStream();

    /** The chunks without a waiting thread, for one subscriber; they are delivered by the component's worker threads. */
    Flow.Publisher<StackAiChunk> publisher();

    /** Cancels the call unless the answer is complete. May be called by any thread, any number of times. */
    @Override
    void close();
}

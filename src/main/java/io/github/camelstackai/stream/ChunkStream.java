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
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.failure.StreamErrorMapper;
import io.github.camelstackai.http.FailureHandler;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.ResponseReceiver;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.TextAccumulator;
import io.github.camelstackai.protocol.frame.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * An answer between the connection and its reader. The I/O thread buffers bytes; the reader decodes them when it takes a chunk, and
 * only then grants more. Until the first frame there is no reader, and the I/O thread decodes.
 */
public final class ChunkStream implements StackAiStream, ResponseReceiver {
    private final StreamOptions options;
    private final Executor workers;
    private final StreamErrorMapper errors;
    private final FrameQueue frames;
    private final ChunkMapper mapper;
    private final Consumer<ChunkStream> openHandler;
    private final FailureHandler failureHandler;
    /** Held while a chunk is taken, so that two readers cannot tear a frame. */
    private final ReentrantLock reading = new ReentrantLock();
    /** Whether one of the handlers was called; the transport calls one method of a receiver at a time. */
    private boolean opened;
    /** Written with the head. */
    private volatile HttpCall call;
    /** No more chunks come: the last one, or the failure, has been delivered, or the stream was closed. */
    private volatile boolean closed;
    /** Written by the route that the stream is on. */
    private volatile StreamOwner owner = StreamOwner.NONE;
    /** The last that a frame named; null until then. */
    private volatile String runId;

    /**
     * @param workers deliver chunks to the subscriber of {@link #publisher}
     * @param openHandler receives this stream when the first frame has arrived, on an I/O thread
     * @param failureHandler receives a failure before that, on an I/O or timer thread
     */
    public ChunkStream(
            StreamOptions options,
            Json json,
            CallDescription call,
            Executor workers,
            Consumer<ChunkStream> openHandler,
            FailureHandler failureHandler) {
        this.options = options;
        this.workers = workers;
        this.errors = new StreamErrorMapper(call);
        this.frames = new FrameQueue(json, options.maxResponseSize(), options.bufferSize());
        this.mapper = new ChunkMapper(options);
        this.openHandler = openHandler;
        this.failureHandler = failureHandler;
    }

    void ownedBy(StreamOwner newOwner) {
        owner = newOwner;
    }

    /** Ends the stream from outside, unless it has ended; the reader gets what has arrived, and then this reason. */
    void cancel(String reason) {
        if (!closed) { // already complete: let the server finish the body so that the connection can be reused
            call.abort(new IOException("cancelled, " + reason));
        }
    }

    // ---- called by the I/O thread

    @Override
    public int head(ResponseHead head, HttpCall newCall) {
        call = newCall;
        frames.begin(newCall);
        return options.bufferSize();
    }

    @Override
    public void body(ByteBuffer bytes) throws IOException {
        if (!opened) {
            open(frames.decodeFirst(bytes));
        } else if (closed) {
            call.grant(bytes.remaining()); // nobody reads what follows the last chunk
        } else {
            frames.buffer().add(bytes);
        }
    }

    @Override
    public void end() throws IOException {
        if (!opened) {
            open(frames.decodeFirstAtEnd());
        }
        if (!opened) {
            opened = true;
            failureHandler.failed(errors.truncated(null, ""), true);
        }
        frames.buffer().end();
    }

    @Override
    public void failed(Throwable cause, boolean sent) {
        if (opened) {
            frames.buffer().fail(cause);
        } else {
            opened = true;
            failureHandler.failed(errors.beforeFirstFrame(cause), sent);
        }
    }

    private void open(Frame first) {
        if (first == null) {
            return;
        }
        opened = true;
        runId = first.result().runId();
        if (first.failed()) {
            call.close();
            failureHandler.failed(errors.reported(first.result(), ""), true);
        } else {
            openHandler.accept(this);
        }
    }

    // ---- called by the reader

    @Override
    public boolean hasNext() {
        if (!closed && owner.discardsRest()) {
            close();
        }
        return !closed;
    }

    @Override
    public StackAiChunk next() {
        if (!reading.tryLock()) {
            throw new IllegalStateException("Another thread is reading the stream of run " + runId
                    + "; a stream has one reader, and a copy of a message, as of multicast or wireTap, shares it");
        }
        try {
            StackAiChunk chunk = take();
            while (chunk == null) {
                frames.buffer().await();
                chunk = take();
            }
            return chunk;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw broken(errors.map(new IOException("the reader was interrupted", e), runId, mapper.textSoFar()));
        } finally {
            reading.unlock();
        }
    }

    /** The next chunk; null if none is here yet. Does not wait for the server; throws as {@link #next} does. */
    StackAiChunk poll() {
        reading.lock();
        try {
            return take();
        } finally {
            reading.unlock();
        }
    }

    /** As {@link #poll}, with {@link #reading} held. */
    private StackAiChunk take() {
        try {
            checkOpen();
            Frame frame = frames.poll();
            return frame == null ? null : chunk(frame);
        } catch (EOFException e) {
            checkOpen(); // a stream that another thread closes ends as well
            throw broken(errors.truncated(runId, mapper.textSoFar()));
        } catch (IOException e) {
            throw broken(errors.map(e, runId, mapper.textSoFar()));
        }
    }

    /** @param listener runs whenever there may be something to {@link #poll}; null for none */
    void onArrival(Runnable listener) {
        frames.buffer().onArrival(listener);
    }

    private void checkOpen() {
        if (closed) {
            throw new NoSuchElementException("The stream has been read to its end, or was closed");
        }
    }

    private StackAiChunk chunk(Frame frame) {
        if (!Objects.equals(runId, frame.result().runId())) {
            runId = frame.result().runId();
        }
        if (frame.failed()) {
            throw broken(errors.reported(frame.result(), mapper.textSoFar()));
        }
        if (frame.terminal()) {
            closed = true;
            call.drainThenClose();
            call.grant(frames.buffer().clear());
        }
        return mapper.map(frame);
    }

    private StackAiStreamException broken(StackAiStreamException failure) {
        close();
        owner.broken(failure);
        return failure;
    }

    void checkSoleOutput() {
        mapper.checkSoleOutput();
    }

    @Override
    public String getRunId() {
        return runId;
    }

    @Override
    public String text() {
        TextAccumulator whole = new TextAccumulator(options.increments(), Integer.MAX_VALUE);
        StackAiChunk chunk;
        do {
            chunk = next();
            checkSoleOutput();
            whole.add(chunk.text());
        } while (!chunk.isLast());
        return whole.toString();
    }

    @Override
    public InputStream inputStream() {
        return new ChunkInputStream(this, options.increments());
    }

    @Override
    public Flow.Publisher<StackAiChunk> publisher() {
        return new ChunkPublisher(this, workers);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            call.close();
            frames.buffer().end();
            frames.buffer().clear();
        }
    }
}

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
import io.github.camelstackai.failure.StreamErrorMapper;
import io.github.camelstackai.observe.CallObservation;
import io.github.camelstackai.observe.OutcomeMapper;
import io.github.camelstackai.protocol.OutputAccumulator;
import io.github.camelstackai.protocol.TextAccumulator;
import io.github.camelstackai.protocol.frame.Frame;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The reader's side of a streamed answer: decodes the bytes that a {@link ChunkReceiver} buffers when a chunk is taken, and only then
 * grants more.
 */
public final class ChunkStream implements StackAiStream, OpenCall {
    private final StreamOptions options;
    private final FrameQueue frames;
    private final StreamErrorMapper errors;
    private final CallObservation observation;
    private final Executor workers;
    private final ChunkMapper mapper;
    /** Held while a chunk is taken, so that two readers cannot tear a frame. */
    private final ReentrantLock reading = new ReentrantLock();
    /** What {@link #text} has read and no reader has taken yet. */
    private final ReplayQueue replay = new ReplayQueue();
    /** No more chunks come: the last one, or the failure, has been delivered, or the stream was closed. */
    private volatile boolean closed;
    /** Written by the route that the stream is on. */
    private volatile StreamOwner owner = StreamOwner.NONE;
    /** The last that a frame named; null until then. */
    private volatile String runId;
    /** The whole text, once {@link #text} has read it. */
    private volatile String shown;

    /** @param runId that the first frame names; null for none */
    ChunkStream(
            StreamOptions options,
            FrameQueue frames,
            StreamErrorMapper errors,
            CallObservation observation,
            Executor workers,
            String runId) {
        this.options = options;
        this.frames = frames;
        this.errors = errors;
        this.observation = observation;
        this.workers = workers;
        this.mapper = new ChunkMapper(options);
        this.runId = runId;
    }

    void ownedBy(StreamOwner newOwner) {
        owner = newOwner;
    }

    /** Unless it has ended; the reader gets what has arrived, and then this reason. */
    @Override
    public void cancel(String outcome, String reason) {
        if (!closed) { // already complete: let the server finish the body so that the connection can be reused
            observation.ended(outcome);
            frames.abort(new IOException("cancelled, " + reason));
        }
    }

    /** Whether no more chunks are read. */
    boolean hasEnded() {
        return closed;
    }

    @Override
    public boolean hasNext() {
        if (owner.discardsRest()) {
            close();
        }
        return !closed || !replay.isEmpty();
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
            StackAiChunk known = replay.poll();
            if (known != null) {
                return known;
            }
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
        runId = frame.result().runId();
        if (frame.failed()) {
            throw broken(errors.reported(frame.result(), mapper.textSoFar()));
        }
        observation.chunk();
        if (frame.terminal()) {
            closed = true;
            observation.succeeded();
            frames.drain();
        }
        return mapper.map(frame);
    }

    private StackAiStreamException broken(StackAiStreamException failure) {
        observation.failed(failure);
        close();
        owner.broken(failure);
        return failure;
    }

    @Override
    public String getRunId() {
        return runId;
    }

    @Override
    public String text() {
        if (shown == null) {
            shown = readText();
        }
        return shown;
    }

    /** Reads the rest, which can still be taken afterwards. */
    private String readText() {
        TextAccumulator whole = new TextAccumulator(options.increments(), Integer.MAX_VALUE);
        whole.add(mapper.textSoFar());
        OutputAccumulator rest = new OutputAccumulator(options.increments());
        List<StackAiChunk> read = new ArrayList<>();
        StackAiStreamException failure = null;
        try {
            while (hasNext()) {
                StackAiChunk chunk = next();
                read.add(chunk);
                whole.add(chunk.text());
                rest.add(chunk.outputs());
            }
        } catch (StackAiStreamException e) {
            failure = e;
            throw e;
        } finally {
            replay.add(read, failure);
        }
        return options.output() == null && rest.values().size() > 1 ? rest.text(null) : whole.toString();
    }

    @Override
    public InputStream inputStream() {
        return hasNext()
                ? new ChunkInputStream(this, options.increments(), mapper::checkSoleOutput)
                : new ByteArrayInputStream(mapper.textSoFar().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Flow.Publisher<StackAiChunk> publisher() {
        return publisher(workers);
    }

    @Override
    public Flow.Publisher<StackAiChunk> publisher(Executor executor) {
        return new ChunkPublisher(this, executor);
    }

    @Override
    public void close() {
        replay.clear();
        if (!closed) {
            closed = true;
            observation.ended(OutcomeMapper.CANCELLED);
            frames.close();
        }
    }
}

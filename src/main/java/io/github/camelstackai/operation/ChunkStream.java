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
import io.github.camelstackai.StackAiConfiguration;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.ResponseReceiver;
import io.github.camelstackai.protocol.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * An answer between the connection and its reader. The I/O thread leaves bytes; the reader's thread decodes them when it
 * wants a chunk, and only then lets more be read. Until the first frame is there no reader exists, and the I/O thread decodes.
 */
final class ChunkStream implements StackAiStream, ResponseReceiver {
    private final int window;
    private final Executor workers;
    private final StreamFailure failure;
    private final FrameSource frames;
    private final ChunkMapper mapper;
    private final CompletableFuture<ChunkStream> opened = new CompletableFuture<>();
    /** Held while a chunk is taken, so that two readers cannot tear a frame. */
    private final ReentrantLock reading = new ReentrantLock();
    /** Set with the head. */
    private volatile HttpCall call;
    /** No more chunks come: the last one, or the failure, has been handed out, or the stream was closed. */
    private volatile boolean over;
    /** Set by the route that the stream is on; says whether nobody will want the rest. */
    private volatile BooleanSupplier abandoned = () -> false;
    /** The last that a frame named; null until then. */
    private volatile String runId;

    ChunkStream(StackAiConfiguration options, Service service, FlowTarget target, Mask mask) {
        this.window = options.getStreamBufferSize();
        this.workers = service.workers();
        this.failure = new StreamFailure(target, mask);
        this.frames = new FrameSource(service.json(), options.getMaxResponseSize(), window);
        this.mapper =
                new ChunkMapper(new AnswerText(options.getOutput(), options.isDelta(), options.getStreamBufferSize()));
    }

    /** Completes on an I/O or timer thread when the first frame is there, or exceptionally. */
    CompletionStage<ChunkStream> opened() {
        return opened;
    }

    /** From now on the rest is of no interest once {@code abandoned} says so. */
    void abandonedWhen(BooleanSupplier condition) {
        abandoned = condition;
    }

    /** Ends the stream from outside, unless it is over; the reader gets what has arrived, and then this reason. */
    void cancel(String reason) {
        if (!over) { // else the peer has its moment to end the body, so that the connection can serve again
            call.cancel(new IOException("cancelled, " + reason));
        }
    }

    // ---- the I/O thread's side

    @Override
    public int head(ResponseHead head, HttpCall call) {
        this.call = call;
        frames.begin(call);
        return window;
    }

    @Override
    public void body(ByteBuffer bytes) throws IOException {
        if (!opened.isDone()) {
            open(frames.first(bytes));
        } else if (over) {
            call.grant(bytes.remaining()); // nobody reads what follows the last chunk
        } else {
            frames.inbox().add(bytes);
        }
    }

    @Override
    public void end() throws IOException {
        if (!opened.isDone()) {
            open(frames.firstAtEnd());
            opened.completeExceptionally(failure.truncated(null, ""));
        }
        frames.inbox().end(null);
    }

    @Override
    public void failed(IOException cause) {
        if (!opened.completeExceptionally(failure.beforeFirstFrame(cause))) {
            frames.inbox().end(cause);
        }
    }

    private void open(Frame first) {
        if (first == null) {
            return;
        }
        runId = first.result().runId();
        if (first.failed()) {
            opened.completeExceptionally(failure.reported(first.result(), ""));
            call.close();
        } else {
            opened.complete(this);
        }
    }

    // ---- the reader's side

    @Override
    public boolean hasNext() {
        if (!over && abandoned.getAsBoolean()) {
            close();
        }
        return !over;
    }

    @Override
    public StackAiChunk next() {
        if (!reading.tryLock()) {
            throw new IllegalStateException(
                    "The stream, run " + runId + ", is being read by another already, as by a copy"
                            + " of the message, of multicast, recipientList or wireTap; it has one reader");
        }
        try {
            StackAiChunk chunk = take();
            while (chunk == null) {
                frames.inbox().await();
                chunk = take();
            }
            return chunk;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw broken(failure.of(new IOException("the reader was interrupted", e), runId, mapper.textSoFar()));
        } finally {
            reading.unlock();
        }
    }

    /** The next chunk; null when none is there yet. Never waits for the peer; throws as {@link #next} does. */
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
            checkOpen(); // closing it ends it too
            throw broken(failure.truncated(runId, mapper.textSoFar()));
        } catch (IOException e) {
            throw broken(failure.of(e, runId, mapper.textSoFar()));
        }
    }

    /** Runs {@code listener} whenever there may be something to {@link #poll}; null for none. */
    void onArrival(Runnable listener) {
        frames.inbox().onArrival(listener);
    }

    private void checkOpen() {
        if (over) {
            throw new NoSuchElementException("The stream has been read to its end, or was closed");
        }
    }

    private StackAiChunk chunk(Frame frame) {
        if (!Objects.equals(runId, frame.result().runId())) { // a write for each frame would keep the collector busy
            runId = frame.result().runId();
        }
        if (frame.failed()) {
            throw broken(failure.reported(frame.result(), mapper.textSoFar()));
        }
        if (frame.terminal()) {
            over = true;
            call.linger();
            call.grant(frames.inbox().clear());
        }
        return mapper.chunk(frame);
    }

    private StackAiStreamException broken(StackAiStreamException e) {
        close();
        return e;
    }

    @Override
    public String getRunId() {
        return runId;
    }

    @Override
    public String text() {
        return new ChunkText(this, mapper.text()).whole();
    }

    @Override
    public InputStream inputStream() {
        return new ChunkText(this, mapper.text());
    }

    @Override
    public Flow.Publisher<StackAiChunk> publisher() {
        return new ChunkPublisher(this, workers);
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            call.close();
            frames.inbox().end(null);
            frames.inbox().clear();
        }
    }
}

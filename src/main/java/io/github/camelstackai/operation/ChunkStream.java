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
import io.github.camelstackai.protocol.FrameDecoder;
import io.github.camelstackai.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * An answer between the connection and its reader. The I/O thread leaves bytes in the {@link Inbox}; the reader's thread
 * decodes them when it wants a chunk, and only then lets more be read, so that what is held is what is in the inbox and
 * what one piece of it was decoded to.
 *
 * <p>Until the first frame is there no reader exists, and the I/O thread decodes.
 */
final class ChunkStream implements StackAiStream, ResponseReceiver {
    /** Bytes that are decoded at a time. */
    private static final int PIECE = 4096;

    private final int window;
    private final Executor workers;
    private final StreamFailure failure;
    private final FrameDecoder decoder;
    private final ChunkMapper mapper;
    private final Inbox inbox = new Inbox();
    private final CompletableFuture<ChunkStream> opened = new CompletableFuture<>();
    /** Held while a chunk is taken, so that two readers cannot tear a frame. */
    private final ReentrantLock reading = new ReentrantLock();
    /** Decoded and not handed out. Used by the I/O thread before {@link #opened}, then under {@link #reading}. */
    private final Queue<Frame> frames = new ArrayDeque<>();

    private final byte[] piece = new byte[PIECE];
    /** Set with the head. */
    private volatile HttpCall call;
    /** No more chunks come: the last one, or the failure, has been handed out, or the stream was closed. */
    private volatile boolean over;
    /** Set by the route that the stream is on; says whether nobody will want the rest. */
    private volatile BooleanSupplier abandoned = () -> false;
    /** The last that a frame named; null until then. */
    private volatile String runId;

    ChunkStream(StackAiConfiguration options, Service service, FlowTarget target, Mask mask) {
        Json json = service.json();
        this.window = options.getStreamBufferSize();
        this.workers = service.workers();
        this.failure = new StreamFailure(target, mask);
        this.decoder = new FrameDecoder(json, options.getMaxResponseSize(), frames::add);
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

    /** Ends the stream from outside; the reader gets what has arrived, and then this reason. */
    void cancel(String reason) {
        call.cancel(new IOException("cancelled, " + reason));
    }

    // ---- the I/O thread's side

    @Override
    public int head(ResponseHead head, HttpCall call) {
        this.call = call;
        return window;
    }

    @Override
    public void body(ByteBuffer bytes) throws IOException {
        if (opened.isDone()) {
            if (over) {
                call.grant(bytes.remaining()); // nobody reads what follows the last chunk
            } else {
                inbox.add(bytes);
            }
            return;
        }
        int length = bytes.remaining();
        decodeFirst(bytes);
        call.grant(length);
    }

    /** What is wrong behind the first frame is for its reader to learn, once it has had that frame. */
    private void decodeFirst(ByteBuffer bytes) throws IOException {
        try {
            decoder.feed(bytes);
        } catch (IOException e) {
            if (frames.isEmpty()) {
                throw e;
            }
            inbox.fail(e);
            call.close();
        }
        open();
    }

    @Override
    public void end() throws IOException {
        if (!opened.isDone()) {
            decoder.finish();
            open();
            opened.completeExceptionally(failure.truncated(null, ""));
        }
        inbox.end(null);
    }

    @Override
    public void failed(IOException cause) {
        if (!opened.completeExceptionally(failure.beforeFirstFrame(cause))) {
            inbox.end(cause);
        }
    }

    private void open() {
        Frame first = frames.peek();
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
        reading.lock();
        try {
            StackAiChunk chunk = poll();
            while (chunk == null) {
                inbox.await();
                chunk = poll();
            }
            return chunk;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw failure.of(new IOException("the reader was interrupted", e), runId, mapper.textSoFar());
        } finally {
            reading.unlock();
        }
    }

    /** The next chunk; null when none is there yet. Never waits for the peer; throws as {@link #next} does. */
    StackAiChunk poll() {
        reading.lock();
        try {
            if (over) {
                throw new NoSuchElementException("The stream has been read to its end, or was closed");
            }
            decode();
            Frame frame = frames.poll();
            return frame == null ? null : chunk(frame);
        } catch (IOException e) {
            throw broken(failure.of(e, runId, mapper.textSoFar()));
        } finally {
            reading.unlock();
        }
    }

    /** Runs {@code listener} whenever there may be something to {@link #poll}. */
    void onArrival(Runnable listener) {
        inbox.onArrival(listener);
    }

    private void decode() throws IOException {
        while (frames.isEmpty()) {
            boolean ended = inbox.ended();
            int length = inbox.poll(piece);
            if (length > 0) {
                call.grant(length);
                decodePiece(length);
            } else if (ended) {
                decodeEnd();
            } else {
                return;
            }
        }
    }

    /** What is wrong behind a frame is told after it. */
    private void decodePiece(int length) throws IOException {
        try {
            decoder.feed(piece, 0, length);
        } catch (IOException e) {
            inbox.fail(e);
            call.close();
        }
    }

    private void decodeEnd() throws IOException {
        if (inbox.failure() != null) {
            throw inbox.failure();
        }
        decoder.finish();
        if (frames.isEmpty()) {
            throw broken(failure.truncated(runId, mapper.textSoFar()));
        }
    }

    private StackAiChunk chunk(Frame frame) {
        runId = frame.result().runId();
        if (frame.failed()) {
            throw broken(failure.reported(frame.result(), mapper.textSoFar()));
        }
        if (frame.terminal()) {
            over = true;
            call.linger();
            call.grant(inbox.clear());
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
            inbox.end(null);
            inbox.clear();
        }
        abandoned = () -> true;
    }
}

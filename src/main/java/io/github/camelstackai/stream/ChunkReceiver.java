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

import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.failure.StreamErrorMapper;
import io.github.camelstackai.http.FailureHandler;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.ResponseReceiver;
import io.github.camelstackai.observe.CallObservation;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.frame.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Receives a streamed answer on the I/O thread: opens a {@link ChunkStream} at the first frame, and buffers the bytes that follow for
 * its reader.
 */
public final class ChunkReceiver implements ResponseReceiver {
    private final StreamOptions options;
    private final StreamErrorMapper errors;
    private final FrameQueue frames;
    private final CallObservation observation;
    private final Executor workers;
    private final Consumer<ChunkStream> openHandler;
    private final FailureHandler failureHandler;
    /** Written with the head. */
    private HttpCall call;
    /** Whether one of the handlers was called. */
    private boolean opened;
    /** Written with the first frame; null if that is a failure. */
    private ChunkStream stream;

    /**
     * @param observation is told of the chunks, and of the end once the stream is open
     * @param workers deliver chunks to the subscriber of the stream's publisher
     * @param openHandler receives the stream when the first frame has arrived, on an I/O thread
     * @param failureHandler receives a failure before that, on an I/O or timer thread
     */
    public ChunkReceiver(
            StreamOptions options,
            Json json,
            CallDescription call,
            CallObservation observation,
            Executor workers,
            Consumer<ChunkStream> openHandler,
            FailureHandler failureHandler) {
        this.options = options;
        this.errors = new StreamErrorMapper(call);
        this.frames = new FrameQueue(json, options);
        this.observation = observation;
        this.workers = workers;
        this.openHandler = openHandler;
        this.failureHandler = failureHandler;
    }

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
        } else if (stream.hasEnded()) {
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
        if (first.failed()) {
            call.close();
            failureHandler.failed(errors.reported(first.result(), ""), true);
        } else {
            observation.firstChunk();
            stream = new ChunkStream(
                    options,
                    frames,
                    errors,
                    observation,
                    workers,
                    first.result().runId());
            openHandler.accept(stream);
        }
    }
}

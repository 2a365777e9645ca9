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

import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.failure.StreamErrorMapper;
import io.github.camelstackai.http.FailureHandler;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.ResponseReceiver;
import io.github.camelstackai.observe.CallObservation;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.ResultAccumulator;
import io.github.camelstackai.protocol.RunResult;
import io.github.camelstackai.protocol.frame.Frame;
import io.github.camelstackai.protocol.frame.FrameDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Collects the frames of a stream, on the I/O thread, into one result. */
public final class StreamCollector implements ResponseReceiver {
    private final StreamOptions options;
    private final StreamErrorMapper errors;
    private final FrameDecoder decoder;
    private final ResultAccumulator answer;
    private final CallObservation observation;
    private final Consumer<RunResult> resultHandler;
    private final FailureHandler failureHandler;
    /** Written with the head. */
    private HttpCall call;
    /** Written with the frames; null until one names the run. */
    private String runId;
    /** Written with the first frame. */
    private boolean begun;
    /** Written once, when one of the handlers is called. */
    private boolean ended;

    /**
     * @param observation is told of the frames
     * @param resultHandler receives the complete answer, on an I/O thread
     * @param failureHandler receives a failure, on an I/O or timer thread
     */
    public StreamCollector(
            StreamOptions options,
            Json json,
            CallDescription call,
            CallObservation observation,
            Consumer<RunResult> resultHandler,
            FailureHandler failureHandler) {
        this.options = options;
        this.errors = new StreamErrorMapper(call);
        this.decoder = new FrameDecoder(json, options.maxResponseSize(), options.verbose(), this::frame);
        this.answer = new ResultAccumulator(options.increments());
        this.observation = observation;
        this.resultHandler = resultHandler;
        this.failureHandler = failureHandler;
    }

    @Override
    public int head(ResponseHead head, HttpCall newCall) {
        call = newCall;
        return Integer.MAX_VALUE;
    }

    @Override
    public void body(ByteBuffer bytes) throws IOException {
        decoder.feed(bytes);
    }

    @Override
    public void end() throws IOException {
        decoder.finish();
        fail(errors.truncated(runId, text()), true);
    }

    @Override
    public void failed(Throwable cause, boolean sent) {
        fail(!begun ? errors.beforeFirstFrame(cause) : errors.map(cause, runId, text()), sent);
    }

    private void fail(Throwable failure, boolean sent) {
        if (!ended) {
            ended = true;
            failureHandler.failed(failure, sent);
        }
    }

    private void frame(Frame frame) {
        RunResult result = frame.result();
        runId = result.runId();
        boolean first = !begun;
        begun = true;
        if (frame.failed()) {
            stop(errors.reported(result, text()));
            return;
        }
        observe(first);
        answer.add(result.raw(), result.outputs());
        if (answer.size() > options.maxResponseSize()) {
            stop(errors.tooLarge(options.maxResponseSize(), runId, text()));
        } else if (frame.terminal() && !ended) {
            ended = true;
            resultHandler.accept(answer.result());
            call.drainThenClose();
        }
    }

    private void observe(boolean first) {
        if (first) {
            observation.firstChunk();
        }
        observation.chunk();
    }

    private void stop(StackAiStreamException failure) {
        fail(failure, true);
        call.close();
    }

    private String text() {
        return answer.text(options.output());
    }
}

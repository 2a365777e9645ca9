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

import io.github.camelstackai.StackAiConfiguration;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.ResponseReceiver;
import io.github.camelstackai.protocol.Frame;
import io.github.camelstackai.protocol.FrameDecoder;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.RunResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Puts a streamed answer together on the I/O thread as it arrives, and completes with it when it is whole. */
final class CollectedAnswer implements ResponseReceiver {
    private final StackAiConfiguration options;
    private final StreamFailure failure;
    private final FrameDecoder decoder;
    private final CollectedOutputs outputs;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();
    /** Written with the head. */
    private HttpCall call;
    /** Written with the frames; null until one names the run. */
    private String runId;
    /** Written with the first frame. */
    private boolean begun;

    CollectedAnswer(StackAiConfiguration options, Json json, FlowTarget target, Mask mask) {
        this.options = options;
        this.failure = new StreamFailure(target, mask);
        this.decoder = new FrameDecoder(json, options.getMaxResponseSize(), this::frame);
        this.outputs = new CollectedOutputs(options.isDelta());
    }

    /** Completes on an I/O or timer thread: with the whole answer, or with a {@link StackAiStreamException}. */
    CompletionStage<RunResult> result() {
        return result;
    }

    @Override
    public int head(ResponseHead head, HttpCall call) {
        this.call = call;
        return Integer.MAX_VALUE;
    }

    @Override
    public void body(ByteBuffer bytes) throws IOException {
        decoder.feed(bytes);
    }

    @Override
    public void end() throws IOException {
        decoder.finish();
        result.completeExceptionally(failure.truncated(runId, text()));
    }

    @Override
    public void failed(IOException cause) {
        result.completeExceptionally(begun ? failure.of(cause, runId, text()) : failure.beforeFirstFrame(cause));
    }

    private void frame(Frame frame) {
        begun = true;
        runId = frame.result().runId();
        if (frame.failed()) {
            stop(failure.reported(frame.result(), text()));
            return;
        }
        outputs.add(frame.result().outputs());
        if (outputs.size() > options.getMaxResponseSize()) {
            stop(failure.tooLarge(options.getMaxResponseSize(), runId, text()));
        } else if (frame.terminal()) {
            result.complete(whole(frame.result()));
            call.linger();
        }
    }

    private void stop(StackAiStreamException broken) {
        result.completeExceptionally(broken);
        call.close();
    }

    private RunResult whole(RunResult last) {
        Map<String, Object> values = outputs.values();
        Map<String, Object> raw = new LinkedHashMap<>(last.raw());
        raw.put("outputs", values);
        return new RunResult(raw, values, runId, last.state(), null, last.pause(), last.citations(), last.progress());
    }

    private String text() {
        return outputs.text(options.getOutput());
    }
}

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
import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.failure.ChunkExchangeException;
import io.github.camelstackai.failure.StreamErrorMapper;
import io.github.camelstackai.http.CallTimeoutException;
import io.github.camelstackai.http.CallTimeoutException.Limit;
import io.github.camelstackai.http.FailureHandler;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.ResponseReceiver;
import io.github.camelstackai.observe.CallObservation;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.ResultAccumulator;
import io.github.camelstackai.protocol.RunResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.camel.Exchange;

/**
 * Sends each chunk of a streamed answer to an endpoint, one at a time on worker threads, and collects them into one result. The next
 * chunk is decoded when the endpoint is done with the last; no thread waits in between.
 */
public final class ChunkForwarder implements ResponseReceiver, Flow.Subscriber<StackAiChunk>, OpenCall {
    private final StreamOptions options;
    private final StreamErrorMapper errors;
    private final CallObservation observation;
    private final ChunkReceiver receiver;
    private final ChunkSender sender;
    private final Consumer<RunResult> resultHandler;
    private final FailureHandler failureHandler;
    private final ResultAccumulator answer; // guarded by itself
    /** Set when one of the handlers is called; nothing is sent after that. */
    private final AtomicBoolean ended = new AtomicBoolean();
    /** Written when the first frame has arrived, before the first chunk. */
    private volatile ChunkStream stream;

    private volatile Flow.Subscription subscription;
    /** Of the next chunk; written by the deliveries, which are one after another. */
    private long index;

    /**
     * @param workers send the chunks
     * @param resultHandler receives the complete answer, on the thread on which the endpoint was done with the last chunk
     * @param failureHandler receives a failure, that of a chunk's exchange included, on any thread
     */
    public ChunkForwarder(
            StreamOptions options,
            Json json,
            CallDescription call,
            CallObservation observation,
            Executor workers,
            ChunkSender sender,
            Consumer<RunResult> resultHandler,
            FailureHandler failureHandler) {
        this.options = options;
        this.errors = new StreamErrorMapper(call);
        this.observation = observation;
        this.receiver = new ChunkReceiver(options, json, call, observation, workers, this::open, failureHandler);
        this.sender = sender;
        this.resultHandler = resultHandler;
        this.failureHandler = failureHandler;
        this.answer = new ResultAccumulator(options.increments());
    }

    @Override
    public int head(ResponseHead head, HttpCall call) {
        return receiver.head(head, call);
    }

    @Override
    public void body(ByteBuffer bytes) throws IOException {
        receiver.body(bytes);
    }

    @Override
    public void end() throws IOException {
        receiver.end();
    }

    /** Sends what has arrived first, unless {@code totalTimeout} has passed: then the call does not wait for an endpoint. */
    @Override
    public void failed(Throwable cause, boolean sent) {
        receiver.failed(cause, sent);
        if (stream != null && cause instanceof CallTimeoutException timeout && timeout.limit() == Limit.TOTAL) {
            fail(errors.map(cause, stream.getRunId(), text()));
        }
    }

    private void open(ChunkStream opened) {
        stream = opened;
        sender.opened(this);
        if (ended.get()) {
            sender.closed(this); // its route has stopped
        }
        opened.publisher().subscribe(this);
    }

    @Override
    public void cancel(String outcome, String reason) {
        observation.ended(outcome);
        fail(errors.map(new IOException("cancelled, " + reason), stream.getRunId(), text()));
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(1);
    }

    @Override
    public void onNext(StackAiChunk chunk) {
        if (ended.get()) {
            return;
        }
        if (add(chunk) > options.maxResponseSize()) {
            fail(errors.tooLarge(options.maxResponseSize(), chunk.runId(), text()));
            return;
        }
        sender.send(chunk, index++).thenAccept(exchange -> sent(chunk, exchange));
    }

    private long add(StackAiChunk chunk) {
        synchronized (answer) {
            answer.add(chunk.raw(), chunk.outputs());
            return answer.size();
        }
    }

    private void sent(StackAiChunk chunk, Exchange exchange) {
        if (exchange.getException() != null) {
            fail(new ChunkExchangeException(exchange.getException(), chunk.runId()));
        } else if (chunk.isLast()) {
            complete();
        } else {
            subscription.request(1);
        }
    }

    private void complete() {
        if (ended.compareAndSet(false, true)) {
            sender.closed(this);
            resultHandler.accept(answer.result());
        }
    }

    @Override
    public void onError(Throwable failure) {
        fail(failure);
    }

    /** The endpoint may not be done with the last chunk yet. */
    @Override
    public void onComplete() {
        // sent() completes the answer
    }

    private void fail(Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            sender.closed(this);
            observation.failed(failure);
            stream.close();
            failureHandler.failed(failure, true);
        }
    }

    private String text() {
        synchronized (answer) {
            return answer.text(options.output());
        }
    }
}

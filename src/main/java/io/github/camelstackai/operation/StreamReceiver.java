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

import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.ResponseCollector;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.ResponseReceiver;
import io.github.camelstackai.operation.Attempt.Answer;
import io.github.camelstackai.operation.Operation.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Receives the response to a stream call: an answer goes to the reader of it, a refusal is read into memory. */
final class StreamReceiver implements ResponseReceiver {
    private final CompletableFuture<Answer> answered = new CompletableFuture<>();
    private final ResponseReceiver answer;
    /** Set with the head: where the body goes. */
    private ResponseReceiver body;

    /**
     * @param answer takes a 2xx body
     * @param outcome completes with what {@code answer} makes of it
     */
    StreamReceiver(ResponseReceiver answer, CompletionStage<Outcome> outcome) {
        this.answer = answer;
        outcome.thenApply(Answer::accepted).whenComplete(this::settle);
    }

    /** Completes on an I/O or timer thread. */
    CompletionStage<Answer> answer() {
        return answered;
    }

    @Override
    public int head(ResponseHead head, HttpCall call) throws IOException {
        body = head.successful() ? answer : refusal();
        return body.head(head, call);
    }

    @Override
    public void body(ByteBuffer bytes) throws IOException {
        body.body(bytes);
    }

    @Override
    public void end() throws IOException {
        body.end();
    }

    @Override
    public void failed(IOException cause) {
        if (body == null) {
            answered.completeExceptionally(cause);
        } else {
            body.failed(cause);
        }
    }

    private ResponseCollector refusal() {
        ResponseCollector collector = new ResponseCollector(Refusal.MAX_BODY, Refusal.MAX_BODY);
        CompletionStage<CollectedResponse> response = collector.response();
        response.thenApply(Answer::refused).whenComplete(this::settle);
        return collector;
    }

    private void settle(Answer result, Throwable failure) {
        if (failure == null) {
            answered.complete(result);
        } else {
            answered.completeExceptionally(failure);
        }
    }
}

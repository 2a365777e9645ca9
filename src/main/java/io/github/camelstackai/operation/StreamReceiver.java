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
import io.github.camelstackai.operation.Operation.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Receives the response to a stream call: an answer goes to the reader of it, a refusal is read into memory. */
final class StreamReceiver implements ResponseReceiver {
    private final CompletableFuture<Outcome> outcome;
    private final ResponseReceiver answer;
    private final Function<CollectedResponse, Outcome> refused;
    /** Set with the head: where the body goes. */
    private ResponseReceiver body;

    /**
     * @param outcome completed by {@code answer}, or by what {@code refused} makes of a status other than 2xx
     */
    StreamReceiver(
            CompletableFuture<Outcome> outcome, ResponseReceiver answer, Function<CollectedResponse, Outcome> refused) {
        this.outcome = outcome;
        this.answer = answer;
        this.refused = refused;
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
            outcome.completeExceptionally(cause);
        } else {
            body.failed(cause);
        }
    }

    private ResponseCollector refusal() {
        ResponseCollector collector = new ResponseCollector(Refusal.MAX_BODY, Refusal.MAX_BODY);
        collector.response().whenComplete((response, failure) -> {
            if (failure == null) {
                outcome.complete(refused.apply(response));
            } else {
                outcome.completeExceptionally(failure);
            }
        });
        return collector;
    }
}

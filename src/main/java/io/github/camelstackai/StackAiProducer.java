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
package io.github.camelstackai;

import io.github.camelstackai.operation.Operation;
import io.github.camelstackai.operation.Operation.Outcome;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Sends an exchange's call and lets go of the thread; when the call has ended, a worker thread puts the outcome on the
 * exchange and goes on with the route.
 */
public class StackAiProducer extends DefaultAsyncProducer {
    private final StackAiEndpoint endpoint;
    private final Operation operation;

    StackAiProducer(StackAiEndpoint endpoint, Operation operation) {
        super(endpoint);
        this.endpoint = endpoint;
        this.operation = operation;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            operation.send(exchange).whenComplete((outcome, failure) -> handOver(exchange, outcome, failure, callback));
            return false;
        } catch (Throwable e) { // also an Error: whoever waits for the exchange has to be told
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    @Override
    protected void doStop() throws Exception {
        operation.stop();
        super.doStop();
    }

    private void handOver(Exchange exchange, Outcome outcome, Throwable failure, AsyncCallback callback) {
        AtomicBoolean taken = new AtomicBoolean(); // whatever a pool does, the route goes on once
        try {
            endpoint.getComponent()
                    .pools()
                    .run(
                            () -> {
                                if (taken.compareAndSet(false, true)) {
                                    finish(exchange, outcome, failure, callback);
                                }
                            },
                            operation.keepsReader());
        } catch (RuntimeException | Error e) { // no thread is to be had, and the route must not go on in this one
            if (taken.compareAndSet(false, true)) {
                finish(exchange, refusing(outcome, e), failure, callback);
            }
        }
    }

    /** Leaves what came on the exchange, so that it is closed with it, and fails. */
    private static Outcome refusing(Outcome outcome, Throwable cause) {
        return exchange -> {
            outcome.applyTo(exchange);
            throw new RejectedExecutionException(
                    "The call has ended and its answer is on the message, but there is no thread for the"
                            + " route to go on in; let the process have more threads, or send less at once",
                    cause);
        };
    }

    private static void finish(Exchange exchange, Outcome outcome, Throwable failure, AsyncCallback callback) {
        try {
            if (failure == null) {
                outcome.applyTo(exchange);
            } else {
                exchange.setException(failure instanceof CompletionException ? failure.getCause() : failure);
            }
        } catch (Throwable e) {
            exchange.setException(e);
        } finally {
            callback.done(false);
        }
    }
}

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

import io.github.camelstackai.call.CallResult;
import io.github.camelstackai.failure.FailureRecorder;
import io.github.camelstackai.message.CallResources;
import io.github.camelstackai.observe.CallFacts;
import io.github.camelstackai.observe.CallLog;
import io.github.camelstackai.operation.Operation;
import io.github.camelstackai.worker.RouteExecutors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the call without blocking the caller. On completion a worker thread applies the result to the exchange and invokes the
 * callback.
 */
public class StackAiProducer extends DefaultAsyncProducer {
    private static final Logger LOGGER = LoggerFactory.getLogger(StackAiProducer.class);

    private final StackAiEndpoint endpoint;
    private final Operation operation;
    private final FailureRecorder failures;
    private final RouteExecutors executors;
    private final CallLog log;

    StackAiProducer(StackAiEndpoint endpoint, Operation operation, FailureRecorder failures, RouteExecutors executors) {
        super(endpoint);
        this.endpoint = endpoint;
        this.operation = operation;
        this.failures = failures;
        this.executors = executors;
        this.log = new CallLog(LOGGER, endpoint);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (!Interception.skips(endpoint)) { // a mock needs none
            endpoint.checkCredential();
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            operation.send(exchange).thenAccept(result -> continueRoute(exchange, result, callback));
            return false;
        } catch (Throwable e) { // also an Error: whoever waits for the exchange has to be notified
            CallResources.release(exchange);
            failures.record(exchange, e, false, null);
            observe(exchange, null);
            callback.done(true);
            return true;
        }
    }

    private void continueRoute(Exchange exchange, CallResult result, AsyncCallback callback) {
        AtomicBoolean finished = new AtomicBoolean(); // the user's executor may run a task and throw
        try {
            executors.execute(
                    () -> {
                        if (finished.compareAndSet(false, true)) {
                            apply(result, exchange);
                            callback.done(false);
                        }
                    },
                    operation.blocksOnBody());
        } catch (RuntimeException | Error e) {
            // No worker thread available: fail the exchange rather than continue the route on an I/O thread.
            if (finished.compareAndSet(false, true)) {
                failWithoutWorker(exchange, result, e);
                callback.done(false);
            }
        }
    }

    private void apply(CallResult result, Exchange exchange) {
        CallResources.release(exchange);
        try {
            result.applyTo(exchange);
            exchange.removeProperty(StackAiConstants.MAY_HAVE_RUN); // of an earlier failure
        } catch (Throwable e) {
            failures.record(exchange, e, result.mayHaveRun(), result.head());
        }
        observe(exchange, result);
    }

    /** @param result null if nothing was sent */
    private void observe(Exchange exchange, CallResult result) {
        if (CallFacts.isWanted(exchange)) {
            facts(result).record(exchange);
        }
        if (log.showsEnds()) {
            log.ended(exchange, facts(result));
        }
    }

    private static CallFacts facts(CallResult result) {
        return result == null || result.call() == null
                ? CallFacts.UNKNOWN
                : new CallFacts(result.head() == null ? null : result.head().status(), result.call()::redact);
    }

    /** Applies the result all the same, so that a stream is closed with its exchange. */
    private void failWithoutWorker(Exchange exchange, CallResult result, Throwable cause) {
        apply(result, exchange);
        log.noWorker(exchange, facts(result), cause);
        if (exchange.getException() == null) {
            String run = exchange.getMessage().getHeader(StackAiConstants.RUN_ID, String.class);
            Throwable failure = new RejectedExecutionException(
                    result.call().withRun(run) + " completed, but no worker thread could be started to continue the"
                            + " route; raise the process thread limit or reduce concurrency",
                    cause);
            failures.record(exchange, failure, true, null);
        }
    }
}

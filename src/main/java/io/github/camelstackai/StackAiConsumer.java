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

import io.github.camelstackai.message.RunMapper;
import io.github.camelstackai.protocol.LoggedRun;
import io.github.camelstackai.runlog.RunLogReader;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.LoggingExceptionHandler;
import org.apache.camel.support.ScheduledBatchPollingConsumer;
import org.apache.camel.util.CastUtils;

/**
 * Polls the log of runs of a flow, and processes each run that has ended or paused, one after the other in the order of their dates.
 * A run whose exchange fails is processed again at the next poll.
 */
public class StackAiConsumer extends ScheduledBatchPollingConsumer {
    private final StackAiEndpoint endpoint;
    private final Supplier<RunLogReader> reader;
    private final RunMapper mapper;
    private final ExceptionHandler failures;
    /** Written at the start. */
    private volatile RunLogReader log;
    /** Whether the last poll found no runs. */
    private volatile boolean foundNone;

    /** @param reader supplies what reads the log, and remembers what was processed */
    StackAiConsumer(StackAiEndpoint endpoint, Processor processor, Supplier<RunLogReader> reader, RunMapper mapper) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.reader = reader;
        this.mapper = mapper;
        this.failures = new LoggingExceptionHandler(endpoint.getCamelContext(), getClass());
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        endpoint.checkCredential();
    }

    @Override
    protected void doStart() throws Exception {
        IdempotentRepository repository = endpoint.getConfiguration().getIdempotentRepository();
        if (repository != null) { // stopped with the context: other consumers may share it
            endpoint.getCamelContext().addService(repository, true, true);
        }
        log = reader.get();
        log.open();
        super.doStart();
    }

    @Override
    protected void doSuspend() throws Exception {
        cancel();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        log.open();
        super.doResume();
    }

    @Override
    protected void doStop() throws Exception {
        cancel();
        super.doStop();
    }

    private void cancel() {
        if (log != null) {
            log.cancel();
        }
    }

    @Override
    protected int poll() throws Exception {
        if (!log.tryBegin()) { // a scheduler with several threads
            return 0;
        }
        try {
            Queue<LoggedRun> runs = log.read(maxMessagesPerPoll);
            foundNone = runs.isEmpty();
            int processed = processBatch(CastUtils.cast(runs));
            log.complete();
            return processed;
        } catch (CancellationException e) {
            return 0; // stopped or suspended
        } finally {
            log.end();
        }
    }

    /** {@inheritDoc} A poll that was cancelled found nothing because it did not look, one whose runs failed is not idle. */
    @Override
    public boolean isSendEmptyMessageWhenIdle() {
        return super.isSendEmptyMessageWhenIdle() && foundNone && !log.isCancelled();
    }

    /** {@inheritDoc} Runs that failed do not count: {@code greedy} does not repeat them at once. */
    @Override
    public int processBatch(Queue<Object> runs) throws Exception {
        int size = runs.size();
        int processed = 0;
        for (int index = 0; index < size && isBatchAllowed(); index++) {
            pendingExchanges = size - index - 1;
            processed += process((LoggedRun) runs.remove(), index, size) ? 1 : 0;
        }
        return processed;
    }

    private boolean process(LoggedRun run, int index, int size) {
        Exchange exchange = createExchange(false);
        try {
            mapper.setRun(exchange.getMessage(), run, endpoint.getFlowId());
            exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, size);
            exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == size - 1);
            process(exchange);
            boolean processed = isProcessed(exchange);
            if (processed) {
                log.confirm(run);
            } else {
                log.fail(run);
                report(run, exchange);
            }
            return processed;
        } finally {
            releaseExchange(exchange, false);
        }
    }

    /** Waits for the route, also where it continues on other threads. */
    private void process(Exchange exchange) {
        try {
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }

    private static boolean isProcessed(Exchange exchange) {
        return !exchange.isFailed() && !exchange.isRollbackOnly() && !exchange.isRollbackOnlyLast();
    }

    /** The error handler of the route has had the failure, so that {@code bridgeErrorHandler} does not send it there again. */
    private void report(LoggedRun run, Exchange exchange) {
        ExceptionHandler handler = endpoint.isBridgeErrorHandler() ? failures : getExceptionHandler();
        handler.handleException(
                "Run " + run.id() + " was not processed; it comes again with the next poll of " + endpoint,
                exchange,
                exchange.getException());
    }
}

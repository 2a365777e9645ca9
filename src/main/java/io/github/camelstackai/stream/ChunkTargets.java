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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ProducerCache;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.camel.support.cache.DefaultProducerCache;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Sends to the endpoints that receive chunks. Their producers live as long as the component, and not as long as the producer that
 * streams: Camel stops producers while they have calls in flight, when a cache evicts them. Thread-safe.
 */
public final class ChunkTargets {
    private final OpenCalls open = new OpenCalls("the component was stopped");
    /** Written at start; null before. */
    private volatile ProducerCache producers;

    /**
     * Creates the cache of the producers.
     *
     * @param owner as Camel's management names it
     */
    public void start(Object owner, CamelContext context) {
        producers = new DefaultProducerCache(owner, context, 0);
        ServiceHelper.startService(producers);
        open.start();
    }

    /** Ends the streams that are open, and stops the producers. */
    public void stop() {
        open.stop();
        ServiceHelper.stopAndShutdownService(producers);
    }

    /**
     * Starts the endpoint and its producer, so that a failure to start shows before the first chunk; before {@link #start}, the first
     * chunk starts them.
     *
     * @throws RuntimeException Camel's, if that fails
     */
    public void prepare(Endpoint endpoint) {
        ProducerCache started = producers;
        if (started != null) {
            ServiceHelper.startService(endpoint);
            started.releaseProducer(endpoint, started.acquireProducer(endpoint));
        }
    }

    /** The open calls of the component, which end when it stops. */
    public OpenCalls openCalls() {
        return open;
    }

    /**
     * Sends an exchange by Camel's asynchronous API.
     *
     * @return completes, never exceptionally, when the exchange is done; the exchange has the exception if it failed
     */
    CompletionStage<Exchange> send(Endpoint endpoint, Exchange exchange) {
        try {
            return producers
                    .asyncSendExchange(endpoint, null, null, null, exchange, null)
                    .thenApply(ChunkTargets::done);
        } catch (Throwable e) { // Camel passes an Error on
            exchange.setException(e);
            return CompletableFuture.completedFuture(done(exchange));
        }
    }

    /** Camel leaves the unit of work open, and so the exchange in flight, if the producer throws. */
    private static Exchange done(Exchange exchange) {
        UnitOfWork open = exchange.getUnitOfWork();
        if (open != null) {
            UnitOfWorkHelper.doneUow(open, exchange);
        }
        return exchange;
    }
}

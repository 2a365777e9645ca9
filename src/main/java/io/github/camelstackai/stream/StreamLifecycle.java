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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.observe.OutcomeMapper;
import java.util.List;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Ends a stream with the exchange that it is on, which may become another than the one that it was opened on, or with a route
 * that the exchange was on when the stream opened.
 */
public final class StreamLifecycle extends SynchronizationAdapter implements StreamOwner {
    private final ChunkStream stream;
    private final List<OpenCalls> routes;
    /** Replaced at a handover, by the thread that hands the exchange over. */
    private volatile Exchange exchange;

    private StreamLifecycle(ChunkStream stream, Exchange exchange) {
        this.stream = stream;
        this.exchange = exchange;
        this.routes = OpenCalls.of(exchange);
    }

    /** Ties a stream to an exchange. Outside a route the stream belongs to the caller of the producer, who closes it. */
    public static void attach(ChunkStream stream, Exchange exchange) {
        if (exchange.getFromRouteId() != null) {
            StreamLifecycle lifecycle = new StreamLifecycle(stream, exchange);
            stream.ownedBy(lifecycle);
            lifecycle.routes.forEach(route -> route.add(stream));
            exchange.getExchangeExtension().addOnCompletion(lifecycle);
        }
    }

    @Override
    public void beforeHandover(Exchange target) {
        exchange = target;
    }

    @Override
    public void onDone(Exchange done) {
        routes.forEach(route -> route.remove(stream));
        stream.ownedBy(NONE);
        stream.cancel(
                OutcomeMapper.CANCELLED,
                "its exchange has ended before the stream was read to its end; a copy of a message, as of multicast,"
                        + " recipientList, wireTap or a Kamelet, cannot carry a stream: send it by to or toD, read it within the"
                        + " Kamelet, or use streamMode=collect");
    }

    @Override
    public void broken(StackAiStreamException failure) {
        exchange.setProperty(StackAiConstants.MAY_HAVE_RUN, failure.mayHaveRun());
    }

    /**
     * True if the rest will be discarded. A Splitter with stopOnException drains its iterator, and wraps the failure in a
     * CamelExchangeException; one that continues leaves the failure unwrapped.
     */
    @Override
    public boolean discardsRest() {
        Exchange current = exchange;
        ExchangeExtension extension = current.getExchangeExtension();
        return current.getException() instanceof CamelExchangeException
                || current.isRouteStop()
                || current.isRollbackOnly()
                || current.isRollbackOnlyLast()
                || (extension.isErrorHandlerHandledSet() && extension.isErrorHandlerHandled());
    }
}

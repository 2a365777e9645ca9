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
package io.github.camelstackai.http;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;

/**
 * The non-blocking HTTP client of a component: sends calls over pooled connections from a few I/O threads. Thread-safe.
 *
 * <p>It does what it is told and no more: no redirect is followed, nothing is sent twice, decompressed or remembered.
 */
public final class HttpTransport implements AutoCloseable {
    static final String CALL = HttpCall.class.getName();
    /** For I/O threads to be done with what they are at; asleep, they would take a second to see that they may end. */
    private static final TimeValue PATIENCE = TimeValue.ofMilliseconds(100);

    private final Set<HttpCall> calls = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Running> running = new AtomicReference<>();

    private record Running(
            CloseableHttpAsyncClient client,
            PoolingAsyncClientConnectionManager pool,
            ScheduledThreadPoolExecutor timer,
            Future<?> eviction) {}

    /** Starts the I/O threads. */
    public void start(TransportSettings settings) {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("stackai-timer", true));
        timer.setRemoveOnCancelPolicy(true);
        PoolingAsyncClientConnectionManager pool = ClientBuilder.pool(settings);
        CloseableHttpAsyncClient client = ClientBuilder.client(settings, new LeaseTimeouts(pool, timer));
        client.start();
        Future<?> eviction = timer.scheduleWithFixedDelay(pool::closeExpired, 1, 1, TimeUnit.SECONDS);
        running.set(new Running(client, pool, timer, eviction));
    }

    /**
     * Sends a request; returns at once.
     *
     * @param receiver is told everything that happens from here on, also what fails before the request is sent
     */
    public HttpCall send(OutboundRequest request, CallTimeouts timeouts, ResponseReceiver receiver) {
        Running now = running.get();
        AtomicReference<HttpCall> self = new AtomicReference<>();
        HttpCall call = new HttpCall(
                request, timeouts, receiver, now == null ? null : now.timer(), () -> calls.remove(self.get()));
        self.set(call);
        if (now == null) {
            call.cancel(new IOException(call + ": not sent, the component is stopped"));
            return call;
        }
        HttpHost target = target(request);
        AsyncRequestProducer producer = producer(request);
        calls.add(call);
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(CALL, call);
        CallExchange exchange = new CallExchange(call);
        call.sending(now.client().execute(target, producer, exchange, null, context, exchange));
        if (!now.equals(running.get())) {
            call.cancel(stopped(call));
        }
        return call;
    }

    /** Calls sent and not ended. */
    public int callsInFlight() {
        return calls.size();
    }

    /** Connections that calls hold. */
    public int leasedConnections() {
        Running now = running.get();
        return now == null ? 0 : now.pool().getTotalStats().getLeased();
    }

    /** Fails what is in flight, closes every connection and stops every thread. May be started again. */
    @Override
    public void close() {
        Running last = running.getAndSet(null);
        if (last == null) {
            return;
        }
        calls.forEach(call -> call.cancel(stopped(call)));
        stop(last);
        last.eviction().cancel(false);
        last.timer().shutdownNow();
    }

    /**
     * Closes the connections first, so that the I/O threads have nothing left to do: closing the selector of one that is
     * handling an event trips it up, and it reports that as an error.
     */
    private static void stop(Running last) {
        last.pool().close(CloseMode.IMMEDIATE);
        last.client().initiateShutdown();
        try {
            last.client().awaitShutdown(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        last.client().close(CloseMode.IMMEDIATE);
    }

    private static IOException stopped(HttpCall call) {
        return new IOException(call + ": cancelled, the component was stopped; the run may have taken place");
    }

    private static HttpHost target(OutboundRequest request) {
        return HttpHost.create(request.uri());
    }

    private static AsyncRequestProducer producer(OutboundRequest request) {
        String query = request.uri().getRawQuery();
        String path = request.uri().getRawPath() + (query == null ? "" : "?" + query);
        BasicHttpRequest head = new BasicHttpRequest(request.method(), target(request), path);
        request.headers().forEach(header -> head.addHeader(header.getKey(), header.getValue()));
        return new BasicRequestProducer(
                head, request.body() == null ? null : new BasicAsyncEntityProducer(request.body(), null));
    }
}

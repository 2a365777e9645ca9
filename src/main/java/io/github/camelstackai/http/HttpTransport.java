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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
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
    /** Threads that look host names up. The system's cache answers nearly always, and one name at a time. */
    private static final int RESOLVERS = 4;
    /** For I/O threads to be done with what they are at; asleep, they would take a second to see that they may end. */
    private static final TimeValue PATIENCE = TimeValue.ofMilliseconds(100);

    private final Set<HttpCall> calls = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Running> running = new AtomicReference<>();

    /** Lets calls be sent. */
    public void start(TransportSettings settings) {
        Running now = new Running(settings);
        // It ends with the timer.
        Future<?> unused = now.timer.scheduleWithFixedDelay(() -> look(now), 1, 1, TimeUnit.SECONDS);
        running.set(now);
        if (settings.configurer() != null) {
            now.client(); // what is wrong with it is to fail the start, and not the first call
        }
    }

    /** Does now what takes its time at the first call; nothing when not started. */
    public void prepare() {
        Running now = running.get();
        if (now != null) {
            now.client();
            now.tls.prepare();
        }
    }

    private void look(Running now) {
        calls.forEach(HttpCall::look);
        now.pool().ifPresent(PoolingAsyncClientConnectionManager::closeExpired);
    }

    /**
     * Sends a request; returns at once.
     *
     * @param receiver is told everything that happens from here on, also what fails before the request is sent
     * @throws IllegalStateException when this is not started
     */
    public HttpCall send(OutboundRequest request, CallTimeouts timeouts, ResponseReceiver receiver) {
        Running now = running.get();
        if (now == null) {
            throw new IllegalStateException(request + ": not sent, the component is stopped");
        }
        HttpCall call =
                new HttpCall(request, timeouts, receiver, now.timer, sending -> execute(sending, now), calls::remove);
        calls.add(call);
        call.begin();
        if (!now.equals(running.get())) {
            call.cancel(stopped(call));
        }
        return call;
    }

    private static void execute(HttpCall call, Running now) {
        HttpHost target = HttpHost.create(call.request().uri());
        AsyncRequestProducer producer = producer(call.request(), target);
        HttpClientContext context = HttpClientContext.create();
        CallExchange exchange = new CallExchange(call);
        context.setAttribute(CallExchange.class.getName(), exchange);
        try {
            call.sends(exchange);
            exchange.waitsFor(now.client().execute(target, producer, exchange, null, context, exchange));
        } catch (IllegalStateException e) {
            call.cancel(stopped(call)); // the client is
        }
    }

    /** Calls sent and not ended. */
    public int callsInFlight() {
        return calls.size();
    }

    /** Connections that calls hold. */
    public int leasedConnections() {
        Running now = running.get();
        return now == null
                ? 0
                : now.pool().map(pool -> pool.getTotalStats().getLeased()).orElse(0);
    }

    /** Fails what is in flight, closes every connection and stops every thread. May be started again. */
    @Override
    public void close() {
        Running last = running.getAndSet(null);
        if (last == null) {
            return;
        }
        calls.forEach(call -> call.cancel(stopped(call)));
        last.close();
    }

    private static IOException stopped(HttpCall call) {
        return new IOException(call + ": cancelled, the component was stopped; it may have taken place");
    }

    private static AsyncRequestProducer producer(OutboundRequest request, HttpHost target) {
        String query = request.uri().getRawQuery();
        String path = request.uri().getRawPath() + (query == null ? "" : "?" + query);
        BasicHttpRequest head = new BasicHttpRequest(request.method(), target, path);
        request.headers().forEach(header -> head.addHeader(header.getKey(), header.getValue()));
        return new BasicRequestProducer(
                head, request.body() == null ? null : new BasicAsyncEntityProducer(request.body(), null));
    }

    /** From start to close. The client is made when it is needed: its classes take longer to load than all else of the start. */
    private static final class Running {
        private final TransportSettings settings;
        private final ScheduledThreadPoolExecutor timer;
        private final ThreadPoolExecutor resolvers;
        private final Tls tls;
        /** Null until it is made. Written under the lock. */
        private volatile CloseableHttpAsyncClient client;

        private PoolingAsyncClientConnectionManager pool; // guarded by this, as the next
        private boolean closed;

        Running(TransportSettings settings) {
            this.settings = settings;
            this.tls = new Tls(settings.sslContext());
            timer = new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("stackai-timer", true));
            timer.setRemoveOnCancelPolicy(true);
            resolvers = new ThreadPoolExecutor(
                    RESOLVERS,
                    RESOLVERS,
                    5,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    new DefaultThreadFactory("stackai-dns", true));
            resolvers.allowCoreThreadTimeOut(true);
        }

        /** @throws IllegalStateException when closed */
        CloseableHttpAsyncClient client() {
            CloseableHttpAsyncClient made = client;
            return made == null ? make() : made;
        }

        private synchronized CloseableHttpAsyncClient make() {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            if (client == null) {
                pool = ClientBuilder.pool(settings, tls);
                CloseableHttpAsyncClient made = ClientBuilder.client(
                        settings, new CallConnections(pool, tls, timer, resolvers, settings.connectTimeout()));
                made.start();
                client = made;
            }
            return client;
        }

        /** Empty until it is made. */
        synchronized Optional<PoolingAsyncClientConnectionManager> pool() {
            return Optional.ofNullable(pool);
        }

        synchronized void close() {
            closed = true;
            if (client != null) {
                stopClient();
            }
            resolvers.shutdownNow();
            timer.shutdownNow();
        }

        /**
         * Closes the connections first, so that the I/O threads have nothing left to do: closing the selector of one that is
         * handling an event trips it up, and it reports that as an error.
         */
        private void stopClient() {
            pool.close(CloseMode.IMMEDIATE);
            client.initiateShutdown();
            try {
                client.awaitShutdown(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            client.close(CloseMode.IMMEDIATE);
        }
    }
}

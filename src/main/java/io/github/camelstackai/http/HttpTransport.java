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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    private final Set<HttpCall> calls = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Running> running = new AtomicReference<>();

    /** Lets calls be sent. */
    public void start(TransportSettings settings) {
        Running now = new Running(settings);
        if (settings.configurer() != null) {
            now.client(); // what is wrong with it is to fail the start, and not the first call
        }
        // It ends with the timer.
        Future<?> unused = now.timer.scheduleWithFixedDelay(() -> look(now), 1, 1, TimeUnit.SECONDS);
        running.set(now);
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
        try {
            calls.forEach(call -> call.clock().look());
            now.pool().ifPresent(PoolingAsyncClientConnectionManager::closeExpired);
        } catch (Throwable e) { // whatever it is, the next look has to take place
            LOG.warn("StackAI: calls and connections are looked at again in a second", e);
        }
    }

    /**
     * Sends a request; returns at once, the first time when the client is made.
     *
     * @param receiver is told everything that happens from here on, also what fails before the request is sent
     * @throws IllegalStateException when this is not started
     */
    public HttpCall send(OutboundRequest request, CallTimeouts timeouts, ResponseReceiver receiver) {
        Running now = running.get();
        Client client = now == null ? null : now.client();
        if (client == null) {
            throw new IllegalStateException(request + ": not sent, the component is stopped");
        }
        HttpCall call = new HttpCall(
                request, timeouts, receiver, now.timer, sending -> execute(sending, client.sender()), calls::remove);
        calls.add(call);
        call.begin();
        if (!now.equals(running.get())) {
            call.cancel(stopped(call));
        }
        return call;
    }

    private static void execute(HttpCall call, CloseableHttpAsyncClient sender) {
        HttpHost target = HttpHost.create(call.request().uri());
        AsyncRequestProducer producer = producer(call.request(), target);
        HttpClientContext context = HttpClientContext.create();
        CallExchange exchange = new CallExchange(call);
        context.setAttribute(CallExchange.class.getName(), exchange);
        try {
            call.sends(exchange);
            exchange.waitsFor(sender.execute(target, producer, exchange, null, context, exchange));
        } catch (IllegalStateException | RejectedExecutionException e) {
            call.cancel(stopped(call)); // the client is, or its threads
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

    private record Client(CloseableHttpAsyncClient sender, PoolingAsyncClientConnectionManager pool) {}

    /** From start to close. The client is made when it is needed: its classes take time to load. */
    private static final class Running {
        private final TransportSettings settings;
        private final Tls tls;
        private final ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("stackai-timer", true));
        private final ThreadPoolExecutor resolvers = new ThreadPoolExecutor(
                RESOLVERS,
                RESOLVERS,
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("stackai-dns", true));
        private final ReentrantLock lock = new ReentrantLock();
        /** Null until it is made, under the lock. */
        private volatile Client client;

        private boolean closed; // guarded by lock

        Running(TransportSettings settings) {
            this.settings = settings;
            this.tls = new Tls(settings.sslContext());
            timer.setRemoveOnCancelPolicy(true);
            resolvers.allowCoreThreadTimeOut(true);
        }

        /** Null when closed. */
        Client client() {
            Client made = client;
            return made == null ? make() : made;
        }

        /** Empty until it is made. */
        Optional<PoolingAsyncClientConnectionManager> pool() {
            return Optional.ofNullable(client).map(Client::pool);
        }

        private Client make() {
            lock.lock();
            try {
                if (client == null && !closed) {
                    PoolingAsyncClientConnectionManager pool = ClientBuilder.pool(settings, tls);
                    CloseableHttpAsyncClient sender = ClientBuilder.client(
                            settings, new CallConnections(pool, tls, timer, resolvers, settings.connectTimeout()));
                    sender.start();
                    client = new Client(sender, pool);
                }
                return client;
            } finally {
                lock.unlock();
            }
        }

        void close() {
            lock.lock();
            try {
                closed = true;
            } finally {
                lock.unlock();
            }
            if (client != null) {
                stop(client);
            }
            resolvers.shutdownNow();
            timer.shutdownNow();
        }

        /**
         * Closes the connections first, so that the I/O threads have nothing left to do: closing the selector of one that is
         * handling an event trips it up, and it reports that as an error.
         */
        private static void stop(Client last) {
            last.pool().close(CloseMode.IMMEDIATE);
            last.sender().initiateShutdown();
            try {
                last.sender().awaitShutdown(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            last.sender().close(CloseMode.IMMEDIATE);
        }
    }
}

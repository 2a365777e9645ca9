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
package io.github.camelstackai.http.apache;

import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.HttpTransport;
import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.http.ResponseReceiver;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transport on Apache HttpClient 5: sends calls over pooled connections from a few I/O threads. It follows no redirect, sends
 * nothing twice, and decompresses and stores nothing.
 */
public final class ApacheTransport implements HttpTransport, AutoCloseable {
    /** Threads that resolve host names: the cache of the system answers most requests. */
    private static final int RESOLVERS = 4;
    /** How long I/O threads may finish what they do; an idle one notices the shutdown only after a second. */
    private static final TimeValue SHUTDOWN_GRACE = TimeValue.ofMilliseconds(100);

    private static final Logger LOG = LoggerFactory.getLogger(ApacheTransport.class);

    private final Set<ApacheCall> calls = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Running> running = new AtomicReference<>();

    /**
     * Accepts calls from now on.
     *
     * @throws IllegalStateException if the HTTP client on the class path is too old
     */
    public void start(TransportSettings settings) {
        ClientVersion.check();
        Running now = new Running(settings);
        if (settings.configurer() != null) {
            now.client(); // a configurer that fails shall fail the start, not the first call
        }
        // ends with the timer
        Future<?> unused = now.timer.scheduleWithFixedDelay(
                () -> checkPeriodically(now),
                CallTimer.PERIOD.toMillis(),
                CallTimer.PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
        running.set(now);
    }

    /** Creates the client, which otherwise happens in the first call, and may block. Does nothing unless started. */
    public void prepare() {
        Running now = running.get();
        if (now != null) {
            now.client();
        }
    }

    private void checkPeriodically(Running now) {
        check(() -> now.pool().ifPresent(PoolingAsyncClientConnectionManager::closeExpired));
        calls.forEach(call -> check(call.timer()::check));
    }

    /** One that fails affects no other, and does not end the periodic task. */
    private static void check(Runnable check) {
        try {
            check.run();
        } catch (Throwable e) {
            LOG.warn("StackAI: checking time limits or idle connections failed; retrying in 1 s", e);
        }
    }

    /** {@inheritDoc} The first call blocks while the client is created, unless {@link #prepare} has done so. */
    @Override
    public HttpCall send(OutboundRequest request, CallTimeouts timeouts, ResponseReceiver receiver) {
        Running now = running.get();
        Client client = now == null ? null : now.client();
        if (client == null) {
            throw new IllegalStateException(request + ": the component is stopped; nothing was sent");
        }
        ApacheCall call = new ApacheCall(
                request, timeouts, receiver, now.timer, attempt -> execute(attempt, client.sender()), calls::remove);
        calls.add(call);
        call.begin();
        if (!now.equals(running.get())) {
            call.stop();
        }
        return call;
    }

    private void execute(ApacheCall call, CloseableHttpAsyncClient sender) {
        CallExchange exchange = new CallExchange(call);
        try {
            call.sendBy(exchange);
            HttpHost target = RequestProducerFactory.target(call.request().base());
            AsyncRequestProducer producer = RequestProducerFactory.producer(call.request(), target, exchange.body());
            exchange.pending(sender.execute(target, producer, exchange, null, new CallContext(exchange), exchange));
        } catch (RuntimeException e) {
            if (running.get() == null) {
                call.stop();
            } else {
                exchange.failed(e);
            }
        }
    }

    /** Calls sent and not ended, those included that wait for a connection. */
    public int callsInFlight() {
        return calls.size();
    }

    /** The connections of the pool; none while the transport is stopped. */
    public ConnectionCounts connections() {
        Running now = running.get();
        Client client = now == null ? null : now.client;
        return client == null
                ? ConnectionCounts.NONE
                : ConnectionCounts.of(client.pool(), client.connections().resting());
    }

    /** Fails the calls in flight, closes every connection, and stops every thread. The transport can be started again. */
    @Override
    public void close() {
        Running last = running.getAndSet(null);
        if (last == null) {
            return;
        }
        // Those that wait first: a call that ends frees its connection, and none of them shall be sent over it.
        calls.stream().filter(call -> !call.isOnConnection()).forEach(ApacheCall::stop);
        calls.forEach(ApacheCall::stop);
        last.close();
    }

    private record Client(
            CloseableHttpAsyncClient sender,
            PoolingAsyncClientConnectionManager pool,
            TimedConnectionManager connections) {}

    /** What exists from start to close. The client is created when it is first needed: its classes take time to load. */
    private static final class Running {
        private final TransportSettings settings;
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
        /** Null until created, under the lock. */
        private volatile Client client;

        private boolean closed; // guarded by lock

        Running(TransportSettings settings) {
            this.settings = settings;
            timer.setRemoveOnCancelPolicy(true);
            resolvers.allowCoreThreadTimeOut(true);
        }

        /** Null if closed. */
        Client client() {
            Client current = client;
            return current == null ? create() : current;
        }

        /** Empty until created. */
        Optional<PoolingAsyncClientConnectionManager> pool() {
            return Optional.ofNullable(client).map(Client::pool);
        }

        private Client create() {
            lock.lock();
            try {
                if (client == null && !closed) {
                    PoolingAsyncClientConnectionManager pool = ClientFactory.pool(settings);
                    TimedConnectionManager connections =
                            new TimedConnectionManager(pool, timer, resolvers, settings.connectTimeout());
                    CloseableHttpAsyncClient sender = ClientFactory.client(settings, connections);
                    sender.start();
                    client = new Client(sender, pool, connections);
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
         * Closes the connections first, so that the I/O threads become idle: HttpCore 5.3 logs an error when the selector of a busy
         * one is closed.
         */
        private static void stop(Client last) {
            last.pool().close(CloseMode.IMMEDIATE);
            last.sender().initiateShutdown();
            try {
                last.sender().awaitShutdown(SHUTDOWN_GRACE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            last.sender().close(CloseMode.IMMEDIATE);
        }
    }
}

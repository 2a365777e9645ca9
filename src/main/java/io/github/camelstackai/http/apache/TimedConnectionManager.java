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

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.concurrent.BasicFuture;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.concurrent.ComplexFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.concurrent.FutureContribution;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The connection pool with time limits, and without blocking the calling thread.
 *
 * <p>The pool of HttpClient 5.5 checks the time limit of a lease only when another connection is leased or released, so calls that
 * wait while silent calls hold all connections would wait for ever. It resolves host names on the calling thread, and has no time
 * limit for a proxy that connects.
 */
final class TimedConnectionManager implements AsyncClientConnectionManager {
    private final AsyncClientConnectionManager pool;
    private final ScheduledExecutorService timer;
    private final Executor resolvers;
    private final Duration connectTimeout;
    private final RestingConnections resting;

    /** @param resolvers threads that may block on a name service */
    TimedConnectionManager(
            AsyncClientConnectionManager pool,
            ScheduledExecutorService timer,
            Executor resolvers,
            Duration connectTimeout) {
        this.pool = pool;
        this.timer = timer;
        this.resolvers = resolvers;
        this.connectTimeout = connectTimeout;
        this.resting = new RestingConnections(pool, timer);
    }

    /** Connections that no call holds, and that may not be reused yet. */
    int resting() {
        return resting.count();
    }

    @Override
    public Future<AsyncConnectionEndpoint> lease(
            String id,
            HttpRoute route,
            Object state,
            Timeout timeout,
            FutureCallback<AsyncConnectionEndpoint> callback) {
        Lease pending = new Lease(callback, timeout);
        Future<AsyncConnectionEndpoint> lease = pool.lease(id, route, null, Timeout.DISABLED, pending);
        if (!lease.isDone()) {
            resting.makeRoom();
        }
        if (!lease.isDone() && Timeout.isPositive(timeout)) {
            pending.expiry = timer.schedule(
                    () -> {
                        pending.expired = true;
                        lease.cancel(true);
                    },
                    timeout.getDuration(),
                    timeout.getTimeUnit());
            if (lease.isDone()) {
                pending.stop();
            }
        }
        return lease;
    }

    /** Passes the result of a lease on to the call, and adds the time limit. */
    private static final class Lease implements FutureCallback<AsyncConnectionEndpoint> {
        private final FutureCallback<AsyncConnectionEndpoint> callback;
        private final Timeout timeout;
        /** Written by the timer thread. */
        private volatile boolean expired;
        /** Written by the leasing thread; null for no time limit, or no wait. */
        private volatile Future<?> expiry;

        Lease(FutureCallback<AsyncConnectionEndpoint> callback, Timeout timeout) {
            this.callback = callback;
            this.timeout = timeout;
        }

        void stop() {
            Future<?> pending = expiry;
            if (pending != null) {
                pending.cancel(false);
            }
        }

        @Override
        public void completed(AsyncConnectionEndpoint endpoint) {
            stop();
            callback.completed(endpoint);
        }

        @Override
        public void failed(Exception cause) {
            stop();
            callback.failed(cause);
        }

        @Override
        public void cancelled() {
            stop();
            if (expired) {
                callback.failed(new ConnectionRequestTimeoutException("no connection became free within " + timeout
                        + " (connectionRequestTimeout); raise maxConnections, or reduce concurrency"));
            } else {
                callback.cancelled();
            }
        }
    }

    @Override
    public void release(AsyncConnectionEndpoint endpoint, Object state, TimeValue keepAlive) {
        resting.release(endpoint, state, keepAlive);
    }

    @Override
    public Future<AsyncConnectionEndpoint> connect(
            AsyncConnectionEndpoint endpoint,
            ConnectionInitiator initiator,
            Timeout timeout,
            Object attachment,
            HttpContext context,
            FutureCallback<AsyncConnectionEndpoint> callback) {
        CallExchange exchange = CallContext.exchange(context);
        if (!exchange.connecting(connectTimeout)) {
            // it lost its connection: a tunnel, for one, has to be set up again from the start
            callback.failed(new RequestNotExecutedException());
            return new BasicFuture<>(null);
        }
        ComplexFuture<AsyncConnectionEndpoint> connected = new ComplexFuture<>(new CallbackContribution<>(callback) {
            @Override
            public void completed(AsyncConnectionEndpoint made) {
                exchange.reached(connectTimeout);
                callback.completed(made);
            }
        });
        HttpHost target = RoutingSupport.normalize(exchange.target(), DefaultSchemePortResolver.INSTANCE);
        Runnable connect = () -> {
            ConnectionInitiator nonLogging =
                    new NonLoggingProtocols(initiator, exchange::resolved, () -> resting.unrequestedBytes(target));
            connected.setDependency(
                    pool.connect(endpoint, nonLogging, timeout, attachment, context, forward(connected)));
        };
        resolvers.execute(() -> attempt(connect, connected));
        return connected;
    }

    private static void attempt(Runnable connect, ComplexFuture<?> connected) {
        if (!connected.isDone()) {
            try {
                connect.run();
            } catch (Throwable e) { // also an Error, such as a class of another version: the call has to end
                connected.failed(e instanceof Exception known ? known : new IOException(e.toString(), e));
            }
        }
    }

    private static <T> FutureCallback<T> forward(ComplexFuture<T> future) {
        return new FutureContribution<>(future) {
            @Override
            public void completed(T result) {
                future.completed(result);
            }
        };
    }

    @Override
    public void upgrade(AsyncConnectionEndpoint endpoint, Object attachment, HttpContext context) {
        pool.upgrade(endpoint, attachment, context);
    }

    @Override
    public void upgrade(
            AsyncConnectionEndpoint endpoint,
            Object attachment,
            HttpContext context,
            FutureCallback<AsyncConnectionEndpoint> callback) {
        pool.upgrade(endpoint, attachment, context, callback);
    }

    @Override
    public void close(CloseMode mode) {
        pool.close(mode);
    }

    @Override
    public void close() throws IOException {
        pool.close();
    }
}

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
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.concurrent.BasicFuture;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.concurrent.ComplexFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.concurrent.FutureContribution;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The pool as calls need it: no thread waits for it, and no call waits longer than it may.
 *
 * <p>The pool by itself looks at the time of a lease only when some other connection is leased or released, so calls that wait
 * while all connections are held by silent ones would wait for ever; it looks host names up on the thread that calls; and it
 * keeps no time while a proxy connects.
 */
final class CallConnections implements AsyncClientConnectionManager {
    private final AsyncClientConnectionManager pool;
    private final Tls tls;
    private final ScheduledExecutorService timer;
    private final Executor resolvers;
    private final Duration connectTimeout;

    /** @param resolvers threads that may wait for a name service, or for certificates to be read */
    CallConnections(
            AsyncClientConnectionManager pool,
            Tls tls,
            ScheduledExecutorService timer,
            Executor resolvers,
            Duration connectTimeout) {
        this.pool = pool;
        this.tls = tls;
        this.timer = timer;
        this.resolvers = resolvers;
        this.connectTimeout = connectTimeout;
    }

    @Override
    public Future<AsyncConnectionEndpoint> lease(
            String id,
            HttpRoute route,
            Object state,
            Timeout timeout,
            FutureCallback<AsyncConnectionEndpoint> callback) {
        Wait wait = new Wait(callback, timeout);
        Future<AsyncConnectionEndpoint> lease = pool.lease(id, route, state, Timeout.DISABLED, wait);
        if (!lease.isDone() && Timeout.isPositive(timeout)) {
            wait.check = timer.schedule(
                    () -> {
                        wait.expired = true;
                        lease.cancel(true);
                    },
                    timeout.getDuration(),
                    timeout.getTimeUnit());
            if (lease.isDone()) {
                wait.stop();
            }
        }
        return lease;
    }

    /** Stands between the pool and the call that waits for it. */
    private static final class Wait implements FutureCallback<AsyncConnectionEndpoint> {
        private final FutureCallback<AsyncConnectionEndpoint> callback;
        private final Timeout timeout;
        /** Written by the timer. */
        private volatile boolean expired;
        /** Written by the leasing thread; null when there was nothing to wait for. */
        private volatile Future<?> check;

        Wait(FutureCallback<AsyncConnectionEndpoint> callback, Timeout timeout) {
            this.callback = callback;
            this.timeout = timeout;
        }

        /** No check is made any more, and nothing held for it. */
        void stop() {
            Future<?> pending = check;
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
                        + " (connectionRequestTimeout); raise maxConnections, or send less at once"));
            } else {
                callback.cancelled();
            }
        }
    }

    @Override
    public void release(AsyncConnectionEndpoint endpoint, Object state, TimeValue keepAlive) {
        pool.release(endpoint, state, keepAlive);
    }

    @Override
    public Future<AsyncConnectionEndpoint> connect(
            AsyncConnectionEndpoint endpoint,
            ConnectionInitiator initiator,
            Timeout timeout,
            Object attachment,
            HttpContext context,
            FutureCallback<AsyncConnectionEndpoint> callback) {
        CallExchange exchange = CallExchange.of(context);
        if (!exchange.connecting(connectTimeout)) {
            // it was connected, and is no more: what was there, a tunnel for one, has to be made anew from the start
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
        Runnable connect = () -> {
            if (exchange.isSecure()) {
                tls.prepare();
            }
            ConnectionInitiator quiet = new QuietProtocols(initiator, exchange::resolved);
            connected.setDependency(pool.connect(endpoint, quiet, timeout, attachment, context, forward(connected)));
        };
        resolvers.execute(() -> attempt(connect, connected));
        return connected;
    }

    private static void attempt(Runnable connect, ComplexFuture<?> connected) {
        if (!connected.isDone()) {
            try {
                connect.run();
            } catch (RuntimeException e) {
                connected.failed(e);
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

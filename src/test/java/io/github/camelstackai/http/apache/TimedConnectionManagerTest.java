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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.BasicFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pool is simulated: it leases and connects when a test says so. */
@SuppressWarnings("FutureReturnValueIgnored") // the callback receives the result
class TimedConnectionManagerTest {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Timeout LEASE_TIMEOUT = Timeout.ofSeconds(3);

    private final Attempts exchange = new Attempts();
    private final Queue<Runnable> resolvers = new ArrayDeque<>();
    private final Events events = new Events();
    /** What the pool does next, for the callback it is given. */
    private final List<BasicFuture<AsyncConnectionEndpoint>> futures = new ArrayList<>();

    private Throwable thrownByPool;

    private final TimedConnectionManager connections =
            new TimedConnectionManager(pool(), exchange.scheduler, resolvers::add, CONNECT_TIMEOUT);

    /** What the caller of a method is told. */
    private static final class Events implements FutureCallback<AsyncConnectionEndpoint> {
        private final List<String> told = new ArrayList<>();
        private Exception cause;

        @Override
        public void completed(AsyncConnectionEndpoint result) {
            told.add("completed");
        }

        @Override
        public void failed(Exception failure) {
            told.add("failed");
            cause = failure;
        }

        @Override
        public void cancelled() {
            told.add("cancelled");
        }
    }

    @SuppressWarnings("unchecked") // the last argument of lease and connect
    private AsyncClientConnectionManager pool() {
        return (AsyncClientConnectionManager) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AsyncClientConnectionManager.class},
                (proxy, method, arguments) -> {
                    if (thrownByPool != null) {
                        throw thrownByPool;
                    }
                    futures.add(new BasicFuture<>(
                            (FutureCallback<AsyncConnectionEndpoint>) arguments[arguments.length - 1]));
                    return futures.get(futures.size() - 1);
                });
    }

    private Future<?> lease(Timeout timeout) {
        return connections.lease("1", new HttpRoute(Attempts.HOST), null, timeout, events);
    }

    private Future<?> connect() {
        HttpClientContext context = new CallContext(exchange.current());
        return connections.connect(null, null, Timeout.DISABLED, null, context, events);
    }

    private void pass(Timeout time) {
        exchange.scheduler.pass(time.toDuration());
    }

    @Test
    void leaseThatTakesTooLongFailsByTheNameOfItsOption() {
        lease(LEASE_TIMEOUT);
        pass(Timeout.ofMilliseconds(2999));
        assertThat(events.told).isEmpty();
        pass(Timeout.ofMilliseconds(1));
        assertThat(events.told).containsExactly("failed");
        assertThat(events.cause)
                .isInstanceOf(ConnectionRequestTimeoutException.class)
                .hasMessageContainingAll("connectionRequestTimeout", "maxConnections");
    }

    @Test
    void leaseThatSucceedsHasNoLimitAnyMore() {
        lease(LEASE_TIMEOUT);
        futures.get(0).completed(new SimulatedEndpoint());
        assertThat(exchange.scheduler.pending()).isZero();
        assertThat(events.told).containsExactly("completed");
    }

    @Test
    void leaseThatFailsHasNoLimitAnyMore() {
        lease(LEASE_TIMEOUT);
        IOException cause = new IOException("pool is shut down");
        futures.get(0).failed(cause);
        assertThat(exchange.scheduler.pending()).isZero();
        assertThat(events.cause).isSameAs(cause);
    }

    @Test
    void leaseThatIsCancelledIsNoTimeout() {
        Future<?> lease = lease(LEASE_TIMEOUT);
        lease.cancel(true);
        assertThat(events.told).containsExactly("cancelled");
        assertThat(exchange.scheduler.pending()).isZero();
    }

    @Test
    void leaseWithoutALimitWaitsForEver() {
        lease(Timeout.DISABLED);
        assertThat(exchange.scheduler.scheduled).isEmpty();
    }

    @Test
    void connectionIsMadeOnAResolverThread() {
        exchange.begin();
        connect();
        assertThat(futures).as("a lookup may block").isEmpty();
        resolvers.remove().run();
        assertThat(futures).hasSize(1);
        futures.get(0).completed(null);
        assertThat(events.told).containsExactly("completed");
    }

    @Test
    void attemptThatLostItsConnectionMakesNoOther() {
        exchange.begin();
        exchange.connect(false);
        connect();
        assertThat(events.cause).isInstanceOf(RequestNotExecutedException.class);
        assertThat(resolvers).isEmpty();
    }

    static Stream<Throwable> whatPoolsThrow() {
        return Stream.of(new IllegalStateException("shut down"), new NoSuchMethodError("of another version"));
    }

    @ParameterizedTest
    @MethodSource("whatPoolsThrow")
    void whatThePoolThrowsFailsTheCall(Throwable thrown) {
        exchange.begin();
        connect();
        thrownByPool = thrown;
        resolvers.remove().run();
        assertThat(events.told).containsExactly("failed");
        assertThat(events.cause instanceof IOException ? events.cause.getCause() : events.cause)
                .isSameAs(thrown);
    }

    @Test
    void connectionOfACallThatHasEndedIsNotMade() {
        exchange.begin();
        connect().cancel(true);
        resolvers.remove().run();
        assertThat(futures).isEmpty();
    }
}

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

import static io.github.camelstackai.http.apache.Fault.Versions.ALL;
import static io.github.camelstackai.http.apache.PlainClient.LIMIT;
import static io.github.camelstackai.http.apache.PlainClient.SILENCE;
import static io.github.camelstackai.http.apache.PlainClient.result;
import static io.github.camelstackai.http.apache.RequestFaults.eventually;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http2.ssl.ApplicationProtocol;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** What happens before a call has its connection. */
@SuppressWarnings("FutureReturnValueIgnored") // the callback receives the result
final class PoolFaults {
    private static final HttpRoute ROUTE = new HttpRoute(new HttpHost("http", "127.0.0.1", 1));
    private static final Timeout SHORT = Timeout.ofMilliseconds(20);

    private PoolFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "lets a call wait for a connection beyond its time limit",
                        "TimedConnectionManager.lease",
                        ALL,
                        PoolFaults::leaseHasNoTimeLimit),
                new Fault(
                        "passes a released connection on in the same thread",
                        "RestingConnections.releaseUnused",
                        ALL,
                        PoolFaults::releaseRunsTheNextLease),
                new Fault(
                        "resolves host names on the calling thread",
                        "TimedConnectionManager.connect",
                        ALL,
                        PoolFaults::resolvesOnTheCallingThread),
                new Fault(
                        "has no time limit for a proxy that connects",
                        "CallExchange.reached",
                        ALL,
                        PoolFaults::proxyHasNoTimeLimit),
                new Fault(
                        "ignores a registered protocol under FORCE_HTTP_1",
                        "NonLoggingProtocols.connect",
                        ALL,
                        PoolFaults::ignoresARegisteredProtocol));
    }

    private static Future<AsyncConnectionEndpoint> lease(
            AsyncClientConnectionManager pool, Timeout limit, FutureCallback<AsyncConnectionEndpoint> callback) {
        return pool.lease("1", ROUTE, null, limit, callback);
    }

    private static boolean leaseHasNoTimeLimit() throws Exception {
        try (PoolingAsyncClientConnectionManager pool = PlainClient.pool().build()) {
            lease(pool, SHORT, null);
            lease(pool, SHORT, null).get(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }

    private static boolean releaseRunsTheNextLease() throws Exception {
        CompletableFuture<Thread> next = new CompletableFuture<>();
        try (PoolingAsyncClientConnectionManager pool = PlainClient.pool().build()) {
            AsyncConnectionEndpoint first = lease(pool, Timeout.DISABLED, null).get();
            lease(pool, Timeout.DISABLED, new CallbackContribution<>(null) {
                @Override
                public void completed(AsyncConnectionEndpoint second) {
                    next.complete(Thread.currentThread());
                }
            });
            pool.release(first, null, TimeValue.ZERO_MILLISECONDS);
            return next.getNow(null) == Thread.currentThread();
        }
    }

    private static boolean resolvesOnTheCallingThread() throws Exception {
        CompletableFuture<Thread> resolver = new CompletableFuture<>();
        DnsResolver names = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                resolver.complete(Thread.currentThread());
                throw new UnknownHostException(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        try (PlainClient client =
                new PlainClient(PlainClient.pool().setDnsResolver(names).build(), builder -> {})) {
            client.get(URI.create("http://service.example/"));
            return resolver.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS) == Thread.currentThread();
        }
    }

    private static boolean proxyHasNoTimeLimit() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ConnectionConfig config =
                ConnectionConfig.custom().setConnectTimeout(SHORT).build();
        try (UploadServer proxy = new UploadServer();
                PlainClient client = new PlainClient(
                        PlainClient.pool().setDefaultConnectionConfig(config).build(),
                        builder -> builder.setProxy(
                                new HttpHost("127.0.0.1", proxy.uri().getPort())))) {
            proxy.script(socket -> end.await());
            Object result = result(client.get(URI.create("https://service.example:443/")), SILENCE);
            end.countDown();
            return result.equals(PlainClient.PENDING);
        }
    }

    private static boolean ignoresARegisteredProtocol() throws Exception {
        CompletableFuture<Void> used = new CompletableFuture<>();
        AsyncClientConnectionManager pool = registering(PlainClient.pool().build(), used);
        try (UploadServer server = new UploadServer();
                PlainClient client = new PlainClient(pool, builder -> {})) {
            server.script(socket -> UploadServer.send(socket, UploadServer.OK));
            Future<String> call = client.get(server.uri());
            return eventually(() -> call.isDone() || used.isDone()) && !used.isDone();
        }
    }

    /** A pool whose connections have a protocol of their own for HTTP/1.1. */
    private static AsyncClientConnectionManager registering(
            AsyncClientConnectionManager pool, CompletableFuture<Void> used) {
        return (AsyncClientConnectionManager) Proxy.newProxyInstance(
                PoolFaults.class.getClassLoader(),
                new Class<?>[] {AsyncClientConnectionManager.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("connect")) {
                        arguments[1] = registering((ConnectionInitiator) arguments[1], used);
                    }
                    try {
                        return method.invoke(pool, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static ConnectionInitiator registering(ConnectionInitiator client, CompletableFuture<Void> used) {
        return (remote, remoteAddress, localAddress, timeout, attachment, callback) -> client.connect(
                remote, remoteAddress, localAddress, timeout, attachment, new CallbackContribution<>(callback) {
                    @Override
                    public void completed(IOSession session) {
                        ((ProtocolIOSession) session)
                                .registerProtocol(
                                        ApplicationProtocol.HTTP_1_1.id, (started, ignored) -> used.complete(null));
                        callback.completed(session);
                    }
                });
    }
}

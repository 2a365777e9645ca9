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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.core5.function.Decorator;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOSession;

/** HttpClient with no workaround of this package, on one I/O thread, without retries. */
final class PlainClient implements AutoCloseable {
    /** How long an event that is expected may take. */
    static final Duration LIMIT = Duration.ofSeconds(3);
    /** After this time nothing more is expected. */
    static final Duration SILENCE = Duration.ofMillis(200);

    /** The result of a call that has not ended. */
    static final String PENDING = "pending";

    private final CloseableHttpAsyncClient client;

    PlainClient() {
        this(pool().build(), builder -> {});
    }

    PlainClient(AsyncClientConnectionManager pool, Consumer<HttpAsyncClientBuilder> settings) {
        HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create()
                .setConnectionManager(pool)
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
                .setIoReactorExceptionCallback(closed -> {})
                .disableAutomaticRetries();
        settings.accept(builder);
        client = builder.build();
        client.start();
    }

    static PlainClient with(Consumer<HttpAsyncClientBuilder> settings) {
        return new PlainClient(pool().build(), settings);
    }

    /** A pool of one connection. */
    static PoolingAsyncClientConnectionManagerBuilder pool() {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnTotal(1)
                .setMaxConnPerRoute(1)
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .build());
    }

    Future<String> get(URI uri) {
        return get(uri, PlainReceiver.unlimited());
    }

    Future<String> get(URI uri, PlainReceiver receiver) {
        return send("GET", uri, null, receiver);
    }

    Future<String> post(URI uri, AsyncEntityProducer body) {
        return send("POST", uri, body, PlainReceiver.unlimited());
    }

    private Future<String> send(String method, URI uri, AsyncEntityProducer body, PlainReceiver receiver) {
        HttpHost target = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
        BasicHttpRequest head = new BasicHttpRequest(method, target, uri.getPath());
        head.addHeader("Authorization", "Bearer plain");
        return client.execute(target, new BasicRequestProducer(head, body), receiver, null, null, null);
    }

    /** The body of the answer, or the exception, or {@link #PENDING}. */
    static Object result(Future<String> call, Duration limit) throws InterruptedException {
        try {
            return call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (TimeoutException e) {
            return PENDING;
        }
    }

    /** What happens instead of a write to the socket. */
    interface Write {
        int write(IOSession session, ByteBuffer source) throws IOException, InterruptedException;
    }

    static Decorator<IOSession> writing(Write write) {
        return session -> (IOSession) Proxy.newProxyInstance(
                PlainClient.class.getClassLoader(), new Class<?>[] {IOSession.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        return write.write(session, (ByteBuffer) arguments[0]);
                    }
                    try {
                        return method.invoke(session, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    void closeAtOnce() {
        client.close(CloseMode.IMMEDIATE);
    }

    @Override
    public void close() {
        closeAtOnce();
    }
}

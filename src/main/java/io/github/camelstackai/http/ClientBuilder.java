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

import io.github.camelstackai.http.TransportSettings.Proxy;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Makes the HTTP client and its pool: all that they would do of their own accord is switched off. */
final class ClientBuilder {
    /** A response head beyond these is hostile. */
    private static final int MAX_HEADERS = 200;

    private static final int MAX_HEADER_BYTES = 64 * 1024;

    /** A connection has three of it, for as long as it is open: of the default, 8 KiB, ten thousand take a quarter of a gigabyte. */
    private static final int BUFFER_BYTES = 4096;

    static final Http1Config HTTP_1 = Http1Config.custom()
            .setBufferSize(BUFFER_BYTES)
            .setInitialWindowSize(BodyWindow.INITIAL)
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_HEADER_BYTES)
            .build();
    static final H2Config HTTP_2 = H2Config.custom()
            .setPushEnabled(false)
            .setInitialWindowSize(BodyWindow.INITIAL_HTTP_2)
            .setMaxHeaderListSize(MAX_HEADER_BYTES)
            .build();

    private ClientBuilder() {}

    static PoolingAsyncClientConnectionManager pool(TransportSettings settings, Tls tls) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setTlsStrategy(tls)
                .setMaxConnTotal(settings.maxConnections())
                .setMaxConnPerRoute(settings.maxConnections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.DISABLED) // the calls keep their own time
                        .build())
                .build();
    }

    static CloseableHttpAsyncClient client(TransportSettings settings, AsyncClientConnectionManager pool) {
        HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create()
                .setConnectionManager(pool)
                .setThreadFactory(new DefaultThreadFactory("stackai-io", true))
                .setUserAgent("camel-stackai")
                .setHttp1Config(HTTP_1)
                .setH2Config(HTTP_2)
                .setIoSessionDecorator(SuspendableSession::new) // the default one logs every byte, credentials included
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout(settings.connectionRequestTimeout()))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setKeepAliveStrategy((response, context) -> keepAlive(settings, response, context))
                .addExecInterceptorLast("call", ClientBuilder::send)
                .addRequestInterceptorLast(
                        (request, entity, context) -> CallExchange.of(context).sending(context))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .setDefaultCookieSpecRegistry(name -> null) // the default one reads the list of public suffixes
                .disableAuthCaching()
                .disableConnectionState();
        if (settings.proxy() != null) {
            useProxy(builder, settings.proxy());
        }
        if (settings.configurer() != null) {
            settings.configurer().accept(builder);
        } else if (settings.proxy() == null) {
            // This step answers challenges, which there is nothing to answer with then, and parses each URI for it.
            builder.replaceExecInterceptor(
                    ChainElement.PROTOCOL.name(),
                    (request, body, scope, chain, callback) -> chain.proceed(request, body, scope, callback));
        }
        return builder.build();
    }

    /** Runs when there is a connection, and nothing has been sent over it yet. */
    private static void send(
            HttpRequest request,
            AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        if (CallExchange.of(scope.clientContext).connected(scope.execRuntime)) {
            chain.proceed(request, body, scope, callback);
        } else {
            callback.failed(new IOException("not sent, the call has ended"));
        }
    }

    private static TimeValue keepAlive(TransportSettings settings, HttpResponse response, HttpContext context) {
        TimeValue idle = TimeValue.of(settings.connectionIdleTimeout());
        TimeValue asked = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
        return asked != null && TimeValue.isNonNegative(asked) && asked.compareTo(idle) < 0 ? asked : idle;
    }

    private static void useProxy(HttpAsyncClientBuilder builder, Proxy proxy) {
        HttpHost host = new HttpHost(proxy.host(), proxy.port());
        builder.setProxy(host);
        if (proxy.username() != null) {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(
                            proxy.username(), proxy.password().toCharArray()));
            builder.setDefaultCredentialsProvider(credentials);
        }
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.of(duration);
    }
}

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

import io.github.camelstackai.http.apache.TransportSettings.Proxy;
import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Creates the HTTP client and its pool, with everything switched off that they would do on their own. */
final class ClientFactory {
    /** A larger response head is hostile. */
    private static final int MAX_HEADERS = 200;

    private static final int MAX_HEADER_BYTES = 64 * 1024;

    /** A connection has three of them: at the default, 8 KiB, ten thousand connections take a quarter of a gigabyte. */
    private static final int BUFFER_BYTES = 4096;

    static final Http1Config HTTP_1 = Http1Config.custom()
            .setBufferSize(BUFFER_BYTES)
            .setInitialWindowSize(BodyWindow.INITIAL)
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_HEADER_BYTES)
            .build();

    private ClientFactory() {}

    static PoolingAsyncClientConnectionManager pool(TransportSettings settings) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setTlsStrategy(tls(settings.sslContext()))
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .build())
                .setMaxConnTotal(settings.maxConnections())
                .setMaxConnPerRoute(settings.maxConnections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.DISABLED) // CallTimer does it
                        .build())
                .build();
    }

    /** @param context null for the platform's */
    private static TlsStrategy tls(SSLContext context) {
        // HttpClient 5.5 verifies no host names by default; 5.6 has the JDK do it too, which accepts no underscore.
        ClientTlsStrategyBuilder builder = ClientTlsStrategyBuilder.create()
                .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
                .setHostnameVerifier(new DefaultHostnameVerifier());
        return (context == null ? builder : builder.setSslContext(context)).buildAsync();
    }

    static CloseableHttpAsyncClient client(TransportSettings settings, AsyncClientConnectionManager pool) {
        HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create()
                .setConnectionManager(pool)
                .setThreadFactory(new DefaultThreadFactory("stackai-io", true))
                .setUserAgent("camel-stackai")
                .setHttp1Config(HTTP_1)
                // the default logs every byte, including credentials
                .setIoSessionDecorator(BackpressureSession.decorator())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout(settings.connectionRequestTimeout()))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setKeepAliveStrategy((response, context) -> keepAlive(settings, response, context))
                .addExecInterceptorLast(
                        "call",
                        (request, body, scope, chain, callback) ->
                                send(request, body, scope, chain, callback, settings.connectionIdleTimeout()))
                .addRequestInterceptorLast((request, entity, context) ->
                        CallContext.exchange(context).sending(context))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .setDefaultCookieSpecRegistry(name -> null) // the default reads the list of public suffixes
                .disableAuthCaching();
        pass(
                builder,
                ChainElement.COMPRESS); // since 5.6 it asks for packed bodies, and unpacks them without back-pressure
        if (settings.proxy() != null) {
            useProxy(builder, settings.proxy());
        }
        if (settings.configurer() != null) {
            settings.configurer().accept(builder);
        } else if (settings.proxy() == null) {
            // This step answers challenges, which needs credentials that there are none of; it costs a fifth of the
            // garbage of a run.
            pass(builder, ChainElement.PROTOCOL);
        }
        // No connection has a state; what is passed on instead says which host RestingConnections has to do with.
        return builder.setUserTokenHandler((route, context) -> route.getTargetHost())
                .build();
    }

    /** Replaces a step of the client by one that does nothing; where the client lacks the step, nothing changes. */
    private static void pass(HttpAsyncClientBuilder builder, ChainElement step) {
        builder.replaceExecInterceptor(
                step.name(), (request, body, scope, chain, callback) -> chain.proceed(request, body, scope, callback));
    }

    /** Runs when there is a connection, before anything is sent over it. */
    private static void send(
            HttpRequest request,
            AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback,
            Duration keepAlive)
            throws HttpException, IOException {
        IOException withdrawal =
                CallContext.exchange(scope.clientContext).connected(scope.execRuntime, TimeValue.of(keepAlive));
        if (withdrawal == null) {
            chain.proceed(request, body, scope, callback);
        } else {
            callback.failed(withdrawal);
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

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
package io.github.camelstackai.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.nio.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.impl.nio.ServerHttp1IOEventHandler;
import org.apache.hc.core5.http.impl.nio.ServerHttp1StreamDuplexerFactory;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.DefaultListeningIOReactor;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.util.TimeValue;

/**
 * The HTTP server: the non-blocking one of HttpCore, assembled so that the bytes of each connection pass through a
 * {@link ServerConnection} and responses are exactly those of the replies.
 */
final class SimulatorServer {
    private static final int BACKLOG = 16_384;
    /** Each connection has three such buffers, and there may be ten thousand connections. */
    private static final int BUFFER = 2048;

    private static final TimeValue SHUTDOWN_TIMEOUT = TimeValue.ofSeconds(10);

    private final TrafficCounters traffic;
    private final Dispatcher dispatcher;
    private final SSLContext tls; // null for plain http
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
    private final HttpProcessor noInterceptors = HttpProcessorBuilder.create().build();
    private final Http1Config http1 =
            Http1Config.custom().setBufferSize(BUFFER).setMaxLineLength(1 << 20).build();
    private final ScheduledThreadPoolExecutor timer;
    private final DefaultListeningIOReactor reactor;
    private final int port;

    SimulatorServer(StackAiSimulatorBuilder settings, TrafficCounters traffic, Dispatcher dispatcher)
            throws IOException {
        this.traffic = traffic;
        this.dispatcher = dispatcher;
        this.tls = settings.sslContext;
        this.timer = new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("stackai-simulator-timer", true));
        this.timer.setRemoveOnCancelPolicy(true);
        this.reactor = new DefaultListeningIOReactor(
                this::connected,
                configuration(settings),
                new DefaultThreadFactory("stackai-simulator-io", true),
                new DefaultThreadFactory("stackai-simulator-accept", true),
                null,
                null,
                null,
                null);
        this.port = listen(settings.port);
    }

    private static IOReactorConfig configuration(StackAiSimulatorBuilder settings) {
        return IOReactorConfig.custom()
                .setIoThreadCount(settings.ioThreads)
                .setBacklogSize(BACKLOG)
                .setTcpNoDelay(true)
                .setSoReuseAddress(true)
                .setSndBufSize(settings.sendBufferSize)
                .build();
    }

    private int listen(int wanted) throws IOException {
        reactor.start();
        try {
            ListenerEndpoint endpoint = reactor.listen(new InetSocketAddress(loopback(), wanted), null)
                    .get();
            return ((InetSocketAddress) endpoint.getAddress()).getPort();
        } catch (ExecutionException e) {
            close();
            throw new IOException(
                    "Cannot listen on port " + wanted + ": " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while opening port " + wanted, e);
        }
    }

    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    }

    private IOEventHandler connected(ProtocolIOSession session, Object endpoint) {
        ServerConnection connection = new ServerConnection(session, traffic, timer);
        connections.add(connection);
        if (tls != null) {
            connection.startTls(tls);
        }
        return new ServerHttp1IOEventHandler(http(connection).create(scheme(), connection)) {
            @Override
            public void disconnected(IOSession closed) {
                super.disconnected(closed);
                connections.remove(connection);
                connection.disconnected();
            }
        };
    }

    private ServerHttp1StreamDuplexerFactory http(ServerConnection connection) {
        ContentLengthStrategy asWritten = message -> ContentLengthStrategy.UNDEFINED;
        return new ServerHttp1StreamDuplexerFactory(
                noInterceptors,
                (request, context) -> new ServerExchange(connection, traffic, timer, dispatcher),
                http1,
                CharCodingConfig.DEFAULT,
                DefaultConnectionReuseStrategy.INSTANCE,
                new DefaultHttpRequestParserFactory(http1),
                VerbatimResponse::writer,
                DefaultContentLengthStrategy.INSTANCE,
                asWritten,
                null,
                null);
    }

    int port() {
        return port;
    }

    String scheme() {
        return tls == null ? URIScheme.HTTP.id : URIScheme.HTTPS.id;
    }

    void resetBusyConnections() {
        connections.forEach(ServerConnection::resetIfBusy);
    }

    /** Resets all connections. When it returns, no thread and no socket is left. */
    void close() {
        timer.shutdownNow();
        reactor.initiateShutdown();
        connections.forEach(ServerConnection::reset);
        reactor.close(CloseMode.IMMEDIATE);
        try {
            reactor.awaitShutdown(SHUTDOWN_TIMEOUT);
            boolean unused = timer.awaitTermination(SHUTDOWN_TIMEOUT.toMilliseconds(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

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
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.nio.ClientHttp1IOEventHandler;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexer;
import org.apache.hc.core5.http.impl.nio.DefaultHttpRequestWriterFactory;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.nio.ContentDecoder;
import org.apache.hc.core5.http.nio.SessionInputBuffer;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;

/**
 * HTTP/1.1 on one connection, as HttpCore implements it, with {@link UnrequestedBytesGuard} and {@link BrokenBodyDecoder}. It logs
 * nothing.
 */
final class Http1Connection extends ClientHttp1StreamDuplexer {
    private static final HttpProcessor ADDS_NOTHING =
            HttpProcessorBuilder.create().build();
    private static final DefaultHttpResponseParserFactory PARSERS =
            new DefaultHttpResponseParserFactory(ClientFactory.HTTP_1);

    /** The last one; written and read by the I/O thread. */
    private BrokenBodyDecoder body;

    private Http1Connection(ProtocolIOSession session, UnrequestedBytesGuard guard) {
        super(
                session,
                ADDS_NOTHING,
                ClientFactory.HTTP_1,
                CharCodingConfig.DEFAULT,
                DefaultClientConnectionReuseStrategy.INSTANCE,
                guard.parser(),
                guard.writer(),
                DefaultContentLengthStrategy.INSTANCE,
                DefaultContentLengthStrategy.INSTANCE,
                null);
    }

    /**
     * Starts the protocol on a session.
     *
     * @param unrequestedBytes runs when bytes arrive that no request asked for, before the connection ends
     */
    static void start(
            ProtocolIOSession session, FutureCallback<ProtocolIOSession> callback, Runnable unrequestedBytes) {
        UnrequestedBytesGuard guard = new UnrequestedBytesGuard(
                PARSERS.create(), DefaultHttpRequestWriterFactory.INSTANCE.create(), unrequestedBytes);
        Handler handler = new Handler(new Http1Connection(session, guard));
        session.upgrade(handler);
        try {
            handler.connected(session);
            if (callback != null) {
                callback.completed(session);
            }
        } catch (IOException e) {
            handler.exception(session, e);
        }
    }

    @Override
    protected ContentDecoder createContentDecoder(
            long length, ReadableByteChannel channel, SessionInputBuffer buffer, BasicHttpTransportMetrics metrics)
            throws HttpException {
        body = new BrokenBodyDecoder(super.createContentDecoder(length, channel, buffer, metrics));
        return body;
    }

    /**
     * Reads once more where a body has broken: no event follows if the connection stays open. Writes nothing while TLS holds bytes
     * that have not left; it sends them, and the next event comes when the socket accepts more.
     */
    private static final class Handler extends ClientHttp1IOEventHandler {
        private final Http1Connection connection;

        Handler(Http1Connection connection) {
            super(connection);
            this.connection = connection;
        }

        @Override
        public void outputReady(IOSession session) throws IOException {
            boolean full = session instanceof BackpressureSession below && below.hasUnsent();
            if (!full || !connection.isOpen()) {
                super.outputReady(session);
            }
        }

        @Override
        public void inputReady(IOSession session, ByteBuffer source) throws IOException {
            super.inputReady(session, source);
            if (connection.body != null && connection.body.isBroken()) {
                super.inputReady(session, null);
            }
        }
    }
}

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

import java.net.SocketAddress;
import java.util.concurrent.Future;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.ssl.ApplicationProtocol;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.reactor.ProtocolUpgradeHandler;
import org.apache.hc.core5.util.Timeout;

/**
 * Opens connections that log nothing. HttpClient 5.5 logs every head at DEBUG level, including the Authorization headers for the
 * service and for a proxy.
 */
final class NonLoggingProtocols implements ConnectionInitiator {
    private final ConnectionInitiator client;
    private final Runnable resolved;
    private final Runnable unrequestedBytes;

    /**
     * @param resolved runs when the address is known, before each connection attempt
     * @param unrequestedBytes runs when bytes arrive that no request asked for
     */
    NonLoggingProtocols(ConnectionInitiator client, Runnable resolved, Runnable unrequestedBytes) {
        this.client = client;
        this.resolved = resolved;
        this.unrequestedBytes = unrequestedBytes;
    }

    @Override
    public Future<IOSession> connect(
            NamedEndpoint remote,
            SocketAddress remoteAddress,
            SocketAddress localAddress,
            Timeout timeout,
            Object attachment,
            FutureCallback<IOSession> callback) {
        resolved.run();
        ProtocolUpgradeHandler protocol = http1(unrequestedBytes);
        // Under FORCE_HTTP_1 HttpClient uses its own, logging protocol instead of the registered one.
        Object policy = attachment == HttpVersionPolicy.FORCE_HTTP_1 ? HttpVersionPolicy.NEGOTIATE : attachment;
        return client.connect(
                remote, remoteAddress, localAddress, timeout, policy, new CallbackContribution<>(callback) {
                    @Override
                    public void completed(IOSession session) {
                        // HttpClient has registered its own protocols by now, and selects one after this.
                        if (session instanceof ProtocolIOSession protocols) {
                            protocols.registerProtocol(ApplicationProtocol.HTTP_1_1.id, protocol);
                        }
                        callback.completed(session);
                    }
                });
    }

    /** Static, because it exists as long as the connection: it refers to no callback, and so to no call. */
    private static ProtocolUpgradeHandler http1(Runnable unrequestedBytes) {
        return (session, callback) -> Http1Connection.start(session, callback, unrequestedBytes);
    }
}

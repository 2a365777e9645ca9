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

import java.net.SocketAddress;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;

/**
 * TLS, with the host's name verified. The platform's trusted certificates take time to read, so they are read beside the
 * start. Thread-safe.
 */
final class Tls implements TlsStrategy {
    private final SSLContext context;
    private final ReentrantLock lock = new ReentrantLock();
    /** Null until it is made, under the lock. */
    private volatile TlsStrategy strategy;

    /** @param context null for the platform's */
    Tls(SSLContext context) {
        this.context = context;
    }

    /** Makes what is not made yet. May take a while: not for I/O threads, which find it made. */
    TlsStrategy prepare() {
        TlsStrategy made = strategy;
        return made == null ? make() : made;
    }

    private TlsStrategy make() {
        lock.lock();
        try {
            if (strategy == null) {
                // Without a verifier of its own the client's default policy leaves host names unchecked.
                ClientTlsStrategyBuilder builder =
                        ClientTlsStrategyBuilder.create().setHostnameVerifier(new DefaultHostnameVerifier());
                strategy = (context == null ? builder : builder.setSslContext(context)).buildAsync();
            }
            return strategy;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void upgrade(
            TransportSecurityLayer session,
            NamedEndpoint endpoint,
            Object attachment,
            Timeout handshakeTimeout,
            FutureCallback<TransportSecurityLayer> callback) {
        prepare().upgrade(session, endpoint, attachment, handshakeTimeout, callback);
    }

    @Override
    @Deprecated
    public boolean upgrade(
            TransportSecurityLayer session,
            HttpHost host,
            SocketAddress localAddress,
            SocketAddress remoteAddress,
            Object attachment,
            Timeout handshakeTimeout) {
        return prepare().upgrade(session, host, localAddress, remoteAddress, attachment, handshakeTimeout);
    }
}

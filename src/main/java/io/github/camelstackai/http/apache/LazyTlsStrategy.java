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
 * TLS with verified host names. Reading the platform's trusted certificates takes time, so it happens in the background of the
 * start. Thread-safe.
 */
public final class LazyTlsStrategy implements TlsStrategy {
    private final SSLContext context;
    private final ReentrantLock lock = new ReentrantLock();
    /** Null until created, under the lock. */
    private volatile TlsStrategy strategy;

    /** @param context null for the platform's */
    LazyTlsStrategy(SSLContext context) {
        this.context = context;
    }

    /** Creates the strategy unless it exists. May block, so I/O threads call it only when it exists. */
    TlsStrategy prepare() {
        TlsStrategy made = strategy;
        return made == null ? make() : made;
    }

    private TlsStrategy make() {
        lock.lock();
        try {
            if (strategy == null) {
                // HttpClient 5.5 verifies no host names by default.
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

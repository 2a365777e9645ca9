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

import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;

/**
 * How the transport connects.
 *
 * @param connectTimeout until a connection, TLS included, stands
 * @param maxConnections at most open at once, over all hosts
 * @param connectionRequestTimeout how long a call waits for one of them to be free; zero waits for ever
 * @param connectionIdleTimeout an unused connection is closed after it
 * @param sslContext null for the platform's
 * @param proxy null for none
 * @param configurer sees the builder last; null for none
 */
public record TransportSettings(
        Duration connectTimeout,
        int maxConnections,
        Duration connectionRequestTimeout,
        Duration connectionIdleTimeout,
        SSLContext sslContext,
        Proxy proxy,
        Consumer<HttpAsyncClientBuilder> configurer) {
    /**
     * A forward proxy.
     *
     * @param username null for a proxy without sign-in
     * @param password null without {@code username}
     */
    public record Proxy(String host, int port, String username, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}

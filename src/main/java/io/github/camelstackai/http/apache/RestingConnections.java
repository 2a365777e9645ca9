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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that have served a call and may not serve another yet. Some servers send bytes after a complete response. When they
 * arrive after the next request has been sent, they are taken for its response. So the connections to a host rest before they are
 * reused, until one has stayed silent for that time, and again after such bytes have arrived. Thread-safe.
 */
final class RestingConnections {
    /** Longer than a server takes between the two parts of what it sends. */
    static final Duration REST = Duration.ofMillis(500);
    /** The state of a connection whose call was withdrawn. */
    static final Object UNUSED = new Object();

    private static final Logger LOG = LoggerFactory.getLogger(RestingConnections.class);

    private final AsyncClientConnectionManager pool;
    private final ScheduledExecutorService timer;
    /** The hosts of which a connection has stayed silent. */
    private final Set<HttpHost> silentHosts = ConcurrentHashMap.newKeySet();
    /** The hosts that have sent such bytes, for one log line each. */
    private final Set<HttpHost> reportedHosts = ConcurrentHashMap.newKeySet();

    private final Set<Rest> resting = ConcurrentHashMap.newKeySet();

    /** A connection that is released when its rest ends. */
    private record Rest(AsyncConnectionEndpoint endpoint, HttpHost host, TimeValue keepAlive) {}

    RestingConnections(AsyncClientConnectionManager pool, ScheduledExecutorService timer) {
        this.pool = pool;
        this.timer = timer;
    }

    /**
     * Returns a connection to the pool, now or after its rest.
     *
     * @param state the host if the connection may be reused after a call, or {@link #UNUSED}
     */
    void release(AsyncConnectionEndpoint endpoint, Object state, TimeValue keepAlive) {
        if (state == UNUSED) {
            releaseUnused(endpoint, keepAlive);
        } else if (state instanceof HttpHost host && !silentHosts.contains(host) && endpoint.isConnected()) {
            rest(new Rest(endpoint, host, keepAlive));
        } else {
            pool.release(endpoint, null, keepAlive);
        }
    }

    private void rest(Rest rest) {
        resting.add(rest);
        try {
            Future<?> unused = timer.schedule(() -> end(rest), REST.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            end(rest); // the transport stops
        }
    }

    /** On another thread: the pool hands it to the next call at once, which may be withdrawn, too, and so on down the stack. */
    private void releaseUnused(AsyncConnectionEndpoint endpoint, TimeValue keepAlive) {
        try {
            timer.execute(() -> pool.release(endpoint, null, keepAlive));
        } catch (RejectedExecutionException e) {
            pool.release(endpoint, null, keepAlive); // the transport stops
        }
    }

    private void end(Rest rest) {
        if (resting.remove(rest)) {
            if (rest.endpoint.isConnected()) {
                silentHosts.add(rest.host);
            }
            pool.release(rest.endpoint, null, rest.keepAlive);
        }
    }

    /** Closes a resting connection, if there is one, so that a waiting call can open its own. */
    void makeRoom() {
        resting.stream().findAny().filter(resting::remove).ifPresent(rest -> {
            rest.endpoint.close(CloseMode.IMMEDIATE);
            pool.release(rest.endpoint, null, TimeValue.ZERO_MILLISECONDS);
        });
    }

    /** Bytes that no request asked for arrived from {@code host}; the connection is closed. */
    void unrequestedBytes(HttpHost host) {
        silentHosts.remove(host);
        if (reportedHosts.add(host)) {
            LOG.warn(
                    "StackAI: {} sent bytes after a complete response; the connection is closed, and no call is affected",
                    host);
        }
    }

    int count() {
        return resting.size();
    }
}

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

import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.AsyncExecRuntime;

/** What HttpClient holds for one attempt: its future, and once there is one its connection. Thread-safe. */
final class HeldConnection {
    /** Of the whole exchange; null until HttpClient has returned it. */
    private volatile Future<?> pending;
    /** Cancelling {@link #pending} may miss it, so a call closes it itself. Null until leased. */
    private volatile AsyncExecRuntime connection;

    void pending(Future<?> future) {
        pending = future;
    }

    void leased(AsyncExecRuntime leased) {
        connection = leased;
    }

    /** Ends the wait for a connection. */
    void cancel() {
        Future<?> future = pending;
        if (future != null) {
            future.cancel(true);
        }
    }

    /** Closes the connection. */
    void discard() {
        AsyncExecRuntime leased = connection;
        if (leased != null) {
            leased.discardEndpoint();
        }
    }
}

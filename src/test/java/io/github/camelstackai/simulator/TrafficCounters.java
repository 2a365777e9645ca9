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

/**
 * The counters. Their monitor is also held around the write or close that ends a request, so that a client that has seen the
 * end of a response finds it counted. Lock order: the session's lock, then this monitor.
 */
final class TrafficCounters {
    // Guarded by this.
    private int openRequests;
    private int maxOpenRequests;
    private int openConnections;
    private long abortedRequests;
    private long connections;

    /** Counts a connection and returns its number, 1 for the first. */
    synchronized long connected() {
        openConnections++;
        return ++connections;
    }

    synchronized void disconnected() {
        openConnections--;
    }

    synchronized void arrived() {
        openRequests++;
        maxOpenRequests = Math.max(maxOpenRequests, openRequests);
    }

    synchronized void ended() {
        openRequests--;
    }

    synchronized void aborted() {
        openRequests--;
        abortedRequests++;
    }

    /** Resets the counters of the past. Requests and connections that are open stay counted. */
    synchronized void reset() {
        maxOpenRequests = openRequests;
        abortedRequests = 0;
    }

    synchronized int openRequests() {
        return openRequests;
    }

    synchronized int maxOpenRequests() {
        return maxOpenRequests;
    }

    synchronized int openConnections() {
        return openConnections;
    }

    synchronized long abortedRequests() {
        return abortedRequests;
    }
}

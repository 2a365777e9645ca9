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

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.nio.CapacityChannel;

/** How much of a response body may still come: what its receiver takes, and what the connection has been told of it. */
final class BodyWindow {
    /** An HTTP/1.1 connection hands over this much of a body before it asks for the window. */
    static final int INITIAL = 1;
    /** An HTTP/2 peer may send this much of each body before anybody has said how much there is room for. */
    static final int INITIAL_HTTP_2 = 65_535;

    /** Bytes the receiver still takes; below zero by what it was given beyond that. */
    private final AtomicLong room = new AtomicLong();
    /** Bytes granted that the connection does not know of yet; below zero by what it may send beyond that. */
    private final AtomicLong ungranted = new AtomicLong();
    /** Set by the I/O thread when the connection first asks how much it may read. */
    private volatile CapacityChannel channel;

    /** Whether the peer could be heard at all. */
    boolean isOpen() {
        return room.get() > 0;
    }

    /** The head has arrived, and the receiver takes {@code bytes} to begin with. */
    void open(int bytes, boolean http2) {
        room.set(bytes);
        ungranted.addAndGet(bytes - (long) (http2 ? INITIAL_HTTP_2 : INITIAL));
    }

    /** The receiver takes {@code bytes} more; returns whether it took none until now. */
    boolean grant(int bytes) {
        boolean closed = room.getAndAdd(bytes) <= 0;
        ungranted.addAndGet(bytes);
        return closed;
    }

    void received(int bytes) {
        room.addAndGet(-bytes);
    }

    /** Null when there is no connection any more. */
    void connect(CapacityChannel open) {
        channel = open;
    }

    /**
     * Tells the connection what it does not know of yet, once there is room: HTTP/1.1 reads on at whatever it is told, also where
     * that leaves it in debt.
     */
    void update() throws IOException {
        CapacityChannel open = channel;
        long bytes = open == null || !isOpen() ? 0 : ungranted.getAndUpdate(granted -> Math.min(granted, 0));
        if (bytes > 0) {
            open.update((int) Math.min(bytes, Integer.MAX_VALUE));
        }
    }
}

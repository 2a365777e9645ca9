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
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.nio.CapacityChannel;

/** Back-pressure of one response body: what its receiver accepts, and what the connection has been told of it. Thread-safe. */
final class BodyWindow {
    /** A connection delivers this many bytes of a body before it asks for capacity; the least that HttpCore accepts. */
    static final int INITIAL = 1;

    /** Bytes that the receiver still accepts; negative by what was delivered beyond that. */
    private final AtomicLong receiverCredit = new AtomicLong();
    /** Bytes granted that the connection has not been told of; negative by what it may deliver beyond that. */
    private final AtomicLong unannouncedCredit = new AtomicLong();
    /** Written by the I/O thread when the connection asks for capacity; null before that, and without a connection. */
    private volatile CapacityChannel channel;

    /** Whether the receiver accepts more, so that silence is the server's. */
    boolean isOpen() {
        return receiverCredit.get() > 0;
    }

    /** The head has arrived, and the receiver accepts {@code bytes} to begin with. */
    void open(int bytes) {
        receiverCredit.set(bytes);
        unannouncedCredit.addAndGet((long) bytes - INITIAL);
    }

    /** The receiver accepts {@code bytes} more; returns whether it accepted none until now. */
    boolean grant(int bytes) {
        boolean closed = receiverCredit.getAndAdd(bytes) <= 0;
        unannouncedCredit.addAndGet(bytes);
        return closed;
    }

    void received(int bytes) {
        receiverCredit.addAndGet(-bytes);
    }

    /** @param open null if there is no connection any more */
    void connect(CapacityChannel open) {
        channel = open;
    }

    /**
     * Announces pending credit once the total is positive. HTTP/1.1 resumes reading on any increment, even while its window is
     * negative.
     */
    void announce() throws IOException {
        CapacityChannel open = channel;
        long bytes = open == null || !isOpen() ? 0 : unannouncedCredit.getAndUpdate(credit -> Math.min(credit, 0));
        if (bytes > 0) {
            open.update((int) Math.min(bytes, Integer.MAX_VALUE));
        }
    }
}

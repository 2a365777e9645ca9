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

import io.github.camelstackai.http.CallTimeoutException.Limit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.http.nio.CapacityChannel;

/**
 * One request and its response on the wire. Thread-safe; nothing here waits for the peer.
 *
 * <p>Whatever ends the call first, the response, a fault, a time-out or {@link #cancel}, is what the receiver is told; all
 * that comes after it is dropped.
 */
public final class HttpCall {
    /** An HTTP/1.1 connection hands over this much of a body before it asks for the window. */
    static final int INITIAL_WINDOW = 1;

    private final OutboundRequest request;
    private final CallTimeouts timeouts;
    private final ResponseReceiver receiver;
    private final CallClock clock;
    private final Runnable onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();
    /** Gives the receiver one call at a time, also where a time-out and a part of the body meet. */
    private final ReentrantLock turn = new ReentrantLock();
    /** Bytes the receiver still takes; below zero by what it was given beyond that. */
    private final AtomicLong window = new AtomicLong();
    /** Bytes granted that the connection does not know of yet. */
    private final AtomicLong ungranted = new AtomicLong();

    /** The wait for a connection; set once by the sending thread. */
    private volatile Future<?> exchange;
    /** Set once, when there is a connection. The future's own way to it can be overtaken, so a call closes it itself. */
    private volatile AsyncExecRuntime connection;
    /** Set by the I/O thread when the connection first asks how much it may read. */
    private volatile CapacityChannel channel;

    HttpCall(
            OutboundRequest request,
            CallTimeouts timeouts,
            ResponseReceiver receiver,
            ScheduledExecutorService timer,
            Runnable onEnd) {
        this.request = request;
        this.timeouts = timeouts;
        this.receiver = receiver;
        this.onEnd = onEnd;
        this.clock = new CallClock(timer, timeouts, () -> window.get() > 0, this::expire);
    }

    /** Lets {@code bytes} more of the body be handed over. */
    public void grant(int bytes) {
        if (window.getAndAdd(bytes) <= 0) {
            clock.sign(); // nobody listened until now
        }
        ungranted.addAndGet(bytes);
        passGrants();
    }

    /** Ends the call, closes the exchange on the wire, and tells the receiver {@code cause}; once ended, does nothing. */
    public void cancel(IOException cause) {
        turn.lock();
        try {
            if (end()) {
                closeExchange();
                receiver.failed(cause);
            }
        } finally {
            turn.unlock();
        }
    }

    /** Ends the call and closes the exchange on the wire without a word to the receiver; once ended, does nothing. */
    public void close() {
        if (end()) {
            closeExchange();
        }
    }

    /**
     * The rest of the body is of no interest: the peer gets a moment to end it, so that the connection can serve again, and
     * is then cut off. What still comes has to be granted.
     */
    public void linger() {
        if (!ended.get()) {
            clock.linger(this::close);
        }
    }

    /** Method and address, without headers and body. */
    @Override
    public String toString() {
        return request.toString();
    }

    /** Whether there is no connection yet. */
    boolean connecting() {
        return connection == null;
    }

    void sending(Future<?> open) {
        exchange = open;
        clock.start();
        if (ended.get()) {
            open.cancel(true);
        }
    }

    /** Whether the request may be sent over {@code leased}: not when the call has ended while it was connecting. */
    boolean connected(AsyncExecRuntime leased) {
        connection = leased;
        if (ended.get()) {
            return false;
        }
        clock.awaitHead();
        return true;
    }

    void head(ResponseHead head) throws IOException {
        turn.lock();
        try {
            if (!ended.get()) {
                int bytes = receiver.head(head, this);
                window.set(bytes);
                ungranted.addAndGet(bytes - (long) INITIAL_WINDOW);
                clock.awaitBody();
            }
        } catch (IOException e) {
            cancel(e);
            throw e;
        } finally {
            turn.unlock();
        }
    }

    void body(ByteBuffer bytes) throws IOException {
        turn.lock();
        try {
            if (!ended.get()) {
                clock.sign();
                window.addAndGet(-bytes.remaining());
                receiver.body(bytes);
            }
        } catch (IOException e) {
            cancel(e);
            throw e;
        } finally {
            turn.unlock();
        }
    }

    void bodyEnded() {
        turn.lock();
        try {
            if (end()) {
                receiver.end();
            }
        } catch (IOException e) {
            receiver.failed(e);
        } finally {
            turn.unlock();
        }
    }

    void capacity(CapacityChannel open) {
        channel = open;
        passGrants();
    }

    private void passGrants() {
        CapacityChannel open = channel;
        long bytes = open == null ? 0 : ungranted.getAndSet(0);
        if (bytes <= 0) {
            return;
        }
        try {
            open.update((int) Math.min(bytes, Integer.MAX_VALUE));
        } catch (IOException e) {
            cancel(e);
        }
    }

    private void expire(Limit limit) {
        cancel(new CallTimeoutException(limit, timeouts.of(limit), this));
    }

    private boolean end() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        clock.stop();
        onEnd.run();
        return true;
    }

    private void closeExchange() {
        Future<?> open = exchange;
        if (open != null) {
            open.cancel(true);
        }
        AsyncExecRuntime leased = connection;
        if (leased != null) {
            leased.discardEndpoint();
        }
    }
}

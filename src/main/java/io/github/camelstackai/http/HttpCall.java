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
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.hc.core5.http.nio.CapacityChannel;

/**
 * One request and its response on the wire. Thread-safe; nothing here waits for the peer.
 *
 * <p>Whatever ends the call first, the response, a fault, a time-out or {@link #cancel}, is what the receiver is told; all
 * that comes after it is dropped.
 */
public final class HttpCall {
    /** What the message of a failure ends with when the request was sent. */
    public static final String AFTERMATH = "; the request was sent, so it may have taken place";

    /** A peer that sends a request back as often as this will not take it. */
    private static final int MAX_RETURNED = 3;

    private final OutboundRequest request;
    private final CallTimeouts timeouts;
    private final ResponseReceiver receiver;
    private final CallClock clock;
    private final Consumer<HttpCall> sender;
    private final Consumer<HttpCall> onEnd;
    private final BodyWindow window = new BodyWindow();
    private final AtomicBoolean ended = new AtomicBoolean();
    /** Gives the receiver one call at a time, also where a time-out and a part of the body meet. */
    private final ReentrantLock turn = new ReentrantLock();
    /** How often the peer has sent the request back. */
    private final AtomicInteger returned = new AtomicInteger();

    /** The sending under way; set by the thread that sends, anew when nothing was sent by the one before. */
    private volatile CallExchange exchange;
    /** Set by the I/O thread. */
    private volatile ResponseHead responseHead;

    /**
     * @param sender sends the call, over another connection when nothing of it has been sent
     * @param onEnd is told once, when the call has ended
     */
    HttpCall(
            OutboundRequest request,
            CallTimeouts timeouts,
            ResponseReceiver receiver,
            ScheduledExecutorService timer,
            Consumer<HttpCall> sender,
            Consumer<HttpCall> onEnd) {
        this.request = request;
        this.timeouts = timeouts;
        this.receiver = receiver;
        this.sender = sender;
        this.onEnd = onEnd;
        this.clock = new CallClock(timer, System::nanoTime, timeouts, window::isOpen, this::expire);
    }

    /** Lets {@code bytes} more of the body be handed over. */
    public void grant(int bytes) {
        if (window.grant(bytes)) {
            clock.sign(); // nobody listened until now
        }
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
        clock.linger(this::close);
    }

    /** Method and address, without headers and body. */
    @Override
    public String toString() {
        return request.toString();
    }

    /** The head of the response; null while there is none. */
    public ResponseHead responseHead() {
        return responseHead;
    }

    OutboundRequest request() {
        return request;
    }

    void begin() {
        clock.start();
        sender.accept(this);
    }

    /** The call goes out as {@code sending}, from now on. */
    void sends(CallExchange sending) {
        exchange = sending;
        if (ended.get()) {
            sending.close();
        }
    }

    /** Fails, within {@code limit}, unless something stops the check. */
    void awaitConnection(String failing, Duration limit) {
        clock.awaitConnection(() -> cancel(TransportFailure.notConnected(this, failing, limit)), limit.toNanos());
    }

    CallClock clock() {
        return clock;
    }

    /**
     * The sending failed. Where it had a connection of the pool that turned out to be dead, and nothing had been written, or
     * the peer says that it has not looked at the request, the call goes on over another.
     */
    void failed(Exception cause, CallExchange.Stage reached) {
        boolean sentBack = reached == CallExchange.Stage.SENT && TransportFailure.isSentBack(cause);
        boolean again = reached == CallExchange.Stage.REUSED || (sentBack && returned.incrementAndGet() < MAX_RETURNED);
        if (again && !ended.get()) {
            window.connect(null);
            clock.awaitLease();
            sender.accept(this);
        } else {
            cancel(TransportFailure.of(cause, reached, this));
        }
    }

    void head(ResponseHead head, boolean http2) throws IOException {
        turn.lock();
        try {
            if (!ended.get()) {
                responseHead = head;
                window.open(receiver.head(head, this), http2);
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
                window.received(bytes.remaining());
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
        window.connect(open);
        passGrants();
    }

    private void passGrants() {
        try {
            window.update();
        } catch (IOException e) {
            cancel(e);
        }
    }

    private void expire(Limit limit) {
        CallExchange open = exchange;
        boolean sent = open != null && open.giveUp() == CallExchange.Stage.SENT;
        cancel(new CallTimeoutException(limit, timeouts.of(limit), this, sent ? AFTERMATH : "; nothing was sent"));
    }

    private boolean end() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        clock.stop();
        onEnd.accept(this);
        return true;
    }

    private void closeExchange() {
        CallExchange open = exchange;
        if (open != null) {
            open.close();
        }
    }
}

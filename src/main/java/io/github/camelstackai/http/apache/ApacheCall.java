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

import io.github.camelstackai.http.CallTimeoutException;
import io.github.camelstackai.http.CallTimeoutException.Limit;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.ResponseReceiver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call of {@link ApacheTransport}. Whatever ends it first, the response, a fault, a time-out or {@link #abort}, is what the
 * receiver is told; what comes after that is dropped.
 */
final class ApacheCall implements HttpCall {
    private static final Logger LOG = LoggerFactory.getLogger(ApacheCall.class);

    private final OutboundRequest request;
    private final CallTimeouts timeouts;
    private final ResponseReceiver receiver;
    private final CallTimer timer;
    private final Consumer<ApacheCall> sender;
    private final Consumer<ApacheCall> onEnd;
    private final BodyWindow window = new BodyWindow();
    private final AtomicBoolean ended = new AtomicBoolean();
    /** Held during each call of the receiver, also where a time-out and a part of the body meet. */
    private final ReentrantLock receiving = new ReentrantLock();

    /** The current attempt; written by the thread that sends, again if the attempt before sent nothing. */
    private volatile CallExchange exchange;

    /**
     * @param sender sends the call; again, over another connection, if nothing of it was sent
     * @param onEnd receives this call, once, when it has ended
     */
    ApacheCall(
            OutboundRequest request,
            CallTimeouts timeouts,
            ResponseReceiver receiver,
            ScheduledExecutorService scheduler,
            Consumer<ApacheCall> sender,
            Consumer<ApacheCall> onEnd) {
        this.request = request;
        this.timeouts = timeouts;
        this.receiver = receiver;
        this.sender = sender;
        this.onEnd = onEnd;
        this.timer = new CallTimer(scheduler, System::nanoTime, timeouts, window::isOpen, this::expire);
    }

    @Override
    public void grant(int bytes) {
        if (window.grant(bytes)) {
            timer.touch(); // the server could not be heard until now
        }
        announceCredit();
    }

    @Override
    public void abort(IOException cause) {
        fail(cause, isSent());
    }

    @Override
    public void close() {
        if (end()) {
            closeExchange();
        }
    }

    @Override
    public void drainThenClose() {
        timer.startDrainTimeout(this::close);
    }

    /** Method and address, without headers and body. */
    @Override
    public String toString() {
        return request.toString();
    }

    OutboundRequest request() {
        return request;
    }

    CallTimer timer() {
        return timer;
    }

    /** Whether the request may have reached the server. */
    boolean isSent() {
        CallExchange current = exchange;
        return current != null && current.isSent();
    }

    /** Why the request must not be sent; null to send it. */
    IOException withdrawal() {
        return receiver.withdrawal();
    }

    void begin() {
        timer.start();
        sender.accept(this);
    }

    void sendBy(CallExchange attempt) {
        exchange = attempt;
        if (ended.get()) {
            attempt.close();
        }
    }

    /** Fails the call after {@code limit}, unless the timer is stopped before. */
    void startConnectTimeout(String failing, Duration limit) {
        timer.startConnectTimeout(
                () -> fail(TransportErrorMapper.notConnected(this, failing, limit), false), limit.toNanos());
    }

    /** The transport stops. */
    void stop() {
        boolean sent = abandon();
        fail(
                new IOException(
                        this + ": cancelled, the component was stopped" + TransportErrorMapper.consequence(sent)),
                sent);
    }

    /**
     * The attempt failed. If it had a connection of the pool that turned out to be dead, and nothing was written, the call is
     * sent over another.
     */
    void failed(Exception cause, Stage reached) {
        if (reached == Stage.REUSED && !ended.get()) {
            window.connect(null);
            timer.awaitLease();
            sender.accept(this);
        } else {
            fail(TransportErrorMapper.map(cause, reached, this), reached == Stage.SENT);
        }
    }

    void head(ResponseHead head) throws IOException {
        receive(() -> {
            window.open(receiver.head(head, this));
            timer.startIdleTimeout();
        });
    }

    void body(ByteBuffer bytes) throws IOException {
        receive(() -> {
            timer.touch();
            window.received(bytes.remaining());
            receiver.body(bytes);
        });
    }

    void bodyEnded() {
        receiving.lock();
        try {
            if (end()) {
                receiver.end();
            }
        } catch (Throwable e) { // also an Error: it ends this call, and no I/O thread
            notifyFailure(e, true);
        } finally {
            receiving.unlock();
        }
    }

    void capacity(CapacityChannel open) {
        window.connect(open);
        announceCredit();
    }

    /** @throws IOException what the receiver threw, for HttpClient to end the exchange */
    private void receive(Delivery delivery) throws IOException {
        receiving.lock();
        try {
            if (!ended.get()) {
                delivery.run();
            }
        } catch (Throwable e) { // also an Error: it ends this call, and no I/O thread
            fail(e, true);
            throw e instanceof IOException io ? io : new IOException(this + ": the response could not be processed", e);
        } finally {
            receiving.unlock();
        }
    }

    private void fail(Throwable cause, boolean sent) {
        receiving.lock();
        try {
            if (end()) {
                closeExchange();
                notifyFailure(cause, sent);
            }
        } finally {
            receiving.unlock();
        }
    }

    private void notifyFailure(Throwable cause, boolean sent) {
        try {
            receiver.failed(cause, sent);
        } catch (Throwable e) {
            LOG.error("StackAI: {}: the failure of the call could not be processed", this, e);
        }
    }

    private interface Delivery {
        void run() throws IOException;
    }

    private void announceCredit() {
        try {
            window.announce();
        } catch (IOException e) {
            abort(e);
        }
    }

    private void expire(Limit limit) {
        boolean sent = abandon();
        fail(new CallTimeoutException(limit, timeouts.of(limit), this, TransportErrorMapper.consequence(sent)), sent);
    }

    /** Ends the sending; returns whether the request may have reached the server. */
    private boolean abandon() {
        CallExchange current = exchange;
        return current != null && current.abort() == Stage.SENT;
    }

    private boolean end() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        timer.stop();
        onEnd.accept(this);
        return true;
    }

    private void closeExchange() {
        CallExchange current = exchange;
        if (current != null) {
            current.close();
        }
    }
}

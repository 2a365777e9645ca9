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
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hc.core5.http.nio.CapacityChannel;

/**
 * A call of {@link ApacheTransport}. Whatever ends it first, the response, a fault, a time-out or {@link #abort}, is what the
 * receiver is told; what comes after that is dropped.
 */
final class ApacheCall implements HttpCall {
    private final OutboundRequest request;
    private final CallTimeouts timeouts;
    private final ResponseReceiver receiver;
    private final CallTimer timer;
    private final Consumer<ApacheCall> sender;
    private final Consumer<ApacheCall> onEnd;
    private final BodyWindow window = new BodyWindow();
    private final SerialReceiver delivery;
    /** The current attempt; written by the thread that sends, again if the attempt before sent nothing. */
    private volatile CallExchange exchange;

    /**
     * @param sender sends the call; again, over another connection, if no byte of it was sent
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
        this.delivery = new SerialReceiver(request, receiver, this::ended, this::closeExchange);
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
        abandon(consequence -> cause);
    }

    @Override
    public void close() {
        if (delivery.end()) {
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

    /** Whether a part of the request has been passed to a connection. */
    boolean isOnConnection() {
        return stage().isBegun();
    }

    private Stage stage() {
        CallExchange current = exchange;
        return current == null ? Stage.WAITING : current.stage();
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
        if (delivery.hasEnded()) {
            attempt.close();
        }
    }

    /** Fails the call after {@code limit}, unless the timer is stopped before. */
    void startConnectTimeout(String failing, Duration limit) {
        timer.startConnectTimeout(
                () -> delivery.fail(TransportErrorMapper.notConnected(this, failing, limit), false), limit.toNanos());
    }

    /** The client cancelled the current attempt. */
    void cancelled() {
        abandon(consequence -> new IOException(this + ": cancelled" + consequence));
    }

    /** The transport stops. */
    void stop() {
        abandon(consequence -> new IOException(this + ": cancelled, the component was stopped" + consequence));
    }

    /**
     * The attempt failed. If it had a connection of the pool that turned out to be dead, and nothing was written, the call is
     * sent over another.
     */
    void failed(Exception cause, Stage reached) {
        boolean unreadable = cause instanceof UnreadableContentException;
        if (reached == Stage.REUSED && !unreadable && !delivery.hasEnded()) {
            window.connect(null);
            timer.awaitLease();
            sender.accept(this);
        } else {
            delivery.fail(TransportErrorMapper.map(cause, reached, this), reached == Stage.SENT);
        }
    }

    void head(ResponseHead head) throws IOException {
        delivery.receive(to -> {
            window.open(to.head(head, this));
            timer.startIdleTimeout();
        });
    }

    void body(ByteBuffer bytes) throws IOException {
        delivery.receive(to -> {
            timer.touch();
            window.received(bytes.remaining());
            to.body(bytes);
        });
    }

    void bodyEnded() {
        delivery.complete();
    }

    void capacity(CapacityChannel open) {
        window.connect(open);
        announceCredit();
    }

    private void announceCredit() {
        try {
            window.announce();
        } catch (IOException e) {
            abort(e);
        }
    }

    private void expire(Limit limit) {
        boolean unread = limit == Limit.RESPONSE && stage() == Stage.SENDING;
        Limit reached = unread ? Limit.SENDING : limit;
        abandon(consequence -> new CallTimeoutException(reached, timeouts.of(reached), this, consequence));
    }

    /**
     * Ends the call and the sending.
     *
     * @param failure of the call, given the end of its message
     */
    private void abandon(Function<String, IOException> failure) {
        delivery.fail(this::abortExchange, reached -> failure.apply(TransportErrorMapper.consequence(reached)));
    }

    /** Returns how far the request got. */
    private Stage abortExchange() {
        CallExchange current = exchange;
        return current == null ? Stage.WAITING : current.abort();
    }

    private void ended() {
        timer.stop();
        onEnd.accept(this);
    }

    private void closeExchange() {
        CallExchange current = exchange;
        if (current != null) {
            current.close();
        }
    }
}

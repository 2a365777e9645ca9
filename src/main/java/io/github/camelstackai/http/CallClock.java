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
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Keeps a call's time on the transport's timer thread. One check serves both limits on silence: it is made at least as often
 * as the shorter of them, and looks at the last sign of life, so that a sign costs no more than a write. A check that is not
 * due soon is not even scheduled, since most calls have ended by then: {@link #look}, once a second, sees it come.
 */
final class CallClock {
    private static final int LINGER_MILLIS = 1000;
    /** What is due later will have been looked at in between. */
    private static final long SOON = TimeUnit.SECONDS.toNanos(3);

    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final CallTimeouts timeouts;
    private final BooleanSupplier listening;
    private final Consumer<Limit> expired;

    /** Null while there is no connection. Written by the thread that moves the call on. */
    private volatile Limit awaited;
    /** When the last sign of life was; written by the thread that sees it. */
    private volatile long lastSign;
    /** The pending checks; written by the sending, the I/O and the timer thread. A check too many does no harm. */
    private volatile Future<?> totalCheck;

    private volatile Future<?> connectionCheck;
    private volatile Future<?> silenceCheck;
    private volatile Future<?> lingering;
    /** Written once, by the thread that ends the call. */
    private volatile boolean stopped;

    /**
     * @param nanoTime such as {@link System#nanoTime}
     * @param listening whether the peer could be heard at all, were it to send more of the body
     * @param expired is told on the timer thread which limit was reached
     */
    CallClock(
            ScheduledExecutorService timer,
            LongSupplier nanoTime,
            CallTimeouts timeouts,
            BooleanSupplier listening,
            Consumer<Limit> expired) {
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.timeouts = timeouts;
        this.listening = listening;
        this.expired = expired;
    }

    /** The call begins. */
    void start() {
        if (!timeouts.total().isZero()) {
            totalCheck = schedule(() -> expired.accept(Limit.TOTAL), nanos(Limit.TOTAL));
            cancelIfStopped(totalCheck);
        }
    }

    /** Runs {@code expiry} when the call gets no further towards a connection within {@code nanos}. */
    void awaitConnection(Runnable expiry, long nanos) {
        cancel(connectionCheck);
        connectionCheck = schedule(expiry, nanos);
        cancelIfStopped(connectionCheck);
    }

    void stopConnectionCheck() {
        cancel(connectionCheck);
    }

    /** There is no connection any more; there will be another. */
    void awaitLease() {
        cancelSilenceCheck();
        awaited = null;
    }

    /** There is a connection. */
    void awaitHead() {
        cancelSilenceCheck();
        await(Limit.RESPONSE);
        scheduleSilenceCheck(Long.MAX_VALUE);
    }

    /** The head has arrived. */
    void awaitBody() {
        boolean ofProxy = awaited == null; // which answers before there is a connection to the service
        await(Limit.IDLE);
        if (ofProxy) {
            scheduleSilenceCheck(Long.MAX_VALUE);
        }
    }

    private void await(Limit limit) {
        cancel(connectionCheck);
        sign();
        awaited = limit;
    }

    /** The peer lives, or may be heard again. */
    void sign() {
        lastSign = nanoTime.getAsLong();
    }

    /** Runs {@code close} in a moment, unless stopped. */
    void linger(Runnable close) {
        lingering = schedule(close, TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS));
        cancelIfStopped(lingering);
    }

    /** No check is made any more. */
    void stop() {
        stopped = true;
        cancel(totalCheck);
        cancel(connectionCheck);
        cancel(silenceCheck);
        cancel(lingering);
    }

    private void cancelSilenceCheck() {
        cancel(silenceCheck);
        silenceCheck = null;
    }

    /** Called once a second, on the timer thread. */
    void look() {
        Limit limit = awaited;
        if (limit != null && silenceCheck == null && !stopped) {
            scheduleSilenceCheck(Math.max(0, left(limit)));
        }
    }

    private void scheduleSilenceCheck(long nanos) {
        long due = Math.min(nanos, Math.min(nanos(Limit.RESPONSE), nanos(Limit.IDLE)));
        if (due <= SOON) {
            silenceCheck = schedule(this::checkSilence, due);
            cancelIfStopped(silenceCheck);
        }
    }

    private void checkSilence() {
        silenceCheck = null;
        Limit limit = awaited;
        if (stopped || limit == null) {
            return; // the connection is gone, and with it whom there was to listen to
        }
        long left = left(limit);
        if (left > 0) {
            scheduleSilenceCheck(left);
        } else {
            expired.accept(limit);
        }
    }

    private long left(Limit limit) {
        boolean heard = limit == Limit.RESPONSE || listening.getAsBoolean();
        return nanos(limit) - (heard ? nanoTime.getAsLong() - lastSign : 0);
    }

    /** Null when the transport has stopped its timer; it ends all calls then. */
    private Future<?> schedule(Runnable task, long nanos) {
        try {
            return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    private void cancelIfStopped(Future<?> pending) {
        if (stopped) {
            cancel(pending);
        }
    }

    private long nanos(Limit limit) {
        return timeouts.of(limit).isZero() ? Long.MAX_VALUE : timeouts.of(limit).toNanos();
    }

    private static void cancel(Future<?> pending) {
        if (pending != null) {
            pending.cancel(false);
        }
    }
}

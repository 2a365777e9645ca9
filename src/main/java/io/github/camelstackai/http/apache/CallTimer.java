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

import io.github.camelstackai.http.CallTimeoutException.Limit;
import io.github.camelstackai.http.CallTimeouts;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Enforces the time limits of one call on the transport's timer thread. One check covers the response and the idle limit. It compares
 * with the time of the last activity, so recording activity is one volatile write. The transport checks all calls each
 * {@link #PERIOD}, so only what may expire soon is scheduled. Thread-safe.
 */
final class CallTimer {
    /** Between two checks of all calls. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    /** A check that is due earlier is scheduled: two checks of all calls can be further apart than planned. */
    private static final long NEAR_NANOS = PERIOD.multipliedBy(2).toNanos();

    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoTime;
    private final CallTimeouts timeouts;
    private final BooleanSupplier reading;
    private final Consumer<Limit> expired;
    /** Nanoseconds to the first check: the shorter of the response and the idle limit. */
    private final long interval;

    /** The limit that applies now; null while there is no connection. Written by the thread that advances the call. */
    private volatile Limit current;
    /** Written by the thread that sees activity. */
    private volatile long lastActivity;
    /** The pending tasks, each written by the thread that schedules it; null for none. */
    private volatile Future<?> totalTimeout;

    private volatile Future<?> connectTimeout;
    private volatile Future<?> check;
    private volatile Future<?> drainTimeout;
    /** Written once, by the thread that ends the call. */
    private volatile boolean stopped;

    /**
     * @param nanoTime such as {@link System#nanoTime}
     * @param reading whether the receiver accepts data, so that silence is the server's
     * @param expired receives, on the timer thread, the limit that was exceeded
     */
    CallTimer(
            ScheduledExecutorService scheduler,
            LongSupplier nanoTime,
            CallTimeouts timeouts,
            BooleanSupplier reading,
            Consumer<Limit> expired) {
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.timeouts = timeouts;
        this.reading = reading;
        this.expired = expired;
        this.interval = Math.min(nanos(Limit.RESPONSE), nanos(Limit.IDLE));
    }

    /** Starts the total limit. */
    void start() {
        if (!timeouts.total().isZero()) {
            totalTimeout = schedule(() -> expired.accept(Limit.TOTAL), nanos(Limit.TOTAL));
        }
    }

    /** Runs {@code expiry} unless the next step of the connection is reached within {@code nanos}. */
    void startConnectTimeout(Runnable expiry, long nanos) {
        cancel(connectTimeout);
        connectTimeout = schedule(expiry, nanos);
    }

    void stopConnectTimeout() {
        cancel(connectTimeout);
    }

    /** There is no connection any more, and the call waits for another. */
    void awaitLease() {
        current = null;
        cancel(check);
        check = null;
    }

    /** There is a connection. */
    void startResponseTimeout() {
        start(Limit.RESPONSE);
    }

    /** The response head has arrived. */
    void startIdleTimeout() {
        start(Limit.IDLE);
    }

    private void start(Limit limit) {
        cancel(connectTimeout);
        touch();
        current = limit;
        if (check == null) {
            scheduleCheck(interval);
        }
    }

    /** Records activity of the server, or that it can be heard again. */
    void touch() {
        lastActivity = nanoTime.getAsLong();
    }

    /** Runs {@code close} after one second, unless the timer is stopped before. */
    void startDrainTimeout(Runnable close) {
        drainTimeout = schedule(close, DRAIN_NANOS);
    }

    /** Cancels everything that is pending. */
    void stop() {
        stopped = true;
        cancel(totalTimeout);
        cancel(connectTimeout);
        cancel(check);
        cancel(drainTimeout);
    }

    private void scheduleCheck(long nanos) {
        if (nanos < NEAR_NANOS) {
            check = schedule(this::checkLimit, nanos);
        }
    }

    /** Called on the timer thread. */
    void check() {
        Future<?> pending = check;
        if (pending == null || pending.isDone()) {
            checkLimit();
        }
    }

    private void checkLimit() {
        Limit limit = current;
        if (stopped || limit == null) {
            return; // there is no connection to watch
        }
        long left = left(limit);
        if (left > 0) {
            scheduleCheck(Math.min(left, interval));
        } else {
            expired.accept(limit);
        }
    }

    private long left(Limit limit) {
        boolean counting = limit == Limit.RESPONSE || reading.getAsBoolean();
        return nanos(limit) - (counting ? nanoTime.getAsLong() - lastActivity : 0);
    }

    /** Null if the transport has stopped its timer; it ends all calls then. */
    private Future<?> schedule(Runnable task, long nanos) {
        try {
            Future<?> pending = scheduler.schedule(task, nanos, TimeUnit.NANOSECONDS);
            if (stopped) {
                pending.cancel(false);
            }
            return pending;
        } catch (RejectedExecutionException e) {
            return null;
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

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
package io.github.camelstackai.operation;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** The calls that wait for a token: ends their wait when it takes too long, or the component stops. Thread-safe. */
public final class TokenWaits implements AutoCloseable {
    /** By a number of their own. */
    private final Map<Long, CompletableFuture<String>> waits = new ConcurrentHashMap<>();

    private final AtomicLong count = new AtomicLong();
    /** Written at start and stop. */
    private volatile boolean open;

    /** Lets calls wait, from the start of the component on. */
    public void open() {
        open = true;
    }

    /** Fails all that wait, and all that come later. */
    @Override
    public void close() {
        open = false;
        waits.values().forEach(TokenWaits::stop);
    }

    /**
     * What {@code token} completes with, unless something ends the wait before.
     *
     * @param limit longest wait; zero for none
     */
    CompletionStage<String> await(CompletionStage<String> token, Duration limit) {
        CompletableFuture<String> wait = new CompletableFuture<>();
        token.whenComplete((value, failure) -> {
            if (failure == null) {
                wait.complete(value);
            } else {
                wait.completeExceptionally(new Reported(reason(failure)));
            }
        });
        if (!wait.isDone()) {
            hold(wait, limit);
        }
        return wait;
    }

    /** The token when it is there already; null when it has to be waited for, or failed. */
    static String known(CompletionStage<String> token) {
        if (!(token instanceof CompletableFuture<String> stage)) {
            return null; // another kind need not say
        }
        CompletableFuture<String> future = stage.toCompletableFuture(); // completedStage's own methods refuse
        return future.isDone() && !future.isCompletedExceptionally() ? future.join() : null;
    }

    private void hold(CompletableFuture<String> wait, Duration limit) {
        long number = count.incrementAndGet();
        waits.put(number, wait);
        CompletionStage<String> ended = wait;
        ended.whenComplete((value, failure) -> waits.remove(number));
        if (!open) {
            stop(wait);
        }
        if (!limit.isZero()) {
            wait.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** What the source of the token failed with, told apart from what ends the wait. */
    private static final class Reported extends Exception {
        private static final long serialVersionUID = 1L;

        Reported(Throwable cause) {
            super(null, cause, false, false);
        }
    }

    private static void stop(CompletableFuture<String> wait) {
        wait.completeExceptionally(
                new IOException("not sent, the component was stopped while the call waited for a token"));
    }

    /** What ended the wait, out of what the stages wrapped it in. */
    static Throwable reason(Throwable failure) {
        Throwable reason = failure;
        while (reason instanceof CompletionException && reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason;
    }

    /** A wait that was too long as the exception that Camel users know. */
    static Throwable timely(Throwable failure, Duration limit) {
        Throwable reason = reason(failure);
        if (reason instanceof Reported) {
            return reason.getCause();
        }
        return reason instanceof TimeoutException
                ? new SocketTimeoutException("not sent, there was no token within " + limit.toMillis()
                        + " ms (responseTimeout, totalTimeout)")
                : reason;
    }
}

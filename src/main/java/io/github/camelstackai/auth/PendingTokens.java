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
package io.github.camelstackai.auth;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The calls that wait for a token. Ends their wait when it takes too long, or when the component stops. Thread-safe. */
public final class PendingTokens implements AutoCloseable {
    private final Set<CompletableFuture<String>> pending = ConcurrentHashMap.newKeySet();
    /** Written at start and stop. */
    private volatile boolean open;

    /** Allows calls to wait; called when the component starts. */
    public void open() {
        open = true;
    }

    /** Fails the calls that wait, and those that would wait later. */
    @Override
    public void close() {
        open = false;
        pending.forEach(PendingTokens::stop);
    }

    /**
     * Obtains a token; returns without blocking.
     *
     * @param refused the token that the service refused; null for none
     * @param limit longest wait; zero for no limit; asked for if there is a wait
     * @param obtained receives the token, on this thread if it is available now
     * @param failed receives why there is none
     */
    public void obtain(
            Credential source,
            String refused,
            Supplier<Duration> limit,
            Consumer<String> obtained,
            Consumer<Throwable> failed) {
        CompletionStage<String> requested = request(source, refused);
        String known = known(requested);
        if (known != null) {
            obtained.accept(known);
            return;
        }
        Duration longest = limit.get();
        await(requested, longest).whenComplete((token, failure) -> {
            if (failure == null) {
                obtained.accept(token);
            } else {
                failed.accept(cause(failure, longest));
            }
        });
    }

    private static CompletionStage<String> request(Credential source, String refused) {
        try {
            return source.token(refused);
        } catch (Throwable e) { // of the user's bean: whatever it is, the call has to end
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Completes as {@code token} does, unless the wait ends before.
     *
     * @param limit longest wait; zero for no limit
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

    /** The token if it is available now; null if the call has to wait for it, or if it failed. */
    static String known(CompletionStage<String> token) {
        if (!(token instanceof CompletableFuture<String> stage)) {
            return null; // another implementation need not have a state
        }
        CompletableFuture<String> future = stage.toCompletableFuture(); // the methods of a completedStage throw
        return future.isDone() && !future.isCompletedExceptionally() ? future.join() : null;
    }

    @SuppressWarnings("CollectionUndefinedEquality") // futures are equal by identity
    private void hold(CompletableFuture<String> wait, Duration limit) {
        pending.add(wait);
        CompletionStage<String> ended = wait;
        ended.whenComplete((value, failure) -> pending.remove(wait));
        if (!open) {
            stop(wait);
        }
        if (!limit.isZero()) {
            wait.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Wraps the failure of the token source, so that it is not taken for our own timeout or stop. */
    private static final class Reported extends Exception {
        private static final long serialVersionUID = 1L;

        Reported(Throwable cause) {
            super(null, cause, false, false);
        }
    }

    private static void stop(CompletableFuture<String> wait) {
        wait.completeExceptionally(
                new IOException("the component was stopped while the call waited for a token; nothing was sent"));
    }

    /** The failure without the exceptions that completion stages wrap it in. */
    static Throwable reason(Throwable failure) {
        Throwable reason = failure;
        while (reason instanceof CompletionException && reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason;
    }

    /** Why there is no token, given what {@link #await} completed with: a wait that was too long as a Camel user knows it. */
    static Throwable cause(Throwable failure, Duration limit) {
        Throwable reason = reason(failure);
        if (reason instanceof Reported) {
            return reason.getCause();
        }
        return reason instanceof TimeoutException
                ? new SocketTimeoutException(
                        "no token within " + limit.toMillis() + " ms (responseTimeout, totalTimeout); nothing was sent")
                : reason;
    }
}

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
package io.github.camelstackai.call;

import io.github.camelstackai.http.CallTimeoutException;
import io.github.camelstackai.http.CallTimeoutException.Limit;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.RetryAfter;
import io.github.camelstackai.message.ExchangeUpdate;
import io.github.camelstackai.observe.CallObservation;
import io.github.camelstackai.observe.CallObserver;
import io.github.camelstackai.observe.OutcomeMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.camel.Exchange;

/**
 * The calls that one exchange makes one after the other: {@code totalTimeout} limits them together, and figures count them as one.
 * For one thread at a time.
 */
public final class CallSequence {
    private final CallObservation observation;
    private final CallTimeouts timeouts;
    private final AuthenticatedClient client;
    private final long begin = System.nanoTime();
    /** Of the last call; written before its result is available, or when its answer is read. */
    private volatile String outcome;

    /**
     * @param observation of the sequence
     * @param timeouts of the sequence
     * @param parts creates the client of its calls, given their observer
     */
    CallSequence(
            CallObservation observation, CallTimeouts timeouts, Function<CallObserver, AuthenticatedClient> parts) {
        this.observation = observation;
        this.timeouts = timeouts;
        this.client = parts.apply((operation, flowId) -> new Part());
    }

    /** As {@link AuthenticatedClient#send(ServiceRequest, AnswerHandler)}. */
    public CompletableFuture<CallResult> send(ServiceRequest request, AnswerHandler handler) {
        try {
            return client.send(request.since(begin), handler);
        } catch (RuntimeException e) { // calls before this one have taken place
            outcome = OutcomeMapper.of(e);
            return CompletableFuture.completedFuture(new CallResult.Failed(e, null, null, false));
        }
    }

    /** The longest pause before the next call: {@code wanted}, or what remains of {@code totalTimeout}. */
    public Duration pause(Duration wanted) {
        Duration left = timeLeft();
        return left.isZero() || wanted.compareTo(left) < 0 ? wanted : left;
    }

    /** Zero for no limit. */
    private Duration timeLeft() {
        return timeouts.since(begin).total();
    }

    /** Why there is no time for another call; null if there is. */
    public IOException expiry(Object call) {
        boolean over = !timeouts.total().isZero() && timeLeft().compareTo(CallTimeouts.LEAST) <= 0;
        return over ? new CallTimeoutException(Limit.TOTAL, timeouts.total(), call, "") : null;
    }

    /** How long the response to a call asks to wait; zero if it does not. */
    public Duration retryAfter(CallResult result, Duration cap) {
        ResponseHead head = result.head();
        Duration asked = head == null ? null : RetryAfter.parse(head.retryAfter(), Instant.now(), cap);
        return asked == null ? Duration.ZERO : asked;
    }

    /** Whether the last call was not sent because its exchange has failed or its route has stopped. */
    public boolean isCancelled() {
        return OutcomeMapper.CANCELLED.equals(outcome);
    }

    /** Reads the answer to a call; returns null if it could be read, and otherwise the end of the sequence. */
    public CallResult failure(CallResult result, Exchange exchange) {
        try {
            result.applyTo(exchange);
            return null;
        } catch (Throwable e) { // also an Error: the exchange has to end
            observation.ended(outcome);
            return result instanceof CallResult.Answered ? failed(result, e, outcome) : result;
        }
    }

    /** The sequence has ended with this answer. */
    public CallResult answered(CallResult last, ExchangeUpdate update) {
        return new CallResult.Answered(last.head(), last.call(), new ObservedUpdate(update, observation, true));
    }

    /** The sequence has ended, since the answer to its call is no longer wanted. */
    public void cancelled() {
        observation.ended(OutcomeMapper.CANCELLED);
    }

    /** As {@link #failed(CallResult, Throwable, String)}, with the outcome of the failure. */
    public CallResult failed(CallResult last, Throwable failure) {
        return failed(last, failure, OutcomeMapper.of(failure));
    }

    /**
     * The sequence has ended after calls that were answered.
     *
     * @param last the call that was answered last; null for none
     */
    public CallResult failed(CallResult last, Throwable failure, String failureOutcome) {
        observation.ended(failureOutcome);
        return new CallResult.Failed(
                failure, last == null ? null : last.head(), last == null ? null : last.call(), true);
    }

    /** One of the calls. */
    private final class Part implements CallObservation {
        private final AtomicBoolean ended = new AtomicBoolean();

        @Override
        public void firstChunk() {
            // such calls are no streams
        }

        @Override
        public void chunk() {
            // such calls are no streams
        }

        @Override
        public void ended(String callOutcome) {
            if (ended.compareAndSet(false, true)) {
                outcome = callOutcome;
            }
        }
    }
}

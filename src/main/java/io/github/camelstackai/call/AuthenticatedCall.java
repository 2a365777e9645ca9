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

import io.github.camelstackai.auth.BearerToken;
import io.github.camelstackai.auth.Credential;
import io.github.camelstackai.auth.TokenRefusedException;
import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.failure.HttpErrorMapper;
import io.github.camelstackai.failure.RefusedCall;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.message.ExchangeUpdate;
import io.github.camelstackai.observe.CallObservation;
import io.github.camelstackai.observe.OutcomeMapper;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One call: obtains a token, sends the request, and sends it again if a fresh token may help. If the service refuses a token with 401,
 * no run has taken place.
 */
final class AuthenticatedCall {
    private static final int UNAUTHORIZED = 401;

    /** How often a call waits again with a new token because the last one waited too long. */
    private static final int MAX_RENEWALS = 3;

    /** A token that waited longer than this for its connection may have expired meanwhile. */
    private static final long AGED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ClientRuntime runtime;
    private final CallTimeouts timeouts;
    private final HttpErrorMapper errors;
    private final CompletableFuture<CallResult> result = new CancellableResult(this::withdraw);
    private final ServiceRequest request;
    private final Credential source;
    private final AnswerHandler handler;
    private final CallObservation observation;
    /** Tokens renewed because of a wait; written by one attempt at a time. */
    private final AtomicInteger renewals = new AtomicInteger();
    /** The latest attempt on the wire; written by the thread that has the token. */
    private volatile HttpCall http;

    AuthenticatedCall(
            ClientRuntime runtime,
            CallTimeouts timeouts,
            HttpErrorMapper errors,
            ServiceRequest request,
            Credential source,
            AnswerHandler handler) {
        this.runtime = runtime;
        this.timeouts = timeouts;
        this.errors = errors;
        this.request = request;
        this.source = source;
        this.handler = handler;
        this.observation = runtime.observer()
                .begin(request.target().operation(), request.target().flowId());
    }

    /** Returns without blocking. */
    CompletableFuture<CallResult> begin() {
        withToken(null, token -> send(token, source.canRefresh()));
        return result;
    }

    /** @param refused the token that the service refused; null for none */
    private void withToken(String refused, Consumer<String> next) {
        runtime.pendingTokens().obtain(source, refused, () -> timeLeft().untilHead(), next, this::noToken);
    }

    private void noToken(Throwable cause) {
        end(
                cause instanceof TokenRefusedException refused
                        ? new CallResult.Refused(refused.refused())
                        : new CallResult.Failed(source.failure(cause), null, null, false),
                OutcomeMapper.NO_TOKEN);
    }

    /** Ends the call without an answer. */
    private void end(CallResult failed, String outcome) {
        observation.ended(outcome);
        result.complete(failed);
    }

    private void send(String token, boolean mayRefresh) {
        try {
            OutboundRequest signed = BearerToken.sign(request.http(), token);
            Attempt attempt = new Attempt(signed, token, mayRefresh);
            http = runtime.transport().send(signed, timeLeft(), attempt.router);
            if (result.isCancelled()) { // before there was a call to close
                withdraw();
            }
        } catch (Throwable e) { // on whichever thread the token came: the call has to end
            end(new CallResult.Failed(e, null, null, false), OutcomeMapper.of(e));
        }
    }

    private void withdraw() {
        observation.ended(OutcomeMapper.CANCELLED);
        HttpCall open = http;
        if (open != null) {
            open.close();
        }
    }

    private CallTimeouts timeLeft() {
        return timeouts.since(request.begin());
    }

    /** One sending of the request. */
    private final class Attempt implements PendingAnswer {
        private final OutboundRequest signed;
        private final CallDescription description;
        private final String token;
        private final boolean mayRefresh;
        private final StatusRouter router;
        private final long begin = System.nanoTime();
        /** Whether the token waited long for a connection; written before the request is sent. */
        private volatile boolean aged;

        Attempt(OutboundRequest signed, String token, boolean mayRefresh) {
            this.signed = signed;
            this.description = new CallDescription(request.target(), signed.redactor());
            this.token = token;
            this.mayRefresh = mayRefresh;
            this.router =
                    new StatusRouter(this::withdrawal, handler.receiver(description, this), this::refused, this::fail);
        }

        private IOException withdrawal() {
            aged = System.nanoTime() - begin > AGED_NANOS;
            String reason =
                    result.isCancelled() ? "no longer needed" : request.caller().withdrawal();
            if (reason != null) {
                observation.ended(OutcomeMapper.CANCELLED);
                return new IOException(signed + ": cancelled, " + reason + "; nothing was sent");
            }
            return mayRenew() && !source.isCurrent(token) ? new ExpiredTokenException() : null;
        }

        /** Each renewal waits for a connection again. */
        private boolean mayRenew() {
            return aged && renewals.get() < MAX_RENEWALS;
        }

        @Override
        public void complete(ExchangeUpdate update) {
            answered(new ObservedUpdate(update, observation, true));
        }

        @Override
        public void begin(ExchangeUpdate update) {
            answered(new ObservedUpdate(update, observation, false));
        }

        private void answered(ExchangeUpdate update) {
            result.complete(new CallResult.Answered(router.responseHead(), description, update));
        }

        @Override
        public CallObservation observation() {
            return observation;
        }

        @Override
        public void fail(Throwable cause, boolean sent) {
            if (cause instanceof ExpiredTokenException) {
                renewals.incrementAndGet();
                withToken(null, fresh -> AuthenticatedCall.this.send(fresh, mayRefresh));
                return;
            }
            AuthenticatedCall.this.end(
                    new CallResult.Failed(cause, router.responseHead(), description, sent), OutcomeMapper.of(cause));
        }

        private void refused(CollectedResponse response) {
            CallResult refusal = new CallResult.Refused(new RefusedCall(response, description, signed.url(), errors));
            int status = response.head().status();
            if ((mayRefresh || (mayRenew() && source.canRefresh())) && status == UNAUTHORIZED) {
                renewals.incrementAndGet();
                withToken(token, fresh -> {
                    if (fresh.equals(token)) {
                        AuthenticatedCall.this.end(refusal, OutcomeMapper.status(status));
                    } else {
                        AuthenticatedCall.this.send(fresh, false);
                    }
                });
            } else {
                AuthenticatedCall.this.end(refusal, OutcomeMapper.status(status));
            }
        }
    }
}

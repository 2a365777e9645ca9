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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Sends the calls of an endpoint, each with its credential. If the service refuses a token with 401 that can be refreshed, no run
 * has taken place, and the call is sent once more with a new one; after a long wait for a connection, again with each new one.
 * Thread-safe.
 */
public final class AuthenticatedClient {
    private static final int UNAUTHORIZED = 401;

    /** How often a call waits again with a new token because the last one waited too long. */
    private static final int MAX_RENEWALS = 3;

    /** A token that waited longer than this for its connection may have expired meanwhile. */
    private static final long AGED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ClientRuntime runtime;
    private final CallTimeouts timeouts;
    private final HttpErrorMapper errors;
    /** Null for the component's. */
    private final Credential apiKey;

    /** @param advice end of the message for a status other than 2xx */
    public AuthenticatedClient(ClientRuntime runtime, CallOptions options, IntFunction<String> advice) {
        this.runtime = runtime;
        this.timeouts = options.timeouts();
        this.errors = new HttpErrorMapper(runtime.json(), advice, true);
        this.apiKey = options.apiKey() == null ? null : Credential.fixed(options.apiKey());
    }

    /** As {@link #send(ServiceRequest, Credential, AnswerHandler)}, with the credential of the endpoint. */
    public CompletableFuture<CallResult> send(ServiceRequest request, AnswerHandler handler) {
        return send(request, null, handler);
    }

    /**
     * Sends a request as soon as there is a token; returns without blocking.
     *
     * @param credential of this call; null for that of the endpoint
     * @return completes on an I/O, timer or token provider's thread, never exceptionally; cancelling it withdraws the call
     * @throws IllegalArgumentException if there is no credential
     */
    public CompletableFuture<CallResult> send(ServiceRequest request, Credential credential, AnswerHandler handler) {
        Credential source = credential == null ? endpointCredential() : credential;
        if (source == null) {
            throw new IllegalArgumentException("No credential for " + request.target() + ": set the header "
                    + "CamelStackAiAccessToken, or an option such as apiKey for calls without it");
        }
        Call call = new Call(request, source, handler);
        call.begin();
        return call.result;
    }

    private Credential endpointCredential() {
        return apiKey == null ? runtime.credential().get() : apiKey;
    }

    /** One call: obtains a token, sends the request, and once more if a refreshed token may help. */
    private final class Call {
        private final CompletableFuture<CallResult> result = new CancellableResult(this::withdraw);
        private final ServiceRequest request;
        private final Credential source;
        private final AnswerHandler handler;
        private final CallObservation observation;
        /** Tokens renewed because of a wait; written by one attempt at a time. */
        private final AtomicInteger renewals = new AtomicInteger();
        /** The latest attempt on the wire; written by the thread that has the token. */
        private volatile HttpCall http;

        Call(ServiceRequest request, Credential source, AnswerHandler handler) {
            this.request = request;
            this.source = source;
            this.handler = handler;
            this.observation = runtime.observer()
                    .begin(request.target().operation(), request.target().flowId());
        }

        void begin() {
            withToken(null, token -> send(token, source.canRefresh()));
        }

        /** @param refused the token that the service refused; null for none */
        private void withToken(String refused, Consumer<String> next) {
            runtime.pendingTokens().obtain(source, refused, this::waitLimit, next, this::noToken);
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
                Attempt attempt = new Attempt(this, signed, token, mayRefresh);
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
            return timeouts.after(Duration.ofNanos(System.nanoTime() - request.begin()));
        }

        private Duration waitLimit() {
            return timeLeft().soonest();
        }
    }

    /** One sending of the request. */
    private final class Attempt implements PendingAnswer {
        private final Call call;
        private final OutboundRequest signed;
        private final CallDescription description;
        private final String token;
        private final boolean mayRefresh;
        private final StatusRouter router;
        private final long begin = System.nanoTime();
        /** Whether the token waited long for a connection; written before the request is sent. */
        private volatile boolean aged;

        Attempt(Call call, OutboundRequest signed, String token, boolean mayRefresh) {
            this.call = call;
            this.signed = signed;
            this.description = new CallDescription(call.request.target(), signed.redactor());
            this.token = token;
            this.mayRefresh = mayRefresh;
            this.router = new StatusRouter(
                    this::withdrawal, call.handler.receiver(description, this), this::refused, this::fail);
        }

        private IOException withdrawal() {
            aged = System.nanoTime() - begin > AGED_NANOS;
            String reason = call.result.isCancelled()
                    ? "no longer needed"
                    : call.request.caller().withdrawal();
            if (reason != null) {
                call.observation.ended(OutcomeMapper.CANCELLED);
                return new IOException(signed + ": cancelled, " + reason + "; nothing was sent");
            }
            return mayRenew() && !call.source.isCurrent(token) ? new ExpiredTokenException() : null;
        }

        /** Each renewal waits for a connection again. */
        private boolean mayRenew() {
            return aged && call.renewals.get() < MAX_RENEWALS;
        }

        @Override
        public void complete(ExchangeUpdate update) {
            answered(new ObservedUpdate(update, call.observation, true));
        }

        @Override
        public void begin(ExchangeUpdate update) {
            answered(new ObservedUpdate(update, call.observation, false));
        }

        private void answered(ExchangeUpdate update) {
            call.result.complete(new CallResult.Answered(router.responseHead(), description, update));
        }

        @Override
        public CallObservation observation() {
            return call.observation;
        }

        @Override
        public void fail(Throwable cause, boolean sent) {
            if (cause instanceof ExpiredTokenException) {
                call.renewals.incrementAndGet();
                call.withToken(null, fresh -> call.send(fresh, mayRefresh));
                return;
            }
            call.end(new CallResult.Failed(cause, router.responseHead(), description, sent), OutcomeMapper.of(cause));
        }

        private void refused(CollectedResponse response) {
            CallResult refusal = new CallResult.Refused(new RefusedCall(response, description, signed.uri(), errors));
            int status = response.head().status();
            if ((mayRefresh || (mayRenew() && call.source.canRefresh())) && status == UNAUTHORIZED) {
                call.renewals.incrementAndGet();
                call.withToken(token, fresh -> {
                    if (fresh.equals(token)) {
                        call.end(refusal, OutcomeMapper.status(status));
                    } else {
                        call.send(fresh, false);
                    }
                });
            } else {
                call.end(refusal, OutcomeMapper.status(status));
            }
        }
    }
}

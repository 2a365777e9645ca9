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

import io.github.camelstackai.StackAiConfiguration;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.operation.Attempt.Answer;
import io.github.camelstackai.operation.Operation.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Sends an endpoint's calls, each with its credential. Where the service refuses a token that can be renewed with 401, the
 * call did not take place, and is sent once more with a new one.
 */
final class Caller {
    private static final int UNAUTHORIZED = 401;

    private final Service service;
    private final StackAiConfiguration options;
    private final Refusal refusal;
    private final CallTimeouts timeouts;
    /** Null where it is the component's. */
    private final Credential ofEndpoint;

    /** @param advice what the message about a status that is no success ends with */
    Caller(Service service, StackAiConfiguration options, IntFunction<String> advice) {
        this.service = service;
        this.options = options;
        this.refusal = new Refusal(options, service.json(), advice);
        this.timeouts = new CallTimeouts(
                options.getResponseTimeout(), options.getStreamIdleTimeout(), options.getTotalTimeout());
        this.ofEndpoint = options.getApiKey() == null ? null : Credential.fixed(options.getApiKey());
    }

    /** As {@link #call(FlowTarget, OutboundRequest, Credential, Function)}, with the endpoint's credential. */
    CompletionStage<Outcome> call(FlowTarget target, OutboundRequest request, Function<Mask, Attempt> attempts) {
        return call(target, request, null, attempts);
    }

    /**
     * Sends {@code request} as soon as there is a token; returns at once.
     *
     * @param request complete but for the credential
     * @param own the credential of this call; null for the endpoint's
     * @param attempts makes the receiver of each sending, from what hides the credentials it is sent with
     * @throws IllegalArgumentException when there is no credential
     */
    CompletionStage<Outcome> call(
            FlowTarget target, OutboundRequest request, Credential own, Function<Mask, Attempt> attempts) {
        Credential chosen = own == null ? credential() : own;
        if (chosen == null) {
            throw new IllegalArgumentException("No credential for " + target + ": set the header "
                    + "CamelStackAiAccessToken, or an option such as apiKey for calls without it");
        }
        return new Call(target, request, chosen, attempts, System.nanoTime()).begin();
    }

    private Credential credential() {
        return ofEndpoint == null ? service.credential().get() : ofEndpoint;
    }

    private final class Call {
        private final FlowTarget target;
        private final OutboundRequest request;
        private final Credential source;
        private final Function<Mask, Attempt> attempts;
        private final long begin;

        Call(
                FlowTarget target,
                OutboundRequest request,
                Credential source,
                Function<Mask, Attempt> attempts,
                long begin) {
            this.target = target;
            this.request = request;
            this.source = source;
            this.attempts = attempts;
            this.begin = begin;
        }

        CompletionStage<Outcome> begin() {
            return withToken(null, token -> send(token, source.renewable()));
        }

        private CompletionStage<Outcome> withToken(String refused, Function<String, CompletionStage<Outcome>> next) {
            CompletionStage<String> asked = token(refused);
            String known = TokenWaits.known(asked);
            if (known != null) {
                return next.apply(known);
            }
            Duration limit = waitLimit();
            return service.waits()
                    .await(asked, limit)
                    .handle((token, failure) -> failure == null ? next.apply(token) : without(failure, limit))
                    .thenCompose(Function.identity());
        }

        private CompletionStage<String> token(String refused) {
            try {
                return source.token(refused);
            } catch (Throwable e) { // a bean's: whatever it is, the call has to end
                return CompletableFuture.failedFuture(e);
            }
        }

        private CompletionStage<Outcome> without(Throwable failure, Duration limit) {
            return ended(exchange -> {
                throw source.failure(TokenWaits.timely(failure, limit), exchange);
            });
        }

        private CompletionStage<Outcome> send(String token, boolean mayRenew) {
            OutboundRequest signed = BearerToken.sign(request, token);
            Mask mask = Mask.of(token, service.secrets().get());
            Attempt attempt = attempts.apply(mask);
            HttpCall sent = service.transport().send(signed, timeLeft(), attempt.receiver());
            return attempt.answer()
                    .handle((answer, failure) -> {
                        if (failure != null) {
                            return ended(listening(sent, failed(failure)));
                        }
                        if (answer.refusal() == null) {
                            return ended(listening(sent, answer.outcome()));
                        }
                        boolean renew = mayRenew && answer.refusal().head().status() == UNAUTHORIZED;
                        return renew ? again(token, mask, answer) : ended(refused(mask, answer));
                    })
                    .thenCompose(Function.identity());
        }

        /** Of an answer that turns out to be a failure, too, {@code Retry-After} is heard. */
        private Outcome listening(HttpCall sent, Outcome outcome) {
            return exchange -> {
                try {
                    outcome.applyTo(exchange);
                } catch (Exception e) {
                    if (sent.responseHead() != null) {
                        Refusal.askForDelay(sent.responseHead(), options, exchange);
                    }
                    throw e;
                }
            };
        }

        private CompletionStage<Outcome> again(String old, Mask mask, Answer answer) {
            return withToken(old, token -> token.equals(old) ? ended(refused(mask, answer)) : send(token, false));
        }

        private Outcome refused(Mask mask, Answer answer) {
            return exchange -> {
                throw refusal.exception(answer.refusal(), target, request.uri(), mask, exchange);
            };
        }

        private CallTimeouts timeLeft() {
            return timeouts.after(Duration.ofNanos(System.nanoTime() - begin));
        }

        private Duration waitLimit() {
            CallTimeouts left = timeLeft();
            boolean total = left.response().isZero()
                    || (!left.total().isZero() && left.total().compareTo(left.response()) < 0);
            return total ? left.total() : left.response();
        }
    }

    private static Outcome failed(Throwable failure) {
        Throwable reason = TokenWaits.reason(failure);
        return exchange -> {
            throw reason instanceof Exception known ? known : new CompletionException(reason);
        };
    }

    private static CompletionStage<Outcome> ended(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}

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

import io.github.camelstackai.auth.Credential;
import io.github.camelstackai.failure.HttpErrorMapper;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.observe.CallObservation;
import io.github.camelstackai.observe.CallObserver;
import io.github.camelstackai.protocol.CallTarget;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * Sends the calls of an endpoint, each with its credential. If the service refuses a token with 401 that can be refreshed, no run
 * has taken place, and the call is sent once more with a new one; after a long wait for a connection, again with each new one.
 * Thread-safe.
 */
public final class AuthenticatedClient {
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

    /** The same with another observer. */
    private AuthenticatedClient(AuthenticatedClient whole, CallObserver observer) {
        this.runtime = whole.runtime.observedBy(observer);
        this.timeouts = whole.timeouts;
        this.errors = whole.errors;
        this.apiKey = whole.apiKey;
    }

    /** Begins calls that follow each other. */
    public CallSequence sequence(CallTarget target) {
        CallObservation observation = runtime.observer().begin(target.operation(), target.flowId());
        return new CallSequence(observation, timeouts, parts -> new AuthenticatedClient(this, parts));
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
        return new AuthenticatedCall(runtime, timeouts, errors, request, source, handler).begin();
    }

    private Credential endpointCredential() {
        return apiKey == null ? runtime.credential().get() : apiKey;
    }
}

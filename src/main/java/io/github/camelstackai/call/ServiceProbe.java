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

import io.github.camelstackai.StackAiOperation;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.failure.HttpErrorMapper;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.observe.CallObserver;
import io.github.camelstackai.observe.ServiceStatus;
import io.github.camelstackai.protocol.FlowTarget;
import io.github.camelstackai.protocol.ServiceUri;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Asks whether the service is reached and accepts the credential: it requests the metadata of a flow, which runs no flow (according
 * to the published contract). Without a flow it requests the metadata of one that does not exist: a service that refuses only the
 * flow has accepted the credential (an assumption). Thread-safe.
 */
public final class ServiceProbe {
    /** Time limit of a request. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final int TOO_MANY_REQUESTS = 429;
    private static final Set<Integer> NO_SUCH_FLOW = Set.of(400, 404, 422);
    private static final String ANY_FLOW = "health-check";

    private final ClientRuntime runtime;
    private final AuthenticatedClient client;
    private final JsonResponseHandler answers;
    private final FlowTarget target;
    private final URI base;
    private final String path;
    private final boolean flowExists;

    /**
     * @param options of the endpoint whose calls the answer is about; their time limits do not count
     * @param flowId null for none
     */
    public ServiceProbe(ClientRuntime runtime, CallOptions options, String orgId, String flowId) {
        this.runtime = runtime;
        this.client = new AuthenticatedClient(
                runtime.observedBy(CallObserver.NONE), options.within(limits()), HttpErrorMapper::advice);
        this.answers =
                new JsonResponseHandler(runtime.json(), options.maxResponseSize(), (object, call, exchange) -> {}, "");
        this.flowExists = flowId != null;
        this.target = new FlowTarget(StackAiOperation.METADATA, orgId, flowExists ? flowId : ANY_FLOW);
        this.base = ServiceUri.base(options.baseUrl());
        this.path = ServiceUri.of(base, "run", orgId, target.flowId(), "/metadata", Map.of());
    }

    private static CallTimeouts limits() {
        return new CallTimeouts(TIMEOUT, TIMEOUT, TIMEOUT);
    }

    /** Whether it asks for a flow that endpoints call. */
    public boolean flowExists() {
        return flowExists;
    }

    /**
     * Asks the service; returns without blocking.
     *
     * @return never completes exceptionally
     * @throws IllegalArgumentException if there is no credential
     */
    public CompletionStage<ServiceStatus> ask() {
        OutboundRequest request = new OutboundRequest(
                "GET",
                base,
                path,
                List.of(Map.entry("Accept", "application/json")),
                null,
                runtime.proxyCredentials().get());
        return client.send(new ServiceRequest(target, request, Caller.NONE), answers)
                .thenApply(this::status);
    }

    private ServiceStatus status(CallResult result) {
        Integer code = result.head() == null ? null : result.head().status();
        try {
            result.applyTo(null); // the answer itself is of no use
            return new ServiceStatus(true, code, null);
        } catch (Throwable e) { // also an Error: whoever waits has to be notified
            boolean up = e instanceof StackAiOperationFailedException refused && isTaken(refused.getStatusCode());
            return new ServiceStatus(up, code, up ? null : String.valueOf(e.getMessage()));
        }
    }

    /** Whether a refusal with this status is not about the credential: too many requests, or a flow that does not exist. */
    private boolean isTaken(int status) {
        return status == TOO_MANY_REQUESTS || (!flowExists && NO_SUCH_FLOW.contains(status));
    }
}

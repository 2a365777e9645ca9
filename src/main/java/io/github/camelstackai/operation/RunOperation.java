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
import io.github.camelstackai.StackAiOperation;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.http.ResponseCollector;
import io.github.camelstackai.protocol.Excerpt;
import io.github.camelstackai.protocol.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** Runs a flow and waits, without a thread, for its result. */
public final class RunOperation implements Operation {
    private final Service service;
    private final StackAiConfiguration options;
    private final String flowId;
    private final Requests requests;
    private final InputMapper inputs;
    private final OutputMapper outputs;
    private final Refusal refusal;

    /** @param flowId of the endpoint's URI; null when it names none */
    public RunOperation(Service service, StackAiConfiguration options, String flowId) {
        this.service = service;
        this.options = options;
        this.flowId = flowId;
        this.requests = new Requests(options, service.json());
        this.inputs = new InputMapper(options, service.json());
        this.outputs = new OutputMapper(options);
        this.refusal = new Refusal(options, service.json());
    }

    @Override
    public CompletionStage<Outcome> send(Exchange exchange) throws Exception {
        FlowTarget target = FlowTarget.of(StackAiOperation.RUN, options, flowId, exchange);
        OutboundRequest request = requests.post(target, "run", requests.query(exchange), inputs.inputs(exchange));
        ResponseCollector collector = new ResponseCollector(options.getMaxResponseSize(), Refusal.MAX_BODY);
        service.transport().send(request, requests.timeouts(), collector);
        return collector.response().thenApply(response -> answered -> receive(response, target, request, answered));
    }

    private void receive(CollectedResponse response, FlowTarget target, OutboundRequest request, Exchange exchange)
            throws Exception {
        if (!response.head().successful()) {
            throw refusal.exception(response, target, request, exchange);
        }
        outputs.apply(read(response, target, Mask.of(request)), target, exchange);
    }

    @SuppressWarnings("unchecked") // a JSON object has text keys
    private RunResult read(CollectedResponse response, FlowTarget target, Mask mask) throws StackAiResponseException {
        if (!response.complete()) {
            throw unreadable(
                    response,
                    target,
                    mask,
                    "is larger than maxResponseSize, " + options.getMaxResponseSize() + " bytes",
                    null);
        }
        try {
            if (service.json().read(response.body()) instanceof Map<?, ?> object) {
                return RunResult.of((Map<String, Object>) object);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(response, target, mask, "is not the JSON that the service promises", e);
        }
        throw unreadable(response, target, mask, "is not a JSON object", null);
    }

    private static StackAiResponseException unreadable(
            CollectedResponse response, FlowTarget target, Mask mask, String what, Exception cause) {
        String start = Excerpt.of(mask.hide(new String(response.body(), StandardCharsets.UTF_8)));
        String message =
                target + " was answered with HTTP status " + response.head().status() + ", but the response "
                        + what + (start.isEmpty() ? "; it is empty" : "; it begins: " + start)
                        + " — check baseUrl, and whether a gateway answers in the service's place; the run may have taken place";
        return new StackAiResponseException(message, null, cause);
    }
}

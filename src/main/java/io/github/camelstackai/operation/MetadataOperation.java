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
import io.github.camelstackai.http.OutboundRequest;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** Asks what the service has logged of a run, or, without one, of the flow. The body is not read. */
public final class MetadataOperation implements Operation {
    private final StackAiConfiguration options;
    private final String flowId;
    private final Requests requests;
    private final Caller caller;
    private final ObjectAnswer<Map<String, Object>> answer;

    /** @param flowId of the endpoint's URI; null when it names none */
    public MetadataOperation(Service service, StackAiConfiguration options, String flowId) {
        this.options = options;
        this.flowId = flowId;
        this.requests = new Requests(options, service.json());
        this.caller = new Caller(service, options, Refusal::advice);
        this.answer = new ObjectAnswer<>(
                options,
                service.json(),
                Function.identity(),
                (metadata, target, mask, exchange) -> Headers.answer(exchange.getMessage(), metadata),
                "");
    }

    @Override
    public CompletionStage<Outcome> send(Exchange exchange) {
        FlowTarget target = FlowTarget.of(StackAiOperation.METADATA, options, flowId, exchange);
        String runId = Headers.runId(exchange, options);
        OutboundRequest request =
                requests.get(target, "run", "/metadata", runId == null ? Map.of() : Map.of("run_id", runId));
        return caller.call(target, request, mask -> answer.attempt(target, mask));
    }
}

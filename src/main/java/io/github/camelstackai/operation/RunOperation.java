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
import io.github.camelstackai.protocol.RunResult;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** Runs a flow and waits, without a thread, for its result. */
public final class RunOperation implements Operation {
    private final StackAiConfiguration options;
    private final String flowId;
    private final Requests requests;
    private final InputMapper inputs;
    private final Caller caller;
    private final ObjectAnswer<RunResult> answer;

    /** @param flowId of the endpoint's URI; null when it names none */
    public RunOperation(Service service, StackAiConfiguration options, String flowId) {
        this.options = options;
        this.flowId = flowId;
        this.requests = new Requests(options, service.json());
        this.inputs = new InputMapper(options, service.json());
        this.caller = new Caller(service, options, Refusal::adviceOfRun);
        this.answer = new ObjectAnswer<>(
                options,
                service.json(),
                RunResult::of,
                new OutputMapper(options)::apply,
                "; the run may have taken place");
    }

    @Override
    public CompletionStage<Outcome> send(Exchange exchange) throws Exception {
        FlowTarget target = FlowTarget.of(StackAiOperation.RUN, options, flowId, exchange);
        OutboundRequest request = requests.post(target, "run", requests.query(exchange), inputs.inputs(exchange));
        return caller.call(target, request, mask -> answer.attempt(target, mask));
    }
}

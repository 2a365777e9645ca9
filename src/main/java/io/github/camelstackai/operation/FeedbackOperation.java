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
import io.github.camelstackai.protocol.Excerpt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** Tells the service what somebody thinks of a run. */
public final class FeedbackOperation implements Operation {
    private final StackAiConfiguration options;
    private final String flowId;
    private final Requests requests;
    private final FeedbackMapper mapper;
    private final Caller caller;
    private final ObjectAnswer<Map<String, Integer>> answer;

    /** @param flowId of the endpoint's URI; null when it names none */
    public FeedbackOperation(Service service, StackAiConfiguration options, String flowId) {
        this.options = options;
        this.flowId = flowId;
        this.requests = new Requests(options, service.json());
        this.mapper = new FeedbackMapper(options, service.json());
        this.caller = new Caller(service, options, Refusal::advice);
        this.answer = new ObjectAnswer<>(
                options,
                service.json(),
                FeedbackOperation::counts,
                (counts, target, mask, exchange) -> Headers.answer(exchange.getMessage(), counts),
                "; the feedback may have been taken");
    }

    @Override
    public CompletionStage<Outcome> send(Exchange exchange) throws Exception {
        FlowTarget target = FlowTarget.of(StackAiOperation.FEEDBACK, options, flowId, exchange);
        OutboundRequest request = requests.post(target, "feedback", Map.of(), mapper.feedback(exchange));
        return caller.call(target, request, mask -> answer.attempt(target, mask));
    }

    private static Map<String, Integer> counts(Map<String, Object> object) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        object.forEach((name, value) -> {
            if (!(value instanceof Integer count)) {
                throw new IllegalArgumentException("'" + Excerpt.of(name) + "' is not an integer");
            }
            counts.put(name, count);
        });
        return counts;
    }
}

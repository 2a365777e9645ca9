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

import io.github.camelstackai.call.AuthenticatedClient;
import io.github.camelstackai.call.CallResult;
import io.github.camelstackai.call.JsonResponseHandler;
import io.github.camelstackai.call.RequestFactory;
import io.github.camelstackai.message.MessageHeaders;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** Looks up what the service has logged of a run or, if none is named, of the flow. The body is not read. */
public final class MetadataOperation implements Operation {
    private final RequestFactory requests;
    private final String runId;
    private final AuthenticatedClient client;
    private final JsonResponseHandler answers;

    /**
     * @param runId where the message names no run; null for none
     * @param answers puts the metadata on the exchange
     */
    public MetadataOperation(
            RequestFactory requests, String runId, AuthenticatedClient client, JsonResponseHandler answers) {
        this.requests = requests;
        this.runId = runId;
        this.client = client;
        this.answers = answers;
    }

    @Override
    public CompletionStage<CallResult> send(Exchange exchange) {
        String run = MessageHeaders.runId(exchange, runId);
        Map<String, String> query = run == null ? Map.of() : Map.of("run_id", run);
        return client.send(requests.get(exchange, "run", "/metadata", query), answers);
    }
}

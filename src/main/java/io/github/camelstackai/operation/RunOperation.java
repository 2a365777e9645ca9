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
import io.github.camelstackai.message.InputMapper;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** Runs a flow, and waits for its result without a thread. */
public final class RunOperation implements Operation {
    private final RequestFactory requests;
    private final InputMapper inputs;
    private final AuthenticatedClient client;
    private final JsonResponseHandler answers;

    /** @param answers puts the result on the exchange */
    public RunOperation(
            RequestFactory requests, InputMapper inputs, AuthenticatedClient client, JsonResponseHandler answers) {
        this.requests = requests;
        this.inputs = inputs;
        this.client = client;
        this.answers = answers;
    }

    @Override
    public CompletionStage<CallResult> send(Exchange exchange) throws Exception {
        return client.send(requests.post(exchange, "run", requests.query(exchange), inputs.inputs(exchange)), answers);
    }
}

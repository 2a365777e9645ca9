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
import io.github.camelstackai.message.FeedbackMapper;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** Sends feedback on a run. */
public final class FeedbackOperation implements Operation {
    private final RequestFactory requests;
    private final FeedbackMapper feedback;
    private final AuthenticatedClient client;
    private final JsonResponseHandler answers;

    /** @param answers puts the counts on the exchange */
    public FeedbackOperation(
            RequestFactory requests, FeedbackMapper feedback, AuthenticatedClient client, JsonResponseHandler answers) {
        this.requests = requests;
        this.feedback = feedback;
        this.client = client;
        this.answers = answers;
    }

    @Override
    public CompletionStage<CallResult> send(Exchange exchange) throws Exception {
        return client.send(requests.post(exchange, "feedback", Map.of(), feedback.feedback(exchange)), answers);
    }
}

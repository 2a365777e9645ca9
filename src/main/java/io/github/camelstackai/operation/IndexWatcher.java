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
import io.github.camelstackai.call.ClientRuntime;
import io.github.camelstackai.call.ServiceRequest;
import io.github.camelstackai.stream.OpenCalls;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/**
 * Uploads files to a knowledge base, and waits without a thread until they are indexed. Thread-safe.
 *
 * @param interval between two requests for the status of a file
 * @param maxRetryAfter the longest interval that the service may ask for
 * @param component the calls that end when the component stops
 */
public record IndexWatcher(
        KnowledgeRequests requests,
        AuthenticatedClient client,
        ClientRuntime runtime,
        int maxResponseSize,
        Duration interval,
        Duration maxRetryAfter,
        OpenCalls component) {
    CompletionStage<CallResult> upload(Exchange exchange, String base, ServiceRequest request) {
        IndexWait wait = new IndexWait(this, exchange, base, request);
        wait.begin(request);
        return wait.result();
    }
}

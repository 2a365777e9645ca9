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

import io.github.camelstackai.StackAiFileAction;
import io.github.camelstackai.call.AuthenticatedClient;
import io.github.camelstackai.call.CallResult;
import io.github.camelstackai.call.CallSequence;
import io.github.camelstackai.call.ClientRuntime;
import io.github.camelstackai.call.JsonResponseHandler;
import io.github.camelstackai.call.ServiceRequest;
import io.github.camelstackai.message.KnowledgeAnswers;
import io.github.camelstackai.protocol.FileTarget;
import io.github.camelstackai.protocol.ResourcePage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/**
 * Lists the files of a knowledge base, page by page. Thread-safe.
 *
 * @param limit the largest number of files
 */
public record ResourceLister(
        KnowledgeRequests requests, AuthenticatedClient client, ClientRuntime runtime, int maxResponseSize, int limit) {
    private static final int MAX_PAGE_SIZE = 100;

    CompletionStage<CallResult> list(Exchange exchange, String base) {
        ServiceRequest first = request(exchange, base, null); // it may be refused before a call begins
        Listing listing = new Listing(exchange, base);
        listing.send(first);
        return listing.done;
    }

    /** @param cursor of the page; null for the first */
    private ServiceRequest request(Exchange exchange, String base, String cursor) {
        return requests.list(exchange, base, Math.min(MAX_PAGE_SIZE, limit), cursor);
    }

    /** The list of one exchange; a page is read when the last one has been. */
    private final class Listing {
        private final CompletableFuture<CallResult> done = new CompletableFuture<>();
        private final List<Map<String, Object>> resources = new ArrayList<>();
        private final Set<String> cursors = new HashSet<>();
        private final Exchange exchange;
        private final String base;
        private final CallSequence calls;

        Listing(Exchange exchange, String base) {
            this.exchange = exchange;
            this.base = base;
            this.calls = client.sequence(FileTarget.knowledge(StackAiFileAction.LIST, base, null));
        }

        void send(ServiceRequest request) {
            Page page = new Page();
            calls.send(request, page.handler())
                    .thenAcceptAsync(result -> read(result, page), runtime.workers())
                    .exceptionally(this::fail);
        }

        private void read(CallResult result, Page page) {
            CallResult failed = calls.failure(result, exchange);
            if (failed != null) {
                done.complete(failed);
                return;
            }
            page.content.resources().stream().limit(limit - resources.size()).forEach(resources::add);
            String cursor = page.content.cursor();
            if (cursor == null || resources.size() == limit || !cursors.add(cursor)) {
                done.complete(calls.answered(result, updated -> KnowledgeAnswers.list(resources, base, updated)));
            } else {
                send(request(exchange, base, cursor));
            }
        }

        private Void fail(Throwable cause) {
            done.complete(calls.failed(null, cause));
            return null;
        }
    }

    /** One page. */
    private final class Page {
        /** Written when the answer is read. */
        private ResourcePage content;

        JsonResponseHandler handler() {
            return JsonResponseHandler.ofAny(
                    runtime.json(), maxResponseSize, (value, call, exchange) -> content = ResourcePage.of(value), "");
        }
    }
}

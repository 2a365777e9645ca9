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
package io.github.camelstackai.runlog;

import io.github.camelstackai.call.AuthenticatedClient;
import io.github.camelstackai.call.CallResult;
import io.github.camelstackai.call.CallSequence;
import io.github.camelstackai.call.JsonResponseHandler;
import io.github.camelstackai.call.RequestFactory;
import io.github.camelstackai.call.ServiceRequest;
import io.github.camelstackai.message.ExchangeUpdate;
import io.github.camelstackai.protocol.FlowTarget;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.LoggedRun;
import io.github.camelstackai.protocol.RunQuery;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;

/** Requests pages of the log of runs. Thread-safe. */
public final class LogPages {
    private static final int MAX_SIZE = 100;
    private static final int MIN_SIZE = 25;

    /** How many pages in a row may be known: runs that are logged meanwhile shift the log, by more than a page if there are many. */
    private static final int MAX_KNOWN_PAGES = 2;

    private final RequestFactory requests;
    private final AuthenticatedClient client;
    private final Json json;
    private final int maxResponseSize;

    public LogPages(RequestFactory requests, AuthenticatedClient client, Json json, int maxResponseSize) {
        this.requests = requests;
        this.client = client;
        this.json = json;
        this.maxResponseSize = maxResponseSize;
    }

    /**
     * Begins to read the log.
     *
     * @param exchange on whose behalf it is read; null for none
     * @param wanted the number of runs that are enough; 0 if all are wanted
     */
    public Walk walk(FlowTarget target, Exchange exchange, RunQuery query, int wanted, RunSelection selection) {
        int size = wanted == 0 ? MAX_SIZE : Math.min(MAX_SIZE, Math.max(MIN_SIZE, wanted));
        return new Walk(target, exchange, query, size, selection);
    }

    /** One reading of the log, from its first page: one call in figures. Used by one thread at a time. */
    public final class Walk {
        private final FlowTarget target;
        private final Exchange exchange;
        private final RunQuery query;
        private final int pageSize;
        private final RunSelection selection;
        private final Set<String> keys = new HashSet<>();
        /** Null before the first page. */
        private CallSequence calls;

        private int page;
        private int knownPages;
        /** The service decides how many runs a page has, at most as many as it is asked for. */
        private int largest;

        private boolean complete;

        private Walk(FlowTarget target, Exchange exchange, RunQuery query, int pageSize, RunSelection selection) {
            this.target = target;
            this.exchange = exchange;
            this.query = query;
            this.pageSize = pageSize;
            this.selection = selection;
        }

        /**
         * Requests the next page; returns without blocking.
         *
         * @return never completes exceptionally; cancelling it withdraws the request
         */
        public CompletableFuture<CallResult> next() {
            ServiceRequest request = requests.runs(target, exchange, query.parameters(page++, pageSize));
            if (calls == null) { // a request that cannot be made is no call
                calls = client.sequence(target);
            }
            return calls.send(
                    request,
                    JsonResponseHandler.ofAny(json, maxResponseSize, (value, call, applied) -> take(value), ""));
        }

        /**
         * Hands a page to the selection.
         *
         * @param update of the exchange, once the selection needs no further page
         * @return how the reading ended; null if the next page has to be requested
         */
        public CallResult read(CallResult result, ExchangeUpdate update) {
            CallResult failed = calls.failure(result, exchange);
            return failed == null && complete ? calls.answered(result, update) : failed;
        }

        /** The reading has ended without a page. */
        public CallResult failed(Throwable cause) {
            return calls.failed(null, cause);
        }

        /** The reading has ended, since the page that it waits for is no longer wanted. */
        public void cancelled() {
            calls.cancelled();
        }

        boolean isComplete() {
            return complete;
        }

        @SuppressWarnings("unchecked") // a JSON object has text keys
        void take(Object value) {
            if (!(value instanceof List<?> rows)
                    || (!rows.isEmpty() && rows.stream().noneMatch(Map.class::isInstance))) {
                throw new IllegalArgumentException("The log of runs is no JSON array of objects");
            }
            List<LoggedRun> runs = rows.stream()
                    .filter(Map.class::isInstance)
                    .map(row -> LoggedRun.of((Map<String, Object>) row))
                    .filter(run -> keys.add(run.key()))
                    .toList();
            knownPages = runs.isEmpty() ? knownPages + 1 : 0;
            boolean last = rows.size() < Math.max(1, largest) || knownPages == MAX_KNOWN_PAGES;
            largest = Math.max(largest, rows.size());
            complete = !selection.take(runs) || last;
        }
    }
}

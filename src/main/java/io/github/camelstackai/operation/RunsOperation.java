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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.call.CallResult;
import io.github.camelstackai.message.MessageHeaders;
import io.github.camelstackai.message.RunMapper;
import io.github.camelstackai.message.TargetReader;
import io.github.camelstackai.protocol.RunQuery;
import io.github.camelstackai.protocol.RunState;
import io.github.camelstackai.runlog.LogPages;
import io.github.camelstackai.runlog.NewestRuns;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;

/** Lists the newest runs of a flow. The body is not read. */
public final class RunsOperation implements Operation {
    /**
     * The selection of runs.
     *
     * @param states empty for all
     * @param userId of messages that name none; null for all
     * @param from supplies the earliest date; null for all
     * @param limit the maximum number of runs
     */
    public record Parameters(Set<RunState> states, String userId, Supplier<Instant> from, int limit) {}

    private final Parameters parameters;
    private final TargetReader targets;
    private final LogPages pages;
    private final RunMapper mapper;
    private final Executor workers;

    /** @param workers read the pages */
    public RunsOperation(
            Parameters parameters, TargetReader targets, LogPages pages, RunMapper mapper, Executor workers) {
        this.parameters = parameters;
        this.targets = targets;
        this.pages = pages;
        this.mapper = mapper;
        this.workers = workers;
    }

    @Override
    public CompletionStage<CallResult> send(Exchange exchange) {
        RunQuery query = new RunQuery(
                parameters.states(), user(exchange), parameters.from().get());
        NewestRuns selection = new NewestRuns(query, parameters.limit());
        LogPages.Walk walk = pages.walk(targets.read(exchange), exchange, query, parameters.limit(), selection);
        CompletableFuture<CallResult> end = new CompletableFuture<>();
        next(walk, selection, end);
        return end;
    }

    private String user(Exchange exchange) {
        String user = MessageHeaders.get(exchange, StackAiConstants.USER_ID, String.class, parameters.userId());
        return ObjectHelper.isEmpty(user) ? null : user;
    }

    /** Requests the next page, and so on until the walk is complete. */
    private void next(LogPages.Walk walk, NewestRuns selection, CompletableFuture<CallResult> end) {
        walk.next()
                .thenAcceptAsync(page -> read(page, walk, selection, end), workers)
                .exceptionally(e -> {
                    end.complete(walk.failed(e.getCause() == null ? e : e.getCause()));
                    return null;
                });
    }

    private void read(CallResult page, LogPages.Walk walk, NewestRuns selection, CompletableFuture<CallResult> end) {
        CallResult ended = walk.read(page, exchange -> mapper.setRuns(exchange.getMessage(), selection.runs()));
        if (ended == null) {
            next(walk, selection, end);
        } else {
            end.complete(ended);
        }
    }
}

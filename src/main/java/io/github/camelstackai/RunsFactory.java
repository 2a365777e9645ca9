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
package io.github.camelstackai;

import io.github.camelstackai.call.ClientRuntime;
import io.github.camelstackai.message.RunMapper;
import io.github.camelstackai.message.TargetReader;
import io.github.camelstackai.operation.Operation;
import io.github.camelstackai.operation.RunsOperation;
import io.github.camelstackai.protocol.FlowTarget;
import io.github.camelstackai.runlog.LogPages;
import io.github.camelstackai.runlog.RunLogReader;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Creates what lists and consumes the runs of an endpoint.
 *
 * @param options which do not change any more
 */
record RunsFactory(
        StackAiRunsConfiguration options, String userId, TargetReader targets, LogPages pages, ClientRuntime runtime) {

    Operation operation() {
        return new RunsOperation(
                new RunsOperation.Parameters(
                        RunOptions.states(options),
                        userId,
                        () -> RunOptions.startFrom(options, Instant.now()),
                        options.getLimit()),
                targets,
                pages,
                mapper(),
                runtime.workers());
    }

    RunMapper mapper() {
        return new RunMapper(runtime.json());
    }

    /**
     * Supplies readers that begin when they are supplied.
     *
     * @throws IllegalArgumentException if the endpoint names no organisation or flow
     */
    Supplier<RunLogReader> readers() {
        FlowTarget target = targets.fixed();
        return () -> new RunLogReader(
                pages,
                new RunLogReader.Parameters(
                        target,
                        RunOptions.states(options),
                        userId,
                        RunOptions.startFrom(options, Instant.now()),
                        RunOptions.startMoves(options),
                        options.getLookback(),
                        options.getIdempotentRepository()),
                Instant::now);
    }
}

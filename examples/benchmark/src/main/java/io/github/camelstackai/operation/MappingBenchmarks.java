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
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.RunResult;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it takes to make a flow's inputs of a message, and a message of its result; in the package of what it measures. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MappingBenchmarks {
    private final StackAiConfiguration options = new StackAiConfiguration();
    private final Json json = new Json();
    private final InputMapper inputs = new InputMapper(options, json);
    private final OutputMapper outputs = new OutputMapper(options);
    private final FlowTarget target = new FlowTarget(StackAiOperation.RUN, "org", "flow");
    private final Mask mask = Mask.of("key");
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final RunResult result = RunResult.of(Map.of(
            "outputs", Map.of("out-0", "You can reset it on the sign-in page."),
            "state", "COMPLETED",
            "run_id", "11111111-2222-3333-4444-555555555555"));

    /** Inputs of a body of text. */
    @Benchmark
    public Object inputsOfText() throws Exception {
        exchange.getMessage().setBody("How do I reset my password?");
        return inputs.inputs(exchange);
    }

    /** Inputs of a map. */
    @Benchmark
    public Object inputsOfMap() throws Exception {
        exchange.getMessage().setBody(Map.of("in-0", "How do I reset my password?", "in-1", 7));
        return inputs.inputs(exchange);
    }

    /** Body and headers of a result. */
    @Benchmark
    public Object messageOfResult() throws CamelException {
        outputs.apply(result, target, mask, exchange);
        return exchange.getMessage().getBody();
    }
}

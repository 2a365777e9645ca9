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
package io.github.camelstackai.observe;

import io.github.camelstackai.StackAiOperation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The timers and the counter of one operation and flow. Needs Micrometer, as {@link CallMeters} does. */
final class FlowMeters implements FlowListener {
    private final MeterRegistry registry;
    private final FlowStatistics flow;
    private final Map<String, Timer> calls = new ConcurrentHashMap<>();
    /** Null if the operation has no chunks. */
    private final Timer firstChunks;
    /** Null if the operation has no chunks. */
    private final Counter chunks;

    FlowMeters(MeterRegistry registry, FlowStatistics flow) {
        this.registry = registry;
        this.flow = flow;
        boolean streams = flow.operation() == StackAiOperation.STREAM;
        this.firstChunks = streams
                ? Timer.builder("stackai.stream.first.chunk")
                        .description("Time from the beginning of a stream's call to its first chunk")
                        .tag("flow", flow.flow())
                        .register(registry)
                : null;
        this.chunks = streams
                ? Counter.builder("stackai.stream.chunks")
                        .description("Chunks of streams")
                        .tag("flow", flow.flow())
                        .register(registry)
                : null;
    }

    @Override
    public void firstChunk(long nanos) {
        firstChunks.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void chunk() {
        chunks.increment();
    }

    @Override
    public void ended(String outcome, long nanos) {
        calls.computeIfAbsent(outcome, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(String outcome) {
        return Timer.builder("stackai.call")
                .description("Time from the beginning of a call to its end; that of a stream is its last chunk")
                .tag("operation", flow.operationName())
                .tag("flow", flow.flow())
                .tag("outcome", outcome)
                .register(registry);
    }
}

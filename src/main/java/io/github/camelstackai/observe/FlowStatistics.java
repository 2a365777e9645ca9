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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the calls of one operation and flow. Thread-safe; no method blocks. */
final class FlowStatistics {
    private static final Logger LOG = LoggerFactory.getLogger(FlowStatistics.class);

    private final StackAiOperation operation;
    private final String flow;
    private final Set<Call> inFlight = ConcurrentHashMap.newKeySet();
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final LongAdder chunks = new LongAdder();
    private final LatencyHistogram firstChunks = new LatencyHistogram();
    /** Written when the component starts or stops. */
    private volatile FlowListener listener = FlowListener.NONE;

    /** @param flow as figures name it */
    FlowStatistics(StackAiOperation operation, String flow) {
        this.operation = operation;
        this.flow = flow;
    }

    StackAiOperation operation() {
        return operation;
    }

    /** The operation as URIs name it. */
    String operationName() {
        return operation.name().toLowerCase(Locale.ROOT);
    }

    String flow() {
        return flow;
    }

    void listener(FlowListener newListener) {
        listener = newListener;
    }

    CallFigures figures() {
        return CallFigures.of(List.of(this));
    }

    CallObservation begin() {
        Call call = new Call();
        inFlight.add(call);
        return call;
    }

    /** Ends all calls in flight. */
    void stop() {
        inFlight.forEach(call -> call.ended(OutcomeMapper.STOPPED));
    }

    int inFlight() {
        return inFlight.size();
    }

    /** How long the oldest call in flight has taken so far; 0 if there is none. */
    long oldestNanos() {
        return inFlight.stream().mapToLong(Call::nanos).max().orElse(0);
    }

    long chunks() {
        return chunks.sum();
    }

    LatencyHistogram firstChunks() {
        return firstChunks;
    }

    /** Adds the number of calls that have ended to {@code sums}, by outcome. */
    void addOutcomes(Map<String, Long> sums) {
        outcomes.forEach((outcome, count) -> sums.merge(outcome, count.sum(), Long::sum));
    }

    /** A call, in flight until it has ended. */
    private final class Call implements CallObservation {
        private final long begin = System.nanoTime();
        private final AtomicBoolean ended = new AtomicBoolean();

        long nanos() {
            return System.nanoTime() - begin;
        }

        @Override
        public void firstChunk() {
            long nanos = nanos();
            firstChunks.record(nanos);
            tell(() -> listener.firstChunk(nanos));
        }

        @Override
        public void chunk() {
            chunks.increment();
            tell(listener::chunk);
        }

        /** A registry that refuses a meter costs figures, and no call. */
        private void tell(Runnable event) {
            try {
                event.run();
            } catch (RuntimeException e) {
                LOG.debug("StackAI: a meter of {}:{} could not be written", operationName(), flow, e);
            }
        }

        /** Counts before the call leaves those in flight: a figure of none in flight has all that ended. */
        @Override
        public void ended(String outcome) {
            if (ended.compareAndSet(false, true)) {
                outcomes.computeIfAbsent(outcome, key -> new LongAdder()).increment();
                tell(() -> listener.ended(outcome, nanos()));
                inFlight.remove(this);
            }
        }
    }
}

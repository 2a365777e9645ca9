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
import io.github.camelstackai.text.Excerpt;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the calls of a component by operation and flow, for JMX, the developer console and meters. Messages can name flows without
 * limit, so only the first {@value #MAX_FLOWS} operations and flows have figures of their own; the others share the flow {@value
 * #OTHER}. Thread-safe; no method blocks.
 */
public final class CallStatistics implements CallObserver {
    /** Operations with flows that are counted by themselves. */
    static final int MAX_FLOWS = 256;
    /** The flow that stands for all others. */
    static final String OTHER = "other";

    private static final int MAX_NAME = 64;

    private static final Logger LOG = LoggerFactory.getLogger(CallStatistics.class);

    private record Key(StackAiOperation operation, String flowId) {}

    private final Map<Key, FlowStatistics> flows = new ConcurrentHashMap<>();
    /** Held while a flow gets its listener. */
    private final ReentrantLock lock = new ReentrantLock();
    /** Creates the listener of each flow; written when the component starts or stops, under the lock. */
    private Function<FlowStatistics, FlowListener> listeners = flow -> FlowListener.NONE;

    @Override
    public CallObservation begin(StackAiOperation operation, String flowId) {
        return flow(operation, flowId).begin();
    }

    /** The figures of a flow, which exist from now on. */
    FlowStatistics flow(StackAiOperation operation, String flowId) {
        Key key = new Key(operation, flowId);
        FlowStatistics known = flows.get(key);
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            boolean full = flows.size() >= MAX_FLOWS;
            return flows.computeIfAbsent(full ? new Key(operation, OTHER) : key, this::create);
        } finally {
            lock.unlock();
        }
    }

    private FlowStatistics create(Key key) {
        FlowStatistics flow = new FlowStatistics(key.operation(), Excerpt.of(key.flowId(), MAX_NAME));
        listen(flow);
        return flow;
    }

    /** A registry that refuses a meter costs figures, and no call. */
    private void listen(FlowStatistics flow) {
        try {
            flow.listener(listeners.apply(flow));
        } catch (RuntimeException e) {
            LOG.warn("StackAI: {}:{} has no meters", flow.operationName(), flow.flow(), e);
            flow.listener(FlowListener.NONE);
        }
    }

    /** Passes the events of all calls, from now on, to what {@code newListeners} creates for their flow. */
    void listeners(Function<FlowStatistics, FlowListener> newListeners) {
        lock.lock();
        try {
            listeners = newListeners;
            flows.values().forEach(this::listen);
        } finally {
            lock.unlock();
        }
    }

    /** Ends all calls in flight, because the component stops. */
    public void stop() {
        flows.values().forEach(FlowStatistics::stop);
    }

    /** Of all calls. */
    public CallFigures figures() {
        return CallFigures.of(flows.values());
    }

    /** Of the calls of an operation; {@code flowId} is null for those of all flows. */
    public CallFigures figures(StackAiOperation operation, String flowId) {
        Collection<FlowStatistics> counted = flowId == null
                ? flows().stream().filter(flow -> flow.operation() == operation).toList()
                : List.of(flow(operation, flowId));
        return CallFigures.of(counted);
    }

    /** By operation and flow. */
    List<FlowStatistics> flows() {
        return flows.values().stream()
                .sorted(Comparator.comparing(FlowStatistics::operation).thenComparing(FlowStatistics::flow))
                .toList();
    }
}

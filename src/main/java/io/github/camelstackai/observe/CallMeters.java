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

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToDoubleFunction;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of a component, in the Micrometer registry of its context. This class needs Micrometer; nothing loads it without. Timers
 * and counters remain when it is closed, gauges do not.
 */
public final class CallMeters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallMeters.class);

    /** As Camel's own meters name the registry. */
    private static final String REGISTRY = "metricsRegistry";

    private final MeterRegistry registry;
    private final ObservedComponent component;
    private final String name;
    private final Queue<Meter> gauges = new ConcurrentLinkedQueue<>();

    private CallMeters(MeterRegistry registry, ObservedComponent component, String name) {
        this.registry = registry;
        this.component = component;
        this.name = name;
    }

    /**
     * Registers the meters of {@code component}; null if {@code beans} has no registry for them.
     *
     * @param name of the component in its context
     */
    public static AutoCloseable open(Registry beans, ObservedComponent component, String name) {
        MeterRegistry registry = find(beans);
        if (registry == null) {
            return null;
        }
        CallMeters meters = new CallMeters(registry, component, name);
        meters.open();
        return meters;
    }

    /** The registry that Camel's own meters use: by name, or the only one; a composite comes before its parts. */
    private static MeterRegistry find(Registry beans) {
        MeterRegistry composite = find(beans, CompositeMeterRegistry.class);
        return composite == null ? find(beans, MeterRegistry.class) : composite;
    }

    private static <T> T find(Registry beans, Class<T> type) {
        T named = beans.lookupByNameAndType(REGISTRY, type);
        Set<T> all = named == null ? beans.findByType(type) : Set.of(named);
        if (all.size() > 1) {
            LOG.warn("StackAI: {} beans are of type {}, and none is named {}", all.size(), type.getName(), REGISTRY);
        }
        return all.size() == 1 ? all.iterator().next() : null;
    }

    private void open() {
        gauge(
                "stackai.connections.leased",
                "Connections that calls use",
                component,
                observed -> observed.connectionsLeased().getAsInt());
        gauge(
                "stackai.connections.pending",
                "Calls that wait for a connection",
                component,
                observed -> observed.connectionsPending().getAsInt());
        component.calls().listeners(this::flow);
    }

    private FlowListener flow(FlowStatistics flow) {
        gauge(
                "stackai.calls.in.flight",
                "Calls that have begun and not ended",
                flow,
                FlowStatistics::inFlight,
                "operation",
                flow.operationName(),
                "flow",
                flow.flow());
        return new FlowMeters(registry, flow);
    }

    /** A registry that refuses it costs the figure, and neither the start nor a call. */
    private <T> void gauge(String id, String description, T source, ToDoubleFunction<T> value, String... tags) {
        try {
            gauges.add(Gauge.builder(id, source, value)
                    .description(description)
                    .tag("component", name)
                    .tags(tags)
                    .register(registry));
        } catch (RuntimeException e) {
            LOG.warn("StackAI: the meter {} cannot be registered", id, e);
        }
    }

    @Override
    public void close() {
        component.calls().listeners(flow -> FlowListener.NONE);
        gauges.forEach(registry::remove);
        gauges.clear();
    }
}

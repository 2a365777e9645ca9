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

import io.github.camelstackai.http.apache.ApacheTransport;
import io.github.camelstackai.observe.CallMeters;
import io.github.camelstackai.observe.CallStatistics;
import io.github.camelstackai.observe.ObservedComponent;
import io.github.camelstackai.observe.ObservedComponents;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Endpoint;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.util.StringHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The component as an operator sees it: figures by JMX and the developer console, meters, and readiness checks. The getters may be
 * called by any thread.
 */
@ManagedResource(description = "Managed StackAI component")
public abstract class StackAiManagedComponent extends StackAiHttpComponent {
    private static final Logger LOG = LoggerFactory.getLogger(StackAiManagedComponent.class);
    private static final String MICROMETER = "io.micrometer.core.instrument.MeterRegistry";

    final ApacheTransport transport = new ApacheTransport();

    private final CallStatistics calls = new CallStatistics();
    private final ObservedComponent observed = new ObservedComponent(
            calls, this::getConnectionsLeased, this::getConnectionsPending, this::getConnectionsAvailable);
    private final ServiceHealth health = new ServiceHealth();
    private final ReentrantLock observing = new ReentrantLock();
    /** In the context; written once, with the first endpoint. */
    private volatile String name;

    private AutoCloseable meters; // guarded by observing; null for none

    StackAiManagedComponent() {}

    @Override
    public Endpoint createEndpoint(String uri, Map<String, Object> properties) throws Exception {
        observedAs(StringHelper.before(uri, ":"));
        return super.createEndpoint(uri, properties);
    }

    private void observedAs(String scheme) {
        observing.lock();
        try {
            if (name == null) {
                name = scheme;
                if (isStarting() || isStarted()) {
                    openMeters();
                }
            }
        } finally {
            observing.unlock();
        }
    }

    private void openMeters() {
        if (name != null && meters == null) {
            ObservedComponents.of(getCamelContext()).add(name, observed);
            boolean present = getCamelContext().getClassResolver().resolveClass(MICROMETER) != null;
            meters = present ? CallMeters.open(getCamelContext().getRegistry(), observed, name) : null;
        }
    }

    void startObserving() {
        observing.lock();
        try {
            openMeters();
        } finally {
            observing.unlock();
        }
        health.start();
    }

    /** Calls in flight end as stopped; what becomes of them is not observed. */
    void stopObserving() {
        health.stop();
        calls.stop();
        observing.lock();
        try {
            closeMeters();
        } finally {
            observing.unlock();
        }
    }

    private void closeMeters() {
        if (name != null) {
            ObservedComponents.of(getCamelContext()).remove(name);
        }
        if (meters != null) {
            try {
                meters.close();
            } catch (Exception e) { // connections and threads have yet to end
                LOG.warn("StackAI: the meters cannot be removed", e);
            }
            meters = null;
        }
    }

    ServiceHealth health() {
        return health;
    }

    /** The beginning of the ids of this component's readiness checks. */
    String healthId() {
        return name == null || "stackai".equals(name) ? "stackai" : "stackai:" + name;
    }

    /** The calls, by operation and flow. */
    CallStatistics calls() {
        return calls;
    }

    /**
     * The number of calls on the wire: sent and not complete, with the requests for tokens and of readiness checks; 0 if the
     * component is stopped.
     */
    public int callsInFlight() {
        return transport.callsInFlight();
    }

    /** The number of connections that calls use; 0 if the component is stopped. */
    public int leasedConnections() {
        return transport.connections().leased();
    }

    @ManagedAttribute(
            description = "Calls that have begun and not ended; a stream ends when it has been read or closed")
    public int getCallsInFlight() {
        return calls.figures().inFlight();
    }

    @ManagedAttribute(description = "How long the oldest call in flight has taken so far, in milliseconds; 0 for none")
    public long getOldestCallMillis() {
        return calls.figures().oldest().toMillis();
    }

    @ManagedAttribute(description = "Calls that have ended")
    public long getCallsEnded() {
        return calls.figures().ended();
    }

    @ManagedAttribute(description = "Calls that have failed")
    public long getCallsFailed() {
        return calls.figures().failed();
    }

    @ManagedAttribute(description = "Calls that have failed, by kind")
    public Map<String, Long> getFailuresByKind() {
        return calls.figures().failures();
    }

    @ManagedAttribute(description = "Connections that calls use")
    public int getConnectionsLeased() {
        return transport.connections().leased();
    }

    @ManagedAttribute(description = "Calls that wait for a connection")
    public int getConnectionsPending() {
        return transport.connections().pending();
    }

    @ManagedAttribute(description = "Open connections that no call uses")
    public int getConnectionsAvailable() {
        return transport.connections().available();
    }
}

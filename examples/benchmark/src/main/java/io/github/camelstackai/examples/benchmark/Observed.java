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
package io.github.camelstackai.examples.benchmark;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;

/** Switches on what observes the calls of a context that has not started. */
final class Observed {
    /** Camel's system property, which is read when a context is created. */
    static final String JMX_DISABLED = "org.apache.camel.jmx.disabled";

    private Observed() {}

    /** Records every call with Micrometer. */
    static void byMeters(CamelContext context) {
        context.getRegistry().bind("meters", new SimpleMeterRegistry());
    }

    /** Has meters, developer consoles and health checks; JMX by {@link #JMX_DISABLED}. */
    static void byAll(CamelContext context) {
        byMeters(context);
        context.setDevConsole(true);
        HealthCheckRegistry.get(context).setExposureLevel("full");
        HealthCheckHelper.getHealthCheckRepository(context, "producers").setEnabled(true);
    }

    /** Creates a span for each exchange and call, which no exporter receives. */
    static void byTraces(CamelContext context) {
        context.getRegistry().bind("tracer", SdkTracerProvider.builder().build().get("benchmark"));
        context.getRegistry().bind("propagators", ContextPropagators.noop());
        OpenTelemetryTracer tracer = new OpenTelemetryTracer();
        tracer.setCamelContext(context);
        tracer.init(context);
    }
}

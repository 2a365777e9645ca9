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
package io.github.camelstackai.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;

/** Traces a context with OpenTelemetry, and keeps the spans that have ended. */
final class RecordedSpans {
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    /** Call it before the context has routes. */
    RecordedSpans(CamelContext context) {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build();
        context.getRegistry().bind("tracer", provider.get("test"));
        context.getRegistry().bind("propagators", ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        OpenTelemetryTracer tracer = new OpenTelemetryTracer();
        tracer.setCamelContext(context);
        tracer.init(context);
    }

    /** All spans in the order in which they ended. */
    List<SpanData> all() {
        return exporter.getFinishedSpanItems();
    }

    /** The spans of the component's calls. */
    List<SpanData> calls() {
        return all().stream()
                .filter(span -> "camel-stackai".equals(attributes(span).get("component")))
                .toList();
    }

    /** The span of the only call. */
    SpanData call() {
        assertThat(calls()).hasSize(1);
        return calls().get(0);
    }

    /** The only span of this name. */
    SpanData named(String name) {
        List<SpanData> named =
                all().stream().filter(span -> span.getName().equals(name)).toList();
        assertThat(named).as("spans named " + name + " of " + all()).hasSize(1);
        return named.get(0);
    }

    static Map<String, String> attributes(SpanData span) {
        Map<String, String> attributes = new TreeMap<>();
        span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value.toString()));
        return attributes;
    }

    static String attribute(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.stringKey(name));
    }
}

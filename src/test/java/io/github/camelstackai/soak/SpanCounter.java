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
package io.github.camelstackai.soak;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;

/** Traces a context, and counts the spans of the component's calls. Thread-safe. */
final class SpanCounter implements SpanProcessor {
    private final LongAdder open = new LongAdder();
    private final LongAdder ended = new LongAdder();

    /** Call it before the context has routes. */
    void trace(CamelContext context) {
        SdkTracerProvider provider =
                SdkTracerProvider.builder().addSpanProcessor(this).build();
        context.getRegistry().bind("tracer", provider.get("soak"));
        context.getRegistry().bind("propagators", ContextPropagators.noop());
        OpenTelemetryTracer tracer = new OpenTelemetryTracer();
        tracer.setCamelContext(context);
        tracer.init(context);
    }

    /** The spans that have begun and not ended. */
    long open() {
        return open.sum();
    }

    long ended() {
        return ended.sum();
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        if (isCall(span)) {
            open.increment();
        }
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (isCall(span)) {
            open.decrement();
            ended.increment();
        }
    }

    /** By its name, since a span that starts has no attributes yet. */
    private static boolean isCall(ReadableSpan span) {
        return span.getName().endsWith(" " + SoakCall.FLOW) || span.getName().equals("knowledge");
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}

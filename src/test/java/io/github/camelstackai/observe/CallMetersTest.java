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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiOperation;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.support.SimpleRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SimpleRegistry beans = new SimpleRegistry();
    private final ObservedComponent component = new ObservedComponent(new CallStatistics(), () -> 3, () -> 2, () -> 1);

    private AutoCloseable open() {
        return CallMeters.open(beans, component, "stackai");
    }

    private AutoCloseable opened() {
        beans.bind("meters", registry);
        return open();
    }

    @Test
    void endedCallIsInTheTimerOfItsOutcome() {
        AutoCloseable unused = opened();
        component.calls().begin(StackAiOperation.RUN, "triage").succeeded();
        component.calls().begin(StackAiOperation.RUN, "triage").ended("http_429");
        assertThat(registry.get("stackai.call")
                        .tags("operation", "run", "flow", "triage", "outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("stackai.call")
                        .tag("outcome", "http_429")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stackai.connections.leased",
                "stackai.call",
                "stackai.calls.in.flight",
                "stackai.stream.first.chunk",
                "stackai.stream.chunks"
            })
    void registryThatRefusesAMeterFailsNoCall(String refused) {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                if (id.getName().equals(refused)) {
                    throw new IllegalStateException("refused by the test");
                }
                return MeterFilterReply.NEUTRAL;
            }
        });
        AutoCloseable unused = opened();
        CallObservation call = component.calls().begin(StackAiOperation.STREAM, "triage");
        call.firstChunk();
        call.chunk();
        call.succeeded();
        assertThat(component.calls().figures().ended()).isEqualTo(1);
        assertThat(component.calls().figures().inFlight()).isZero();
    }

    @Test
    void streamHasItsFirstChunkAndItsChunks() {
        AutoCloseable unused = opened();
        CallObservation call = component.calls().begin(StackAiOperation.STREAM, "assistant");
        call.firstChunk();
        call.chunk();
        call.chunk();
        assertThat(registry.get("stackai.stream.first.chunk")
                        .tag("flow", "assistant")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("stackai.stream.chunks")
                        .tag("flow", "assistant")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void gaugesShowCallsAndConnections() {
        AutoCloseable unused = opened();
        CallObservation call = component.calls().begin(StackAiOperation.RUN, "triage");
        assertThat(gauge("stackai.calls.in.flight", "operation", "run", "flow", "triage"))
                .isEqualTo(1);
        call.succeeded();
        assertThat(gauge("stackai.calls.in.flight", "operation", "run", "flow", "triage"))
                .isZero();
        assertThat(gauge("stackai.connections.leased", "component", "stackai")).isEqualTo(3);
        assertThat(gauge("stackai.connections.pending", "component", "stackai")).isEqualTo(2);
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    @Test
    void gaugesEndWithTheComponentAndTimersRemain() throws Exception {
        AutoCloseable meters = opened();
        component.calls().begin(StackAiOperation.RUN, "triage").succeeded();
        meters.close();
        component.calls().begin(StackAiOperation.RUN, "triage").succeeded();
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsExactly("stackai.call");
        assertThat(registry.get("stackai.call").timer().count()).isEqualTo(1);
        AutoCloseable unused = open();
        component.calls().begin(StackAiOperation.RUN, "triage").succeeded();
        assertThat(registry.get("stackai.call").timer().count())
                .as("after a restart")
                .isEqualTo(2);
        assertThat(gauge("stackai.calls.in.flight")).isZero();
    }

    @Test
    void contextWithoutARegistryHasNoMeters() {
        assertThat(open()).isNull();
    }

    @Test
    void registryIsFoundAsCamelFindsIt() {
        beans.bind("a", registry);
        beans.bind("b", new SimpleMeterRegistry());
        assertThat(open()).as("neither of two").isNull();
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        beans.bind("c", composite);
        AutoCloseable unused = open();
        assertThat(composite.getMeters()).isNotEmpty();
        MeterRegistry named = new CompositeMeterRegistry();
        beans.bind("metricsRegistry", named);
        assertThat(open()).isNotNull();
        assertThat(named.getMeters()).as("the name decides").isNotEmpty();
    }

    @Test
    void tagsAreThoseOfTheContract() {
        AutoCloseable unused = opened();
        CallObservation call = component.calls().begin(StackAiOperation.STREAM, "assistant");
        call.firstChunk();
        call.succeeded();
        assertThat(registry.getMeters())
                .extracting(CallMetersTest::shown)
                .containsExactlyInAnyOrder(
                        "stackai.call [flow, operation, outcome]",
                        "stackai.calls.in.flight [component, flow, operation]",
                        "stackai.connections.leased [component]",
                        "stackai.connections.pending [component]",
                        "stackai.stream.chunks [flow]",
                        "stackai.stream.first.chunk [flow]");
    }

    private static String shown(Meter meter) {
        return meter.getId().getName() + " "
                + meter.getId().getTags().stream()
                        .map(io.micrometer.core.instrument.Tag::getKey)
                        .toList();
    }
}

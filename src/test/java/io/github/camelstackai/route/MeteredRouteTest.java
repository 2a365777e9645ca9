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

import static io.github.camelstackai.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A context with a registry of meters. After each test no call is in flight by the meters. */
abstract class MeteredRouteTest extends RouteTest {
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void bind() {
        context.getRegistry().bind("meters", meters);
    }

    @AfterEach
    void nothingIsInFlight() {
        meters.find("stackai.calls.in.flight").gauges().forEach(gauge -> assertThat(gauge.value())
                .as(gauge.getId().toString())
                .isZero());
    }

    /** The number of calls, by operation, flow and outcome. */
    Map<String, Long> calls() {
        Map<String, Long> calls = new TreeMap<>();
        for (Timer timer : meters.find("stackai.call").timers()) {
            calls.put(tags(timer), timer.count());
        }
        return calls;
    }

    private static String tags(Meter meter) {
        return String.join(
                " ",
                meter.getId().getTag("operation"),
                meter.getId().getTag("flow"),
                meter.getId().getTag("outcome"));
    }

    void assertCalls(Map<String, Long> expected) {
        eventually("calls are counted", () -> assertThat(calls()).isEqualTo(expected));
    }

    double inFlight() {
        return meters.find("stackai.calls.in.flight").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }
}

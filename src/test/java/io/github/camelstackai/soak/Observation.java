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

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;

/** Meters, JMX and the readiness check of a soak test, and what they have to show: each attempt of a call once, as it ended. */
final class Observation {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CamelContext context;
    /** The number of calls, by operation and outcome; written by the thread of the test. */
    private final Map<String, Long> expected = new TreeMap<>();

    Observation(CamelContext context) {
        this.context = context;
        context.getRegistry().bind("meters", meters);
        HealthCheckRegistry.get(context).setExposureLevel("full");
        HealthCheckHelper.getHealthCheckRepository(context, "producers").setEnabled(true);
    }

    void begins(SoakCall call) {
        Scenario scenario = call.scenario();
        String last = outcome(scenario.outcome());
        boolean failing = scenario.requests() > 1 && last.startsWith("http");
        int redelivered = scenario.requests() - 1;
        add(call, failing ? last : "http_429", redelivered);
        add(call, last, 1);
    }

    private void add(SoakCall call, String outcome, long count) {
        if (count > 0) {
            expected.merge(call.kind().operation() + " " + outcome, count, Long::sum);
        }
    }

    /** The tag of a {@link CallOutcome}. */
    private static String outcome(String outcome) {
        String[] words = outcome.split(" ", 2);
        return switch (words[0]) {
            case CallOutcome.ANSWER -> "success";
            case "LeftException", CallOutcome.CLOSED -> "cancelled";
            case CallOutcome.TIMEOUT -> "timeout";
            case "StackAiOperationFailedException" -> "http_" + words[1];
            case "StackAiStreamException" -> "stream_" + words[1].toLowerCase(Locale.ROOT);
            case "StackAiResponseException" -> "unreadable";
            case "StackAiRunFailedException" -> "run_failed";
            default -> "io";
        };
    }

    /** After a round: every call is counted once, and nothing is in flight. */
    void assertComplete() throws Exception {
        Map<String, Long> counted = new TreeMap<>();
        Map<String, Long> polls = new TreeMap<>();
        for (Timer timer : meters.find("stackai.call").timers()) {
            String key = timer.getId().getTag("operation") + " " + timer.getId().getTag("outcome");
            boolean poll = SoakCall.LOGGED_FLOW.equals(timer.getId().getTag("flow"));
            (poll ? polls : counted).merge(key, timer.count(), Long::sum);
        }
        assertThat(counted).isEqualTo(expected);
        assertThat(polls).containsKey("runs success").allSatisfy((outcome, count) -> assertThat(outcome)
                .isIn("runs success", "runs cancelled"));
        assertThat(meters.find("stackai.calls.in.flight").gauges()).isNotEmpty().allSatisfy(this::isZero);
        assertThat(meters.find("stackai.connections.leased").gauges())
                .hasSize(1)
                .allSatisfy(this::isZero);
        assertThat(meters.find("stackai.connections.pending").gauges())
                .hasSize(1)
                .allSatisfy(this::isZero);
        assertThat(managed("CallsEnded"))
                .isEqualTo(Stream.of(expected, polls)
                        .flatMap(calls -> calls.values().stream())
                        .mapToLong(Long::longValue)
                        .sum());
        assertThat(managed("CallsInFlight")).isEqualTo(0);
        assertThat(HealthCheckHelper.invokeReadiness(context))
                .filteredOn(result -> result.getCheck().getId().startsWith("stackai"))
                .extracting(HealthCheck.Result::getState)
                .containsExactly(HealthCheck.State.UP);
    }

    private void isZero(Gauge gauge) {
        assertThat(gauge.value()).as(gauge.getId().toString()).isZero();
    }

    private Object managed(String attribute) throws Exception {
        MBeanServer server =
                context.getManagementStrategy().getManagementAgent().getMBeanServer();
        ObjectName name = server.queryNames(
                        new ObjectName("org.apache.camel:context=" + context.getManagementName()
                                + ",type=components,name=\"stackai\",*"),
                        null)
                .iterator()
                .next();
        return server.getAttribute(name, attribute);
    }
}

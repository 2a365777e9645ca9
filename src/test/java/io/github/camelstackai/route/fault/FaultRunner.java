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
package io.github.camelstackai.route.fault;

import static io.github.camelstackai.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.StackAiConfiguration;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.route.DeadPort;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.core.ThrowingRunnable;

/** Makes every call that one fault can affect, with a component of its own, and checks that each releases its resources. */
final class FaultRunner {
    /** How much longer than its limit a call may take on a busy machine; shorter than any other limit. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String LARGE = "x".repeat(16 << 20);

    private final Fault fault;
    private final StackAiComponent component = new StackAiComponent();
    private final Map<CallVariant, FaultReport> outcomes = new LinkedHashMap<>();
    private final StringBuilder times = new StringBuilder();

    private FaultRunner(Fault fault) {
        this.fault = fault;
    }

    /** Returns the outcome of each call; throws where a call does not behave as expected. */
    static Map<CallVariant, FaultReport> meeting(Fault fault) throws Exception {
        return new FaultRunner(fault).make();
    }

    private Map<CallVariant, FaultReport> make() throws Exception {
        if (fault.absent() == null) {
            try (StackAiSimulator stackAi = StackAiSimulator.start()) {
                callAll(stackAi.baseUrl(), stackAi);
            }
        } else {
            try (DeadPort port = new DeadPort(fault.absent())) {
                callAll(port.baseUrl(), null);
            }
        }
        System.out.println(fault + ":" + times);
        return outcomes;
    }

    private void callAll(String baseUrl, StackAiSimulator stackAi) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            configure(baseUrl);
            context.addComponent("stackai", component);
            RouteBuilder.addRoutes(
                    context, routes -> routes.from("direct:chunk").setBody(routes.constant("shown")));
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            for (CallVariant call : fault.calls()) {
                meet(call, template, stackAi);
            }
        }
        if (stackAi != null) {
            eventually("connections are closed", () -> assertThat(stackAi.openConnections())
                    .isZero());
        }
    }

    private void configure(String baseUrl) {
        StackAiConfiguration options = component.getConfiguration();
        options.setBaseUrl(baseUrl);
        options.setApiKey("sim-key");
        options.setOrgId("sim-org");
        options.setMaxResponseSize(1 << 20);
        options.setResponseTimeout(fault.timeFor(Fault.TimeLimit.RESPONSE));
        options.setStreamIdleTimeout(fault.timeFor(Fault.TimeLimit.IDLE));
        options.setTotalTimeout(fault.timeFor(Fault.TimeLimit.TOTAL));
        component.setConnectTimeout(fault.timeFor(Fault.TimeLimit.CONNECT));
    }

    private void meet(CallVariant call, ProducerTemplate template, StackAiSimulator stackAi) {
        long before = stackAi == null ? 0 : stackAi.requestCount();
        if (stackAi != null) {
            stackAi.enqueue(fault.reply().apply(call.answer()));
        }
        long begin = System.nanoTime();
        FaultReport outcome = outcome(call, template);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        outcomes.put(call, outcome);
        times.append(" %s %d ms;".formatted(call.title(), took.toMillis()));

        boolean waited = outcome.when().startsWith("after");
        assertThat(took)
                .as("time of %s", call.title())
                .isBetween(waited ? Fault.TimeLimit.SHORT.minusMillis(50) : Duration.ZERO, PATIENCE);
        assertNothingLeft(call, template, stackAi, before + 1);
    }

    private void assertNothingLeft(
            CallVariant call, ProducerTemplate template, StackAiSimulator stackAi, long requests) {
        eventually("calls that have ended hold no connection", () -> {
            assertThat(component.callsInFlight()).isZero();
            assertThat(component.leasedConnections()).isZero();
        });
        if (stackAi != null) {
            assertThat(stackAi.requestCount())
                    .as("requests up to one %s", call.title())
                    .isEqualTo(requests);
            assertThat(template.requestBody("stackai:run:next", call.title()))
                    .as("the next call gets its own answer")
                    .isEqualTo("Answer to: " + call.title());
        }
    }

    private FaultReport outcome(CallVariant call, ProducerTemplate template) {
        Exchange exchange =
                template.request(call.uri(), e -> e.getMessage().setBody(fault.largeRequest() ? LARGE : "q"));
        if (exchange.getException() != null) {
            return FaultReport.of(
                    exchange.getException(), exchange.getProperty(StackAiConstants.MAY_HAVE_RUN, Boolean.class), fault);
        }
        Object body = exchange.getMessage().getBody();
        if (call.equals(CallVariant.STREAM) && body instanceof StackAiStream stream) {
            stream.close();
            return FaultReport.OPENED;
        }
        try {
            Object answer = body instanceof StackAiStream stream ? stream.text() : body;
            return call.isRight(answer)
                    ? FaultReport.ANSWERED
                    : new FaultReport("none, the body is `" + answer + "`", "", "at once");
        } catch (RuntimeException e) {
            return FaultReport.of(e, null, fault);
        }
    }

    private static void eventually(String what, ThrowingRunnable holds) {
        await(what).atMost(PATIENCE).untilAsserted(holds);
    }
}

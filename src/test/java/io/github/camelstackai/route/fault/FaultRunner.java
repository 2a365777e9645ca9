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
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.core.ThrowingRunnable;

/** Makes every call that one fault can affect, with a component of its own, and checks that each releases its resources. */
final class FaultRunner {
    /** How much longer than its limit a call may take on a busy machine; shorter than any other limit. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String LARGE = "x".repeat(16 << 20);

    private final Fault fault;
    private final ExecutorService threads;
    private final StackAiComponent component = new StackAiComponent();
    private final Map<CallVariant, FaultReport> outcomes = new LinkedHashMap<>();
    /** The faulty replies that the service has not sent yet. */
    private final Map<CallVariant, Reply> replies = new ConcurrentHashMap<>();

    private FaultRunner(Fault fault, ExecutorService threads) {
        this.fault = fault;
        this.threads = threads;
    }

    /**
     * Returns the outcome of each call; throws where a call does not behave as expected.
     *
     * @param threads of the calls, which wait at the same time
     */
    static Map<CallVariant, FaultReport> meeting(Fault fault, ExecutorService threads) throws Exception {
        return new FaultRunner(fault, threads).make();
    }

    private Map<CallVariant, FaultReport> make() throws Exception {
        long begin = System.nanoTime();
        if (fault.absent() == null) {
            try (StackAiSimulator stackAi = StackAiSimulator.start()) {
                callAll(stackAi.baseUrl(), stackAi);
            }
        } else {
            try (DeadPort port = new DeadPort(fault.absent())) {
                callAll(port.baseUrl(), null);
            }
        }
        System.out.println(fault + ": " + (System.nanoTime() - begin) / 1_000_000 + " ms");
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
            if (stackAi != null && fault.largeRequest()) {
                meetInTurn(template, stackAi);
            } else {
                meetTogether(template, stackAi);
            }
            assertNothingLeft(template, stackAi);
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

    /** A reply that begins before the request has arrived cannot be chosen by it. */
    private void meetInTurn(ProducerTemplate template, StackAiSimulator stackAi) {
        for (CallVariant call : fault.calls()) {
            stackAi.enqueue(fault.reply().apply(call.answer()));
            outcomes.put(call, meet(call, template));
        }
        assertThat(stackAi.requestCount()).as("one request of each call").isEqualTo(outcomes.size());
    }

    private void meetTogether(ProducerTemplate template, StackAiSimulator stackAi) throws Exception {
        if (stackAi != null) {
            fault.calls().forEach(call -> replies.put(call, fault.reply().apply(call.answer())));
            stackAi.script(this::reply);
        }
        Map<CallVariant, Future<FaultReport>> calls = new LinkedHashMap<>();
        fault.calls().forEach(call -> calls.put(call, threads.submit(() -> meet(call, template))));
        for (Map.Entry<CallVariant, Future<FaultReport>> call : calls.entrySet()) {
            outcomes.put(call.getKey(), call.getValue().get());
        }
        if (stackAi != null) {
            assertThat(stackAi.requests().stream()
                            .collect(Collectors.groupingBy(FaultRunner::call, Collectors.counting())))
                    .as("requests of each call")
                    .hasSize(fault.calls().size())
                    .allSatisfy((call, requests) -> assertThat(requests)
                            .as(call.title())
                            .isBetween(1L, CallVariant.AWAIT.equals(call) ? 6L : 1L));
        }
    }

    /** Makes the fault of each call once; the upload of a call that awaits more is answered as usual. */
    private Reply reply(RecordedRequest request) {
        CallVariant call = call(request);
        boolean upload = CallVariant.AWAIT.equals(call) && request.method().equals("POST");
        return call == null || upload ? null : replies.remove(call);
    }

    /** The call that sent a request; null for one that meets no fault. */
    private static CallVariant call(RecordedRequest request) {
        return CallVariant.ALL.stream()
                .filter(call -> request.path().contains("/" + call.id()))
                .findFirst()
                .orElse(null);
    }

    private FaultReport meet(CallVariant call, ProducerTemplate template) {
        long begin = System.nanoTime();
        FaultReport outcome = outcome(call, template);
        boolean waited = outcome.when().startsWith("after");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("time of %s", call.title())
                .isBetween(waited ? Fault.TimeLimit.SHORT.minusMillis(50) : Duration.ZERO, PATIENCE);
        return outcome;
    }

    private FaultReport outcome(CallVariant call, ProducerTemplate template) {
        Exchange exchange = template.request(call.uri(), e -> {
            e.getMessage().setBody(fault.largeRequest() ? LARGE : "q");
            e.getMessage().setHeader(StackAiConstants.FLOW_ID, call.id());
            e.getMessage().setHeader(StackAiConstants.KNOWLEDGE_BASE_ID, call.id());
            e.getMessage().setHeader(StackAiConstants.RESOURCE_ID, call.id());
        });
        if (exchange.getException() != null) {
            return FaultReport.of(
                    exchange.getException(), exchange.getProperty(StackAiConstants.MAY_HAVE_RUN, Boolean.class), fault);
        }
        if (CallVariant.STREAM.equals(call)) {
            exchange.getMessage().getBody(StackAiStream.class).close();
            return FaultReport.OPENED;
        }
        if (CallVariant.AWAIT.equals(call)) {
            assertThat(exchange.getMessage().getBody())
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("status", "indexed");
            return FaultReport.repeated(fault);
        }
        return answer(call, exchange.getMessage());
    }

    private FaultReport answer(CallVariant call, Message message) {
        try {
            Object answer = content(call, message);
            if (call.isRight(answer)) {
                return FaultReport.ANSWERED;
            }
            return CallVariant.DOWNLOAD.equals(call)
                    ? FaultReport.TAKEN
                    : new FaultReport("none, the body is `" + answer + "`", "", "at once");
        } catch (RuntimeException e) {
            return FaultReport.of(e, null, fault);
        }
    }

    private static Object content(CallVariant call, Message message) {
        if (message.getBody() instanceof StackAiStream stream) {
            return stream.text();
        }
        return CallVariant.DOWNLOAD.equals(call) ? message.getBody(String.class) : message.getBody();
    }

    private void assertNothingLeft(ProducerTemplate template, StackAiSimulator stackAi) {
        eventually("calls that have ended hold no connection", () -> {
            assertThat(component.callsInFlight()).isZero();
            assertThat(component.leasedConnections()).isZero();
        });
        if (stackAi == null) {
            return;
        }
        Map<String, CompletableFuture<Object>> answers =
                new LinkedHashMap<>(); // as many as use all connections that are kept
        fault.calls()
                .forEach(
                        call -> answers.put(call.title(), template.asyncRequestBody("stackai:run:next", call.title())));
        answers.forEach((title, answer) -> assertThat(answer)
                .as("each call gets its own answer")
                .succeedsWithin(PATIENCE)
                .isEqualTo("Answer to: " + title));
    }

    private static void eventually(String what, ThrowingRunnable holds) {
        await(what).atMost(PATIENCE).untilAsserted(holds);
    }
}

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

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.Reply;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The meters of calls in routes: each call is counted once, however it ends. */
class MetersTest extends RouteTest {
    private static final String FRAME = Streams.frame("Hi") + "\n";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

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
    private Map<String, Long> calls() {
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

    private void assertCalls(Map<String, Long> expected) {
        eventually("calls are counted", () -> assertThat(calls()).isEqualTo(expected));
    }

    private double inFlight() {
        return meters.find("stackai.calls.in.flight").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    @Test
    void callsAreTimedByOperationFlowAndOutcome() {
        call("stackai:run:triage");
        call("stackai:run:triage");
        call("stackai:metadata:triage");
        call("stackai:feedback:triage?runId=r1");
        call("stackai:stream:assistant?streamMode=collect");
        assertCalls(Map.of(
                "run triage success", 2L,
                "metadata triage success", 1L,
                "feedback triage success", 1L,
                "stream assistant success", 1L));
    }

    @Test
    void timeOfACallIsThatOfItsAnswer() {
        stackAi().enqueue(Reply.usual().after(Duration.ofMillis(300)));
        call("stackai:run:triage");
        Timer timer = meters.get("stackai.call").timer();
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isBetween(300.0, 10_000.0);
    }

    @Test
    void failuresAreCountedByKind() {
        failedCall("stackai:run:triage", Reply.error(429, "slow down"));
        failedCall("stackai:run:triage", Reply.error(401, "who are you"));
        failedCall("stackai:run:triage", Reply.text("<html>"));
        failedCall("stackai:run:triage", Reply.reset());
        failedCall("stackai:run:triage", Reply.json(Map.of("state", "FAILED", "error", "boom", "outputs", Map.of())));
        failedCall("stackai:run:triage?responseTimeout=50", Reply.never());
        failedCall("stackai:run:triage?output=none", Reply.usual());
        assertCalls(Map.of(
                "run triage http_429", 1L,
                "run triage http_401", 1L,
                "run triage unreadable", 2L,
                "run triage io", 1L,
                "run triage run_failed", 1L,
                "run triage timeout", 1L));
    }

    @Test
    void eachAttemptOfARedeliveryIsACall() throws Exception {
        startRoutes(routes -> {
            routes.onException(StackAiOperationFailedException.class)
                    .maximumRedeliveries(2)
                    .redeliveryDelay(1);
            routes.from("direct:start").to("stackai:run:triage");
        });
        stackAi().enqueue(Reply.error(503, "down"), Reply.error(503, "down"));
        assertThat(send("q").getException()).isNull();
        assertCalls(Map.of("run triage http_503", 2L, "run triage success", 1L));
    }

    @Test
    void inputThatCannotBeSentIsNoCall() {
        template.request("stackai:run:triage", exchange -> exchange.getMessage().setBody(Map.of("n", Double.NaN)));
        assertThat(calls()).isEmpty();
    }

    @Test
    void flowsOfMessagesAreTags() throws Exception {
        startRoutes(routes -> routes.from("direct:start").toD("stackai:run:${header.flow}"));
        send("q", Map.of("flow", "a"));
        send("q", Map.of("flow", "b"));
        assertCalls(Map.of("run a success", 1L, "run b success", 1L));
    }

    @Test
    void noTagNamesARunAUserOrAnOrganisation() throws Exception {
        call("stackai:run:triage?userId=alice");
        assertThat(meters.getMeters()).isNotEmpty().allSatisfy(meter -> assertThat(
                        meter.getId().getTags())
                .extracting(Tag::getValue)
                .doesNotContain(stackAi().orgId(), "alice", stackAi().apiKey()));
    }

    @Test
    void streamIsInFlightUntilItsLastChunkIsRead() throws Exception {
        StackAiStream stream = open(Streams.reply("a", "b"));
        assertThat(inFlight()).isEqualTo(1);
        assertThat(calls()).isEmpty();
        stream.forEachRemaining(chunk -> {});
        assertCalls(Map.of("stream f success", 1L));
        assertThat(meters.get("stackai.stream.chunks").counter().count()).isEqualTo(3);
        assertThat(meters.get("stackai.stream.first.chunk").timer().count()).isEqualTo(1);
    }

    @Test
    void firstChunkIsTimedApartFromTheEnd() {
        StackAiStream stream = open(Reply.chunks(FRAME).chunk(Duration.ofMillis(300), Streams.END + "\n"));
        stream.forEachRemaining(chunk -> {});
        double first = meters.get("stackai.stream.first.chunk").timer().totalTime(TimeUnit.MILLISECONDS);
        double end = meters.get("stackai.call").timer().totalTime(TimeUnit.MILLISECONDS);
        assertThat(end - first).isGreaterThan(200);
    }

    @Test
    void streamThatItsReaderLeavesIsCancelled() throws Exception {
        open(Reply.chunks(FRAME).thenSilence()).close();
        assertCalls(Map.of("stream f cancelled", 1L));
    }

    @Test
    void streamThatItsRouteDoesNotReadIsCancelled() throws Exception {
        startRoute("stackai:stream:f");
        stackAi().enqueue(Reply.chunks(FRAME).thenSilence());
        send("q");
        assertCalls(Map.of("stream f cancelled", 1L));
    }

    @Test
    void streamThatTheSplitLeavesIsCancelled() throws Exception {
        startRoutes(routes -> routes.from("direct:start")
                .to("stackai:stream:f")
                .split(routes.body())
                .streaming()
                .stopOnException()
                .throwException(new IllegalStateException("enough")));
        stackAi().enqueue(Reply.chunks(FRAME, FRAME).thenSilence());
        assertThat(send("q").getException()).isNotNull();
        assertCalls(Map.of("stream f cancelled", 1L));
    }

    @Test
    void streamThatBreaksIsAFailure() throws Exception {
        startRoutes(routes -> routes.from("direct:start")
                .to("stackai:stream:f")
                .split(routes.body())
                .streaming()
                .to("mock:c"));
        stackAi().enqueue(Reply.chunks(FRAME).thenClose());
        assertThat(send("q").getException()).isNotNull();
        assertCalls(Map.of("stream f stream_truncated", 1L));
    }

    @Test
    void streamOfAStoppedRouteIsStopped() throws Exception {
        startRoutes(routes -> routes.from("direct:start")
                .routeId("streaming")
                .to("stackai:stream:f")
                .split(routes.body())
                .streaming()
                .to("mock:c"));
        stackAi().enqueue(Reply.chunks(FRAME).thenSilence());
        CompletableFuture<Exchange> exchange = template.asyncSend("direct:start", e -> {});
        eventually("a chunk is read", () -> assertThat(
                        meters.find("stackai.stream.chunks").counters())
                .isNotEmpty()
                .allSatisfy(chunks -> assertThat(chunks.count()).isEqualTo(1)));
        context.getRouteController().stopRoute("streaming", 1, TimeUnit.SECONDS);
        assertThat(exchange).succeedsWithin(Duration.ofSeconds(10));
        assertCalls(Map.of("stream f stopped", 1L));
    }

    @Test
    void callThatTheComponentStopsIsStopped() throws Exception {
        context.start();
        stackAi().enqueue(Reply.never());
        CompletableFuture<Exchange> exchange = template.asyncSend("stackai:run:triage", e -> {});
        eventually("the call is in flight", () -> assertThat(stackAi().openRequests())
                .isEqualTo(1));
        component.stop();
        assertThat(exchange).succeedsWithin(Duration.ofSeconds(10));
        assertCalls(Map.of("run triage stopped", 1L));
        assertThat(meters.find("stackai.connections.leased").gauge())
                .as("gauges end with the component")
                .isNull();
        component.start();
        assertThat(call("stackai:run:triage").getException()).isNull();
        assertCalls(Map.of("run triage stopped", 1L, "run triage success", 1L));
        assertThat(meters.find("stackai.connections.leased").gauge())
                .as("and come again with it")
                .isNotNull();
    }

    @Test
    void connectionsAreGauges() throws Exception {
        component.setMaxConnections(1);
        context.start();
        stackAi().enqueue(Reply.never(), Reply.usual());
        CompletableFuture<Exchange> first = template.asyncSend("stackai:run:triage?responseTimeout=1s", e -> {});
        eventually("the first call has the connection", () -> assertThat(gauge("leased"))
                .isEqualTo(1));
        CompletableFuture<Exchange> second = template.asyncSend("stackai:run:triage", e -> {});
        eventually(
                "the second waits for one", () -> assertThat(gauge("pending")).isEqualTo(1));
        assertThat(first).succeedsWithin(Duration.ofSeconds(10));
        assertThat(second).succeedsWithin(Duration.ofSeconds(10));
        eventually("no call has or awaits one", () -> {
            assertThat(gauge("leased")).isZero();
            assertThat(gauge("pending")).isZero();
        });
    }

    private double gauge(String name) {
        return meters.find("stackai.connections." + name).gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    @Test
    void twoComponentsHaveGaugesOfTheirOwn() throws Exception {
        io.github.camelstackai.StackAiComponent other = new io.github.camelstackai.StackAiComponent();
        other.setConfiguration(component.getConfiguration());
        context.addComponent("stackai-eu", other);
        call("stackai:run:triage");
        call("stackai-eu:run:triage");
        assertCalls(Map.of("run triage success", 2L));
        assertThat(meters.find("stackai.connections.leased").gauges())
                .extracting(gauge -> gauge.getId().getTag("component"))
                .containsExactlyInAnyOrder("stackai", "stackai-eu");
    }
}

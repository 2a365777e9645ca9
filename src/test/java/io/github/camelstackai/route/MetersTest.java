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
import io.github.camelstackai.simulator.Reply;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** The meters of calls in routes: each call is counted once, however it ends. */
class MetersTest extends MeteredRouteTest {
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

    /** A wait for a file and the pages of a list are parts of their call. */
    @Test
    void callsAboutFilesAndTheLogAreTimed() {
        String documents = "stackai:documents:triage?node=doc-0&userId=u&fileName=a.txt&action=";
        List.of("upload", "list", "download", "delete").forEach(action -> call(documents + action));
        String knowledge = "stackai:knowledge?knowledgeBaseId=0b5d0a4e-1111-4222-8333-444455556666&fileName=a.txt";
        call(knowledge + "&awaitIndexed=true&indexPollInterval=5");
        call(knowledge + "&action=list");
        IntStream.range(0, 130).forEach(i -> stackAi().logRun("triage", Map.of("run_id", "r" + i)));
        call("stackai:runs:triage?limit=130");
        failedCall("stackai:runs:triage", Reply.error(429, "slow down"));
        assertCalls(Map.of(
                "documents triage success", 4L,
                "knowledge none success", 2L,
                "runs triage success", 1L,
                "runs triage http_429", 1L));
    }

    @Test
    void consumersCountEachReadingOfTheLog() throws Exception {
        IntStream.range(0, 130).forEach(i -> stackAi().logRun("triage", Map.of("run_id", "r" + i)));
        stackAi().enqueue(Reply.error(429, "slow down"));
        startRoutes(routes -> routes.from("stackai:runs:triage?initialDelay=0&delay=20&startFrom=2000-01-01")
                .to("mock:told"));
        eventually("the log is read", () -> assertThat(calls())
                .containsEntry("runs triage http_429", 1L)
                .containsKey("runs triage success"));
        context.getRouteController().stopAllRoutes();
        long read = calls().get("runs triage success");
        assertThat(stackAi().requests())
                .as("each reading is a call, from its first page")
                .filteredOn(request -> "0".equals(request.query("page")))
                .hasSizeBetween((int) read + 1, (int) read + 2); // one was refused, and one may have been withdrawn
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

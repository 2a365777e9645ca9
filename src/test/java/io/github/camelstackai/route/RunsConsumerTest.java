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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.simulator.LogOrder;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code from("stackai:runs:flow")}: each run that ended or paused is told, in order, at least once, and after a failure again. */
class RunsConsumerTest extends RouteTest {
    private static final String FAST = "stackai:runs:f?initialDelay=0&delay=20";
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final String SINCE_NOON = FAST + "&startFrom=" + NOON;

    /** What the route received, as {@code id:state}. */
    private final List<String> told = new CopyOnWriteArrayList<>();

    private void log(String id, Instant date, Map<String, Object> more) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.put("run_id", id);
        fields.put("date", date == null ? null : date.toString());
        stackAi().logRun("f", fields);
    }

    private void log(String id, Instant date) {
        log(id, date, Map.of());
    }

    private void tell(Exchange exchange) {
        told.add(exchange.getMessage().getHeader(StackAiConstants.RUN_ID) + ":"
                + exchange.getMessage().getHeader(StackAiConstants.STATE));
    }

    private void consume(String uri) throws Exception {
        startRoutes(routes -> routes.from(uri).routeId("log").process(this::tell));
    }

    private void eventuallyTold(String... runs) {
        eventually("the runs are told", () -> assertThat(told).containsExactly(runs));
    }

    /** Waits until the consumer has polled twice more, so that what it has not told it does not tell. */
    private void pollTwice() {
        long before = stackAi().requestCount();
        eventually(
                "the consumer polls", () -> assertThat(stackAi().requestCount()).isGreaterThanOrEqualTo(before + 6));
    }

    @ParameterizedTest
    @EnumSource(LogOrder.class)
    void runsAreToldOnceInTheOrderOfTheirDates(LogOrder order) throws Exception {
        IntStream.range(0, 230).forEach(i -> log("r" + i, NOON.plusSeconds(i)));
        stackAi().logOrder(order);

        consume(SINCE_NOON);

        eventuallyTold(
                IntStream.range(0, 230).mapToObj(i -> "r" + i + ":COMPLETED").toArray(String[]::new));
        pollTwice();
        assertThat(told).hasSize(230);
    }

    @Test
    void messageHasTheRunAndNamesIt() throws Exception {
        List<Exchange> received = new CopyOnWriteArrayList<>();
        startRoutes(routes -> routes.from(SINCE_NOON).process(exchange -> received.add(exchange.copy())));
        log("r", NOON, Map.of("state", "FAILED", "user_id", "u", "outputs", "{\"out-0\":\"text\"}", "total_tokens", 7));

        eventually("the run is told", () -> assertThat(received).hasSize(1));
        Exchange exchange = received.get(0);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(StackAiConstants.RUN_ID, "r")
                .containsEntry(StackAiConstants.STATE, "FAILED")
                .containsEntry(StackAiConstants.FLOW_ID, "f")
                .containsEntry(StackAiConstants.USER_ID, "u");
        Map<?, ?> body = exchange.getMessage().getBody(Map.class);
        assertThat(body.get("outputs")).isEqualTo(Map.of("out-0", "text"));
        assertThat(body.get("total_tokens")).isEqualTo(7);
        assertThat(exchange.getProperty(ExchangePropertyKey.BATCH_SIZE)).isEqualTo(1);
        assertThat(exchange.getProperty(ExchangePropertyKey.BATCH_INDEX)).isEqualTo(0);
        assertThat(exchange.getProperty(ExchangePropertyKey.BATCH_COMPLETE)).isEqualTo(true);
    }

    @Test
    void pausedRunIsToldOnceAsPausedAndOnceWhenItHasEnded() throws Exception {
        consume(SINCE_NOON);
        log("r", NOON, Map.of("state", "PAUSED"));
        eventuallyTold("r:PAUSED");
        log("r", NOON, Map.of("state", "RESUMED"));
        pollTwice();
        log("r", NOON, Map.of("state", "COMPLETED"));

        eventuallyTold("r:PAUSED", "r:COMPLETED");
        pollTwice();
        assertThat(told).hasSize(2);
    }

    /** Its row keeps the date at which the run began. */
    @Test
    void pausedRunThatEndsLongAfterItBeganIsTold() throws Exception {
        Instant begin = Instant.now().minus(Duration.ofDays(3));
        log("r", begin, Map.of("state", "PAUSED"));
        log("last", begin.plus(Duration.ofDays(2)));
        consume(FAST + "&startFrom=" + begin);
        eventuallyTold("r:PAUSED", "last:COMPLETED");
        eventually(
                "the consumer no longer reads the date of the run",
                () -> assertThat(stackAi().requests()).anyMatch(request -> request.query("end_date") != null));
        log("r", begin, Map.of("state", "COMPLETED"));

        eventuallyTold("r:PAUSED", "last:COMPLETED", "r:COMPLETED");
        pollTwice();
        assertThat(told).hasSize(3);
    }

    @Test
    void runThatPausedLongBeforeTheStartAndEndsAfterItIsTold() throws Exception {
        Instant begin = Instant.now().minus(Duration.ofDays(3));
        log("r", begin, Map.of("state", "PAUSED"));
        log("old", begin);
        consume(FAST);
        pollTwice();
        log("r", begin, Map.of("state", "COMPLETED"));

        eventuallyTold("r:COMPLETED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        COMPLETED | true  | -     | yes
        FAILED    | false | -     | yes
        CANCELLED | -     | -     | yes
        PAUSED    | -     | -     | yes
        EXPIRED   | -     | -     | yes
        -         | true  | -     | yes
        -         | -     | quota | yes
        PENDING   | -     | -     | no
        RESUMED   | -     | -     | no
        -         | -     | -     | no
        """)
    void runsThatEndedOrPausedAreTold(String state, Boolean successful, String error, String isTold) throws Exception {
        Map<String, Object> fields = new HashMap<>();
        fields.put("state", state);
        fields.put("is_flow_successful", successful);
        fields.put("error", error);
        log("r", NOON, fields);
        log("last", NOON.plusSeconds(1));

        consume(SINCE_NOON);

        eventually("all are told", () -> assertThat(told).contains("last:COMPLETED"));
        assertThat(told.contains("r:" + state)).isEqualTo("yes".equals(isTold));
    }

    @Test
    void statesSelectWhatIsTold() throws Exception {
        log("good", NOON);
        log("bad", NOON, Map.of("state", "FAILED"));
        log("open", NOON.plusSeconds(1), Map.of("state", "PENDING"));

        consume(SINCE_NOON + "&states=FAILED,PENDING");

        eventuallyTold("bad:FAILED", "open:PENDING");
        assertThat(stackAi().requests().get(0).query("state")).isEqualTo("FAILED,PENDING");
    }

    @Test
    void withoutAStartRunsSinceTheStartOfTheConsumerAreTold() throws Exception {
        Instant before = Instant.now();
        log("old", before.minusSeconds(60));
        consume(FAST);
        pollTwice();
        log("new", Instant.now());
        log("begun before, ended after", before.minusSeconds(120));

        eventually("the new runs are told", () -> assertThat(told)
                .containsExactlyInAnyOrder("new:COMPLETED", "begun before, ended after:COMPLETED"));
    }

    @Test
    void runsLoggedLateAndOutOfOrderAreToldWithinLookback() throws Exception {
        log("r", NOON.plus(Duration.ofHours(2)));
        consume(SINCE_NOON + "&lookback=30m");
        eventuallyTold("r:COMPLETED");
        pollTwice();

        log("late", NOON.plus(Duration.ofMinutes(91)));
        log("too late", NOON.plus(Duration.ofMinutes(80)));

        eventuallyTold("r:COMPLETED", "late:COMPLETED");
        assertThat(stackAi().requests().get((int) stackAi().requestCount() - 1).query("start_date"))
                .isEqualTo("2026-11-26T13:30:00Z");
    }

    @Test
    void runWithoutADateIsToldOnce() throws Exception {
        stackAi()
                .script(
                        request -> Reply.text(
                                "[{\"run_id\":\"r\",\"state\":\"FAILED\"},{\"run_id\":\"s\",\"date\":\"soon\",\"state\":\"FAILED\"}]"));

        consume(SINCE_NOON);

        eventuallyTold("r:FAILED", "s:FAILED");
        pollTwice();
        assertThat(told).hasSize(2);
    }

    @Test
    void exchangeThatFailsComesAgainAndTheOthersContinue() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        startRoutes(routes -> routes.from(SINCE_NOON).process(this::tell).process(exchange -> {
            if ("bad".equals(exchange.getMessage().getHeader(StackAiConstants.RUN_ID))
                    && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
            }
        }));
        log("bad", NOON);
        log("good", NOON.plus(Duration.ofDays(2))); // beyond what lookback shows

        eventually("the run is told until its exchange succeeds", () -> assertThat(told)
                .containsOnlyOnce("good:COMPLETED")
                .filteredOn("bad:COMPLETED"::equals)
                .hasSize(3));
        pollTwice();
        assertThat(told).hasSize(4);
    }

    @Test
    void rolledBackExchangeComesAgain() throws Exception {
        AtomicInteger rollbacks = new AtomicInteger(1);
        startRoutes(routes -> routes.from(SINCE_NOON)
                .process(this::tell)
                .process(exchange -> exchange.setRollbackOnly(rollbacks.getAndDecrement() > 0)));
        log("r", NOON);

        eventuallyTold("r:COMPLETED", "r:COMPLETED");
        pollTwice();
        assertThat(told).hasSize(2);
    }

    @Test
    void exchangesThatContinueOnOtherThreadsAreProcessedOneAfterTheOther() throws Exception {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        stackAi().script("slow", request -> Reply.usual().after(Duration.ofMillis(20)));
        startRoutes(routes -> routes.from(SINCE_NOON)
                .process(exchange -> most.accumulateAndGet(inFlight.incrementAndGet(), Math::max))
                .process(this::tell)
                .removeHeader(StackAiConstants.FLOW_ID)
                .to("stackai:run:slow")
                .process(exchange -> inFlight.decrementAndGet()));
        IntStream.range(0, 5).forEach(i -> log("r" + i, NOON.plusSeconds(i)));

        eventuallyTold("r0:COMPLETED", "r1:COMPLETED", "r2:COMPLETED", "r3:COMPLETED", "r4:COMPLETED");
        assertThat(most).hasValue(1);
    }

    @Test
    void maxMessagesPerPollLimitsABatchAndTheNextPollContinues() throws Exception {
        List<Object> sizes = new CopyOnWriteArrayList<>();
        IntStream.range(0, 5).forEach(i -> log("r" + i, NOON.plus(Duration.ofHours(2L * i))));
        startRoutes(routes -> routes.from(SINCE_NOON + "&maxMessagesPerPoll=2")
                .process(this::tell)
                .process(exchange -> sizes.add(exchange.getProperty(ExchangePropertyKey.BATCH_SIZE))));

        eventuallyTold("r0:COMPLETED", "r1:COMPLETED", "r2:COMPLETED", "r3:COMPLETED", "r4:COMPLETED");
        assertThat(sizes).containsExactly(2, 2, 2, 2, 1);
    }

    @Test
    void greedyConsumerPollsAgainAtOnceWhileThereIsMore() throws Exception {
        IntStream.range(0, 3).forEach(i -> log("r" + i, NOON.plusSeconds(i)));

        consume("stackai:runs:f?initialDelay=0&greedy=true&maxMessagesPerPoll=1&startFrom=" + NOON);

        eventuallyTold("r0:COMPLETED", "r1:COMPLETED", "r2:COMPLETED"); // the delay is a minute
    }

    @Test
    void emptyMessageIsSentWhenIdle() throws Exception {
        consume(SINCE_NOON + "&sendEmptyMessageWhenIdle=true");

        eventually("an empty message is sent", () -> assertThat(told).contains("null:null"));
    }

    @Test
    void failedPollGoesToTheErrorHandlerAndTheNextOneCatchesUp() throws Exception {
        List<String> failures = new CopyOnWriteArrayList<>();
        stackAi().enqueue(Reply.error(503, "maintenance"));
        log("r", NOON);
        startRoutes(routes -> {
            routes.onException(Exception.class)
                    .handled(true)
                    .process(exchange ->
                            failures.add(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class)
                                    .getMessage()));
            routes.from(SINCE_NOON + "&bridgeErrorHandler=true").process(this::tell);
        });

        eventuallyTold("r:COMPLETED");
        assertThat(failures).singleElement().asString().contains("StackAI runs of flow f", "503", "maintenance");
    }

    /** The first page has arrived: what it said is told with the whole. */
    @Test
    void failureOnALaterPageLosesNothing() throws Exception {
        IntStream.range(0, 150).forEach(i -> log("r" + i, NOON.plusSeconds(i)));
        AtomicInteger failures = new AtomicInteger(1);
        stackAi()
                .script(request ->
                        "1".equals(request.query("page")) && failures.getAndDecrement() > 0 ? Reply.reset() : null);

        consume(SINCE_NOON);

        eventually("all are told", () -> assertThat(told).hasSize(150));
    }

    @Test
    void pageThatShiftsWhileItIsReadLosesNothing() throws Exception {
        IntStream.range(0, 150).forEach(i -> log("r" + i, NOON.plusSeconds(i)));
        AtomicInteger next = new AtomicInteger(150);
        stackAi().script(request -> {
            if (next.get() < 200) {
                IntStream.range(0, 10).forEach(i -> log("r" + next.get(), NOON.plusSeconds(next.getAndIncrement())));
            }
            return null;
        });

        consume(SINCE_NOON);

        eventually("each is told once", () -> assertThat(told).hasSize(200).doesNotHaveDuplicates());
    }

    @Test
    void repositoryRemembersWhatWasTold() throws Exception {
        MemoryIdempotentRepository repository = new MemoryIdempotentRepository();
        context.getRegistry().bind("seen", repository);
        log("r", NOON);
        log("known", NOON);
        repository.start();
        repository.add("known:ended");

        consume(SINCE_NOON + "&idempotentRepository=#seen");

        eventuallyTold("r:COMPLETED");
        eventually("the run is remembered", () -> assertThat(repository.contains("r:ended"))
                .isTrue());
    }

    @Test
    void routeThatStartsAgainContinuesWhereItStopped() throws Exception {
        consume(FAST);
        pollTwice();
        log("r", Instant.now());
        eventuallyTold("r:COMPLETED");

        context.getRouteController().stopRoute("log");
        log("meanwhile", Instant.now());
        context.getRouteController().startRoute("log");

        eventuallyTold("r:COMPLETED", "meanwhile:COMPLETED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "suspend", "context"})
    void stopWithdrawsAPollThatWaits(String how) throws Exception {
        stackAi().script(request -> Reply.never());
        consume(SINCE_NOON);
        stackAi().takeRequest(Duration.ofSeconds(5));

        Instant begin = Instant.now();
        switch (how) {
            case "stop" -> context.getRouteController().stopRoute("log");
            case "suspend" -> context.getRouteController().suspendRoute("log");
            default -> context.stop();
        }

        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(3));
        eventually("the call is withdrawn", () -> assertThat(stackAi().openRequests())
                .isZero());
    }

    @Test
    void suspendedConsumerContinues() throws Exception {
        consume(SINCE_NOON);
        pollTwice();
        context.getRouteController().suspendRoute("log");
        log("r", NOON);
        context.getRouteController().resumeRoute("log");

        eventuallyTold("r:COMPLETED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        stackai:run:f                           | only stackai:runs
        stackai:stream:f                        | only stackai:runs
        stackai:feedback:f                      | only stackai:runs
        stackai:metadata:f                      | only stackai:runs
        stackai:runs                            | No flow: name it in the URI
        stackai:runs:f?orgId=                   | orgId
        stackai:runs:f?states=DONE              | states: 'DONE' is none of PENDING, PAUSED, RESUMED, COMPLETED, FAILED, CANCELLED
        stackai:runs:f?startFrom=yesterday      | startFrom: 'yesterday' is neither a date or time
        stackai:runs:f?startFrom=20261126       | startFrom: '20261126' is neither a date or time
        stackai:runs:f?limit=0                  | limit: 0 is less than the minimum, 1
        stackai:runs:f?lookback=-1              | lookback
        stackai:runs:f?delay=soon               | delay
        stackai:runs:f?idempotentRepository=#no | no
        """)
    void whatCannotBeConsumedFailsAtTheStart(String uri, String message) {
        assertThatThrownBy(() -> consume(uri)).hasStackTraceContaining(message);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void consumerWithoutACredentialFailsAtTheStart() {
        component.getConfiguration().setApiKey(null);
        LambdaRouteBuilder route = routes -> routes.from(FAST).to("mock:unused");

        assertThatThrownBy(() -> startRoutes(route)).hasStackTraceContaining("No credential");
    }
}

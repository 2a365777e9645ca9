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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.simulator.LogOrder;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code from("stackai:runs:flow")}: which runs are told, in which order, and with what. */
class RunsConsumerTest extends RunsRouteTest {
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
}

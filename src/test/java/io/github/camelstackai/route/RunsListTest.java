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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.http.CallTimeoutException;
import io.github.camelstackai.simulator.LogOrder;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The operation {@code runs} as a producer: the newest runs of a flow, selected, from as many pages as it takes. */
class RunsListTest extends RouteTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    /** Logs run {@code r0} at noon, {@code r1} a second later, and so on. */
    private void logRuns(int count) {
        IntStream.range(0, count)
                .forEach(i -> log("r" + i, Map.of("date", NOON.plusSeconds(i).toString())));
    }

    private void log(String id, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("run_id", id);
        stackAi().logRun("f", all);
    }

    private List<Map<String, Object>> list(String options, Map<String, Object> headers) throws Exception {
        startRoute("stackai:runs:f" + options);
        Exchange exchange = send("ignored", headers);
        assertThat(exchange.getException()).isNull();
        return rows(exchange);
    }

    @SuppressWarnings("unchecked") // the body is a list of JSON objects
    private static List<Map<String, Object>> rows(Exchange exchange) {
        return exchange.getMessage().getBody(List.class);
    }

    private static List<Object> ids(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> row.get("run_id")).toList();
    }

    private static String[] newestFirst(int last, int count) {
        return IntStream.range(0, count).mapToObj(i -> "r" + (last - i)).toArray(String[]::new);
    }

    @Test
    void listsTheNewestHundredByDefault() throws Exception {
        logRuns(130);

        assertThat(ids(list("", Map.of()))).containsExactly((Object[]) newestFirst(129, 100));
        assertThat(stackAi().requests())
                .as("one page is enough")
                .extracting(RecordedRequest::query)
                .containsExactly(Map.of("page", "0", "page_size", "100"));
    }

    @ParameterizedTest
    @EnumSource(LogOrder.class)
    void newestAreFoundInWhateverOrderTheServiceLists(LogOrder order) throws Exception {
        logRuns(250);
        stackAi().logOrder(order);

        assertThat(ids(list("?limit=30", Map.of()))).containsExactly((Object[]) newestFirst(249, 30));
    }

    @Test
    void pagesAreReadUntilThereIsNothingMore() throws Exception {
        logRuns(250);
        stackAi().logPageLimit(40); // fewer than the request asks for

        assertThat(ids(list("?limit=1000", Map.of()))).containsExactly((Object[]) newestFirst(249, 250));
    }

    @Test
    void runThatShiftsToTheNextPageIsListedOnce() throws Exception {
        logRuns(150);
        stackAi().script(request -> {
            log(
                    "late" + request.query("page"),
                    Map.of("date", NOON.plusSeconds(1000).toString()));
            return null;
        });

        assertThat(ids(list("?limit=1000", Map.of()))).doesNotHaveDuplicates().contains((Object[])
                newestFirst(149, 150));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ?states=FAILED,paused                 | state=FAILED,PAUSED
        ?userId=u1                            | user_id=u1
        ?startFrom=2026-11-26                 | start_date=2026-11-26T00:00:00Z
        ?startFrom=2026-11-26T13:00:00%2B01:00 | start_date=2026-11-26T12:00:00Z
        ?startFrom=2026-11-26T13:00:00+01:00  | start_date=2026-11-26T12:00:00Z
        ?startFrom=2026-11-26 12:00:00.5      | start_date=2026-11-26T12:00:00.500Z
        """)
    void optionsSelectRuns(String options, String parameter) throws Exception {
        list(options.replace(" ", "%20"), Map.of());

        String[] pair = parameter.split("=", 2);
        assertThat(stackAi().requests()).singleElement().satisfies(request -> assertThat(request.query(pair[0]))
                .isEqualTo(pair[1]));
    }

    @Test
    void durationIsBeforeTheCall() throws Exception {
        Instant before = Instant.now();
        list("?startFrom=24h", Map.of());

        Instant start = Instant.parse(stackAi().requests().get(0).query("start_date"));
        assertThat(start)
                .isBetween(before.minus(Duration.ofHours(24)), Instant.now().minus(Duration.ofHours(24)));
    }

    /** A gateway may drop a parameter: another user's run must not pass for one's own. */
    @Test
    void runsOfOtherUsersStatesAndTimesAreNotListedEvenIfTheServiceReturnsThem() throws Exception {
        String row = "{\"run_id\":\"%s\",\"date\":\"%s\",\"state\":%s,\"user_id\":%s}";
        stackAi()
                .enqueue(Reply.text("["
                        + String.join(
                                ",",
                                row.formatted("mine", NOON, "\"FAILED\"", "\"me\""),
                                row.formatted("stateless", NOON, "null", "\"me\""),
                                row.formatted("old", NOON.minusSeconds(1), "\"FAILED\"", "\"me\""),
                                row.formatted("well", NOON, "\"COMPLETED\"", "\"me\""),
                                row.formatted("yours", NOON, "\"FAILED\"", "\"you\""),
                                row.formatted("nobody's", NOON, "\"FAILED\"", "null"))
                        + "]"));

        assertThat(ids(list(
                        "?states=FAILED&startFrom=2026-11-26T12:00:00Z&userId=you",
                        Map.of(StackAiConstants.USER_ID, "me"))))
                .containsExactlyInAnyOrder("mine", "stateless");
    }

    @Test
    void textsThatAreJsonObjectsAreParsed() throws Exception {
        log(
                "r",
                Map.of(
                        "inputs", "{\"in-0\":\"12\",\"n\":1.50}",
                        "outputs", "[1,2]",
                        "llms", "{not json",
                        "error", "{\"a\":1}"));

        assertThat(list("", Map.of())).singleElement().satisfies(run -> {
            assertThat(run).extractingByKey("inputs").hasToString("{in-0=12, n=1.50}");
            assertThat(run.get("outputs")).isEqualTo(List.of(1, 2));
            assertThat(run.get("llms")).isEqualTo("{not json");
            assertThat(run.get("error")).isEqualTo("{\"a\":1}");
        });
    }

    @Test
    void listIsTextAsJson() throws Exception {
        logRuns(1);
        startRoute("stackai:runs:f");

        assertThat(send("").getMessage().getBody(String.class)).startsWith("[{\"run_id\":\"r0\"");
    }

    @Test
    void flowOfTheMessageIsAsked() throws Exception {
        stackAi().logRun("other", Map.of("run_id", "o"));

        assertThat(ids(list("", Map.of(StackAiConstants.FLOW_ID, "other")))).containsExactly("o");
    }

    @Test
    void runOfTheSimulatorIsLogged() throws Exception {
        startRoutes(routes -> routes.from("direct:start").to("stackai:run:f").to("stackai:runs:f"));

        Exchange exchange = send(Map.of("in-0", "Hi", "user_id", "me"));

        assertThat(rows(exchange)).singleElement().satisfies(run -> {
            assertThat(run.get("run_id")).isEqualTo(exchange.getMessage().getHeader(StackAiConstants.RUN_ID));
            assertThat(run.get("user_id")).isEqualTo("me");
            assertThat(run.get("outputs")).isEqualTo(Map.of("out-0", "Answer to: Hi"));
        });
    }

    @Test
    void failureOnALaterPageFailsTheCall() throws Exception {
        logRuns(250);
        stackAi().logOrder(LogOrder.OLDEST_FIRST);
        stackAi().script(request -> "1".equals(request.query("page")) ? Reply.error(503, "later") : null);

        assertThat(failure("stackai:runs:f"))
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContaining("StackAI runs of flow f")
                .hasMessageContaining("503");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"runs": []} | is not the JSON that the service promises
        [1]          | is not the JSON that the service promises
        [            | is not the JSON that the service promises
        <html>       | is not the JSON that the service promises
        """)
    void whatIsNoListFails(String body, String message) {
        assertThat(failure("stackai:runs:f", Reply.text(body)))
                .isInstanceOf(StackAiResponseException.class)
                .hasMessageContaining(message);
    }

    @Test
    void totalTimeoutCoversAllPages() {
        logRuns(300);
        stackAi().logOrder(LogOrder.OLDEST_FIRST);
        stackAi().script(request -> Reply.usual().after(Duration.ofMillis(150)));

        assertThat(failure("stackai:runs:f?totalTimeout=400ms"))
                .isInstanceOf(CallTimeoutException.class)
                .hasMessageContaining("totalTimeout");
        assertThat(stackAi().requestCount()).isBetween(2L, 3L);
    }
}

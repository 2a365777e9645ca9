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
package io.github.camelstackai.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that wait until a person has approved. */
class ApprovalPatternTest extends PatternTest {
    private static final String HEADING = "A person approves";
    private static final String[] ENDS = {"asked", "waiting", "approved", "rejected"};
    private static final String[] OUTPUTS_WITHOUT_AN_APPROVAL = {
        null, "", "approved", "[\"approved\"]", "{}", "{\"out-1\": null}", "{\"out-1\": {}}"
    };
    private static final Map<String, Object> ORDER = Map.of("orderId", "4711");

    @BeforeEach
    void lookOften() {
        set("look.every", "50");
    }

    private Exchange next(String name) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(end(name).getExchanges()).hasSize(1));
        return end(name).getExchanges().get(0);
    }

    private void startApproval(Language language) throws Exception {
        start(HEADING, language, ENDS);
    }

    private static void log(String run, String state) {
        log(run, Map.of("state", state));
    }

    private static void log(String run, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("run_id", run);
        all.put("user_id", "4711");
        if (!all.containsKey("outputs")) { // null is a value here
            all.put("outputs", Map.of("out-0", "Deliver", "out-1", "approved"));
        }
        simulator().logRun("approve", all);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void runThatPausesIsApprovedWhenItEnds(Language language) throws Exception {
        startApproval(language);
        simulator()
                .enqueue(
                        Reply.json(Map.of("run_id", "r-1", "state", "PAUSED", "pause", Map.of(), "outputs", Map.of())));
        send("May we deliver?", ORDER);
        assertThat(next("asked").getMessage().getHeader(StackAiConstants.STATE)).isEqualTo("PAUSED");
        log("r-1", "PAUSED");
        assertThat(next("waiting").getMessage().getHeader(StackAiConstants.USER_ID))
                .isEqualTo("4711");
        assertThat(end("approved").getExchanges()).isEmpty();
        log("r-1", "COMPLETED");
        assertThat(next("approved").getMessage().getBody()).isEqualTo("Deliver");
        assertThat(next("approved").getMessage().getHeader(StackAiConstants.USER_ID))
                .isEqualTo("4711");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void runThatCompletesWithoutApprovalIsRejected(Language language) throws Exception {
        startApproval(language);
        log("r-1", Map.of("state", "COMPLETED", "outputs", Map.of("out-0", "Do not deliver", "out-1", "rejected")));
        next("rejected");
        log("r-2", Map.of("state", "COMPLETED", "outputs", Map.of("out-0", "Deliver")));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(end("rejected").getExchanges()).hasSize(2));
        assertThat(end("approved").getExchanges()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void approvalOfAnOldRunWhileNoProcessRunsIsNotLost(Language language) throws Exception {
        startApproval(language);
        log("r-1", "FAILED");
        next("rejected"); // the consumer has begun
        String date = Instant.now().minus(Duration.ofHours(2)).toString();
        log("r-2", Map.of("state", "PAUSED", "date", date));
        next("waiting");
        context.stop();
        log("r-2", Map.of("state", "COMPLETED", "date", date));

        CamelContext restarted = startAnother(HEADING, language, ENDS);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(end(restarted, "approved").getExchanges()).hasSize(1));
        assertThat(end(restarted, "approved").getExchanges().get(0).getMessage().getHeader(StackAiConstants.RUN_ID))
                .isEqualTo("r-2");
        assertThat(end(restarted, "rejected").getExchanges()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void completedRunWhoseOutputsSayNothingIsRejected(Language language) throws Exception {
        startApproval(language);
        for (String outputs : OUTPUTS_WITHOUT_AN_APPROVAL) {
            Map<String, Object> run = new HashMap<>(Map.of("state", "COMPLETED"));
            run.put("outputs", outputs);
            log("run with " + outputs, run);
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(end("rejected").getExchanges())
                .hasSize(OUTPUTS_WITHOUT_AN_APPROVAL.length));
        assertThat(end("approved").getExchanges()).isEmpty();
        assertThat(failures()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void oneOfTwoProcessesActsOnAnApproval(Language language) throws Exception {
        startApproval(language);
        CamelContext other = startAnother(HEADING, language, ENDS);
        for (String state : List.of("PAUSED", "COMPLETED")) {
            log("r-1", state);
            awaitPolls();
        }
        for (String name : List.of("waiting", "approved")) {
            assertThat(end(name).getReceivedCounter() + end(other, name).getReceivedCounter())
                    .as(name)
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void approvalComesAgainIfTheActionFailsWhileAnotherProcessLooks(Language language) throws Exception {
        startApproval(language);
        CamelContext other = startAnother(HEADING, language, ENDS);
        AtomicInteger attempts = new AtomicInteger();
        for (MockEndpoint approved : List.of(end("approved"), end(other, "approved"))) {
            approved.whenAnyExchangeReceived(exchange -> {
                if (attempts.incrementAndGet() == 1) {
                    awaitPolls(); // those of the other process
                    throw new IllegalStateException("the action failed");
                }
            });
        }
        log("r-1", "COMPLETED");
        await().atMost(PATIENCE).until(() -> attempts.get() >= 2);
        awaitPolls();
        assertThat(attempts).hasValue(2);
    }

    /** What the page warns of: the row is that of a process which was killed while it acted. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void approvalOfAKilledProcessIsToldAgainWhenItsRowIsDeleted(Language language) throws Exception {
        startApproval(language);
        database.update("insert into CAMEL_MESSAGEPROCESSED values ('approvals', 'r-1 COMPLETED', current_timestamp)");
        log("r-1", "COMPLETED");
        awaitPolls();
        assertThat(end("approved").getExchanges()).isEmpty();
        context.stop();
        database.update("delete from CAMEL_MESSAGEPROCESSED where messageId = 'r-1 COMPLETED'");
        CamelContext restarted = startAnother(HEADING, language, ENDS);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(end(restarted, "approved").getExchanges()).hasSize(1));
    }

    /** Until each process has looked twice. */
    private static void awaitPolls() {
        long before = polls();
        await().atMost(PATIENCE).until(() -> polls() >= before + 6);
    }

    private static long polls() {
        return simulator().requests().stream()
                .filter(request -> request.path().startsWith("/analytics/"))
                .count();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void consumerCatchesUpAndTellsWhatFailed(Language language) throws Exception {
        AtomicInteger polls = new AtomicInteger();
        simulator().script(request -> polls.incrementAndGet() <= 3 ? Reply.error(503, "down") : null);
        startApproval(language);
        log("r-2", "FAILED");
        assertThat(next("rejected").getMessage().getHeader(StackAiConstants.RUN_ID))
                .isEqualTo("r-2");
        assertThat(polls).hasValueGreaterThan(3);
    }
}

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
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dead letters in a database. */
class DeadLetterPatternTest extends PatternTest {
    private static final String HEADING = "Dead letters that can be replayed";

    private List<Map<String, Object>> letters() {
        return database.queryForList("select * from dead_letter order by id");
    }

    private void replay() {
        database.execute("update dead_letter set replay = true where may_have_run = false");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void rowSaysWhetherTheRunMayHaveTakenPlace(Language language) throws Exception {
        start(HEADING, language, "answered");
        simulator().enqueue(Reply.error(429, "slow down"), Reply.error(503, "down"));
        send("refused");
        send("unclear");
        assertThat(letters())
                .extracting(row -> row.get("question"), row -> row.get("may_have_run"), row -> row.get("replay"))
                .containsExactly(tuple("refused", false, false), tuple("unclear", true, false));
        assertThat(letters().get(0).get("reason").toString()).contains("slow down");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void whatIsReplayedIsAnsweredAndNoRowIsLeft(Language language) throws Exception {
        start(HEADING, language, "answered");
        simulator().enqueue(Reply.error(429, "slow down"), Reply.error(503, "down"));
        send("refused");
        send("unclear");
        replay();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(letters()).hasSize(1));
        assertThat(end("answered").getExchanges())
                .singleElement()
                .satisfies(answer -> assertThat(answer.getMessage().getBody()).isEqualTo("Answer to: refused"));
        assertThat(letters().get(0)).containsEntry("question", "unclear");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void longQuestionIsKeptAndReplayed(Language language) throws Exception {
        start(HEADING, language, "answered");
        simulator().enqueue(Reply.error(429, "slow down"));
        String question = "long ".repeat(10_000);
        assertThat(send(question).getException()).isNull();
        replay();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(end("answered").getExchanges()).hasSize(1));
        assertThat(end("answered").getExchanges().get(0).getMessage().getBody()).isEqualTo("Answer to: " + question);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void replayThatFailsAgainIsANewRow(Language language) throws Exception {
        down(Outage.CLOSED);
        start(HEADING, language, "answered");
        send("q");
        Object first = letters().get(0).get("id");
        replay();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(letters()).singleElement().satisfies(row -> assertThat(row)
                        .doesNotContainEntry("id", first)
                        .containsEntry("question", "q")
                        .containsEntry("replay", false)));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void questionWhoseAnswerIsLostIsRecordedAsOneThatRan(Language language) throws Exception {
        start(HEADING, language);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:answered").throwException(new IllegalStateException("lost"));
            }
        });
        send("q");
        assertThat(letters()).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("question", "q")
                .containsEntry("reason", "lost")
                .containsEntry("may_have_run", true));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void oneOfTwoProcessesReplaysARow(Language language) throws Exception {
        start(HEADING, language, "answered");
        simulator().enqueue(Reply.error(429, "slow down"));
        send("q");
        startAnother(HEADING, language, "answered");
        CompletableFuture<Void> release = new CompletableFuture<>();
        simulator().script(request -> Reply.usual().when(release));
        replay();
        await().atMost(PATIENCE).until(() -> simulator().openRequests() == 1);
        assertThat(letters()).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("may_have_run", true)
                .containsEntry("replay", false));
        await().during(Duration.ofMillis(1800)) // the other one begins after a second, and polls each half
                .atMost(PATIENCE)
                .until(() -> simulator().openRequests() == 1);
        release.complete(null);
        await().atMost(PATIENCE).until(() -> letters().isEmpty());
        assertThat(asked("triage")).hasSize(2);
    }
}

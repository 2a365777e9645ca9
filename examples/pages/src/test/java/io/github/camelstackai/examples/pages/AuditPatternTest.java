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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.Reply;
import java.sql.Timestamp;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An audit log in a database. */
class AuditPatternTest extends PatternTest {
    private static final String HEADING = "An audit log with masked texts";
    private static final String QUESTION = "I am ann@example.com and wait for 4711";

    private Map<String, Object> row() {
        return database.queryForMap("select * from audit");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void questionAndAnswerAreRecordedWithoutAddressesAndNumbers(Language language) throws Exception {
        start(HEADING, language);
        Exchange exchange = send(QUESTION);
        assertThat(exchange.getMessage().getBody()).isEqualTo("Answer to: " + QUESTION);
        assertThat(row())
                .containsEntry("question", "I am [mail] and wait for ####")
                .containsEntry("answer", "Answer to: I am [mail] and wait for ####")
                .containsEntry("run_id", exchange.getMessage().getHeader(StackAiConstants.RUN_ID))
                .containsEntry("failure", null);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void answerThatIsAnObjectIsRecordedAsText(Language language) throws Exception {
        start(HEADING, language);
        Map<String, Object> answer = Map.of("text", QUESTION);
        simulator().enqueue(Reply.json(Map.of("run_id", "run-a", "outputs", Map.of("out-0", answer))));
        Exchange exchange = send("q");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(answer);
        assertThat(row())
                .containsEntry("run_id", "run-a")
                .containsEntry("answer", "{\"text\":\"I am [mail] and wait for ####\"}")
                .containsEntry("failure", null);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void failureIsRecordedByItsKind(Language language) throws Exception {
        down(Outage.UNAVAILABLE);
        start(HEADING, language);
        assertThat(send(QUESTION).getException()).isInstanceOf(StackAiOperationFailedException.class);
        assertThat(row())
                .containsEntry("question", "I am [mail] and wait for ####")
                .containsEntry("answer", null)
                .containsEntry("failure", "StackAiOperationFailedException");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void exchangeFailsIfTheRowCannotBeWritten(Language language) throws Exception {
        start(HEADING, language);
        database.execute("drop table audit");
        assertThat(send(QUESTION).getException()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void rowIsOfThisCallAlone(Language language) throws Exception {
        start(HEADING, language);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:caught")
                        .doTry()
                        .throwException(new IllegalStateException("earlier"))
                        .doCatch(IllegalStateException.class)
                        .to("direct:start")
                        .setBody(constant("second question"))
                        .to("direct:start")
                        .end();
            }
        });
        simulator().enqueue(Reply.usual(), Reply.error(503, "down"));
        template.send("direct:caught", exchange -> exchange.getMessage().setBody("first question"));
        assertThat(database.queryForList("select * from audit order by question"))
                .extracting(row -> row.get("answer"), row -> row.get("failure"))
                .containsExactly(
                        tuple("Answer to: first question", null), tuple(null, "StackAiOperationFailedException"));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void longTextsAreRecorded(Language language) throws Exception {
        start(HEADING, language);
        String question = "long ".repeat(10_000);
        assertThat(send(question).getException()).isNull();
        assertThat(row()).containsEntry("question", question).containsEntry("answer", "Answer to: " + question);
    }

    /** So a process that is killed leaves none. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void rowIsWrittenAtTheEnd(Language language) throws Exception {
        start(HEADING, language);
        CompletableFuture<Void> release = new CompletableFuture<>();
        simulator().enqueue(Reply.usual().when(release));
        CompletableFuture<Object> answer = template.asyncRequestBody("direct:start", (Object) "q");
        await().atMost(PATIENCE).until(() -> simulator().openRequests() == 1);
        assertThat(database.queryForList("select * from audit")).isEmpty();
        Timestamp released = database.queryForObject("select current_timestamp", Timestamp.class);
        release.complete(null);
        assertThat(answer).succeedsWithin(PATIENCE);
        assertThat((Timestamp) row().get("recorded_at")).isAfterOrEqualTo(released);
    }
}

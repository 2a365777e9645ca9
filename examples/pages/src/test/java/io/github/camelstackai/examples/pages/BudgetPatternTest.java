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

import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.Reply;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A budget in a database. */
class BudgetPatternTest extends PatternTest {
    private static final String HEADING = "A budget for a day";

    private int spent() {
        return database.queryForObject("select runs from budget", Integer.class);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void nothingIsSentWhenTheBudgetIsSpent(Language language) throws Exception {
        start(HEADING, language);
        database.execute("update budget set runs = 999, spent_on = '" + today() + "'");
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
        assertThat(send("q").getException())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The budget of today is spent");
        assertThat(asked("triage")).hasSize(1);
        assertThat(spent()).isEqualTo(1000);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void eachDayHasABudgetOfItsOwn(Language language) throws Exception {
        start(HEADING, language);
        database.execute("update budget set runs = 1000, spent_on = '2026-01-01'");
        assertThat(send("q").getException()).isNull();
        assertThat(spent()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void callThatDidNotRunReturnsItsPart(Language language) throws Exception {
        start(HEADING, language);
        simulator().enqueue(Reply.error(429, "slow down"), Reply.error(503, "down"));
        send("refused");
        assertThat(spent()).isZero();
        send("unclear");
        assertThat(spent()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void callWithoutAConnectionReturnsItsPart(Language language) throws Exception {
        down(Outage.CLOSED);
        start(HEADING, language);
        send("q");
        assertThat(spent()).isZero();
    }

    /** The first call of a fallback leaves the property false. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void callThatTookNoPartReturnsNone(Language language) throws Exception {
        start(HEADING, language);
        database.execute("update budget set runs = 1000, spent_on = '" + today() + "'");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:fallback")
                        .doTry()
                        .to("stackai:run:other")
                        .doCatch(Exception.class)
                        .to("direct:start")
                        .end();
            }
        });
        simulator().script("other", request -> Reply.error(429, "slow down"));
        assertThat(template.send("direct:fallback", question -> {}).getException())
                .hasMessage("The budget of today is spent");
        assertThat(spent()).isEqualTo(1000);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void callOfYesterdayReturnsNoPartOfToday(Language language) throws Exception {
        start(HEADING, language);
        CompletableFuture<Void> midnight = new CompletableFuture<>();
        simulator().enqueue(Reply.error(429, "slow down").when(midnight));
        CompletableFuture<Exchange> call = template.asyncSend("direct:start", question -> {});
        await().atMost(PATIENCE).until(() -> simulator().openRequests() == 1);
        database.execute("update budget set runs = 5, spent_on = '" + today().plusDays(1) + "'");
        midnight.complete(null);
        assertThat(call).succeedsWithin(PATIENCE);
        assertThat(spent()).isEqualTo(5);
    }

    /** Clocks differ by a little. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void processThatIsStillInYesterdayCountsForToday(Language language) throws Exception {
        start(HEADING, language);
        LocalDate tomorrow = today().plusDays(1);
        database.execute("update budget set runs = 5, spent_on = '" + tomorrow + "'");
        assertThat(send("q").getException()).isNull();
        assertThat(database.queryForMap("select * from budget"))
                .containsEntry("runs", 6)
                .containsEntry("spent_on", tomorrow.toString());
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }
}

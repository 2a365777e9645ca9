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

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.Reply;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The patterns of docs/patterns.md below "Several runs for one answer". */
class CombiningPatternTest extends PatternTest {
    private static final String MANY_INTO_ONE = "Many answers into one";
    private static final String THE_BEST = "Ask several flows and take the best";

    /** 45 paragraphs, which are three parts. */
    private static final String DOCUMENT =
            IntStream.range(0, 45).mapToObj(i -> "Paragraph " + i).collect(Collectors.joining("\n\n"));

    private static Map<String, Object> summary(Map<String, Object> inputs) {
        String part = inputs.get("in-0").toString();
        return Map.of("out-0", part.lines().findFirst().orElseThrow() + " of " + part.split("\n\n").length);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void partsAreSummarisedAtOnceAndCombinedInTheirOrder(Language language) throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        simulator().flow("summarise", CombiningPatternTest::summary);
        simulator().script("summarise", request -> Reply.usual().when(release));
        start(MANY_INTO_ONE, language);
        CompletableFuture<String> answer = template.asyncRequestBody("direct:start", DOCUMENT, String.class);
        await().atMost(PATIENCE).until(() -> simulator().openRequests() == 3);
        release.complete(null);
        assertThat(answer)
                .succeedsWithin(PATIENCE)
                .isEqualTo("Answer to: Paragraph 0 of 20\n\nParagraph 20 of 20\n\nParagraph 40 of 5");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void nothingIsCombinedIfAPartFails(Language language) throws Exception {
        simulator()
                .script(
                        "summarise",
                        request -> request.text().contains("Paragraph 20") ? Reply.error(503, "down") : null);
        start(MANY_INTO_ONE, language);
        assertThat(send(DOCUMENT).getException(StackAiOperationFailedException.class))
                .isNotNull();
        assertThat(asked("combine")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void judgeHasAllAnswers(Language language) throws Exception {
        start(THE_BEST, language);
        simulator().flow("careful", inputs -> Map.of("out-0", "perhaps"));
        simulator().flow("fast", inputs -> Map.of("out-0", "yes"));
        simulator().flow("judge", inputs -> Map.of("out-0", "best"));
        assertThat(send("Is it?").getMessage().getBody()).isEqualTo("best");
        assertThat(asked("judge").get(0).json().get("in-0")).isEqualTo("Question: Is it?\nAnswers:\nperhaps\nyes");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void judgeHasTheAnswersOfTheFlowsThatDidNotFail(Language language) throws Exception {
        start(THE_BEST, language);
        simulator().script("careful", request -> Reply.error(503, "down"));
        simulator().flow("fast", inputs -> Map.of("out-0", "yes"));
        send("Is it?");
        assertThat(asked("judge").get(0).json().get("in-0")).isEqualTo("Question: Is it?\nAnswers:\nyes");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void judgeIsNotAskedWithoutAnAnswer(Language language) throws Exception {
        down(Outage.UNAVAILABLE);
        start(THE_BEST, language);
        assertThat(send("Is it?").getException()).hasMessage("no flow answered");
        assertThat(asked("judge")).isEmpty();
    }

    /** Each row: the flow that fails behind or beside runs, and its status. */
    private static final String[][] FAILURES = {
        {MANY_INTO_ONE, "summarise", "429"},
        {MANY_INTO_ONE, "combine", "429"},
        {MANY_INTO_ONE, "combine", "503"},
        {THE_BEST, "judge", "429"},
        {THE_BEST, "judge", "503"},
    };

    static Stream<Arguments> rows() {
        return Arrays.stream(FAILURES).flatMap(row -> Arrays.stream(Language.values())
                .map(language -> Arguments.of(row[0], row[1], Integer.parseInt(row[2]), language)));
    }

    /** What a caller does that must not pay twice. */
    @ParameterizedTest
    @MethodSource("rows")
    void callerKnowsThatRunsHaveTakenPlace(String heading, String flow, int status, Language language)
            throws Exception {
        start(heading, language);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:caller")
                        .doTry()
                        .to("direct:start")
                        .doCatch(Exception.class)
                        .onWhen(exchangeProperty("CamelStackAiMayHaveRun").isNotEqualTo(false))
                        .to("mock:unclear")
                        .end();
            }
        });
        AtomicInteger calls = new AtomicInteger();
        simulator()
                .script(
                        flow,
                        request -> flow.equals("summarise") && calls.incrementAndGet() < 3
                                ? null
                                : Reply.error(status, "no"));
        template.send("direct:caller", exchange -> exchange.getMessage().setBody(DOCUMENT));
        assertThat(end("unclear").getExchanges()).hasSize(1);
    }
}

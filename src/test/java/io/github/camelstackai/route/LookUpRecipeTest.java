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
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recipe of docs/errors.md that looks a call up in the log of runs before it sends it again. */
class LookUpRecipeTest extends RouteTest {
    private static final Path PAGE = Path.of("docs/errors.md");

    /** The language of the recipe. */
    enum Language {
        JAVA,
        YAML
    }

    private static final class Recipe extends RouteBuilder {
        @Override
        public void configure() {
            from("direct:start")
                    .setProperty("question", body())
                    .setHeader("CamelStackAiUserId", simple("${exchangeId}"))
                    .doTry()
                    .to("stackai:run:triage?responseTimeout={{answer.within:2m}}")
                    .doCatch(Exception.class)
                    .onWhen(simple("${exchangeProperty.CamelStackAiMayHaveRun} == true"))
                    .to("direct:recover")
                    .end();

            from("direct:recover")
                    .errorHandler(noErrorHandler())
                    .setBody(simple("${empty(list)}"))
                    .loop(10)
                    .filter(simple("${body.size} == 0"))
                    .delay(simple("{{look.up.every:30000}}"))
                    .asyncDelayed()
                    .end()
                    .to("stackai:runs:triage?startFrom=24h")
                    .end()
                    .end()
                    .choice()
                    .when(simple("${body.size} == 0"))
                    .setBody(exchangeProperty("question"))
                    .to("stackai:run:triage?responseTimeout={{answer.within:2m}}")
                    .otherwise()
                    .setHeader("CamelStackAiRunId", simple("${body[0][run_id]}"))
                    .setHeader("CamelStackAiState", simple("${body[0][state]}"))
                    .setBody(simple("${body[0][outputs][out-0]}"));
        }
    }

    private void start(Language language) throws Exception {
        context.getPropertiesComponent().addInitialProperty("answer.within", "200ms");
        context.getPropertiesComponent().addInitialProperty("look.up.every", "20");
        if (language == Language.JAVA) {
            context.addRoutes(new Recipe());
        } else {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("recover.yaml", onPage("yaml")));
        }
        context.start();
    }

    /** The reply to the first request that fits, instead of the service's. */
    private void replyOnce(Predicate<RecordedRequest> to, Reply reply) {
        AtomicBoolean done = new AtomicBoolean();
        stackAi().script(request -> to.test(request) && !done.getAndSet(true) ? reply : null);
    }

    private static boolean isRun(RecordedRequest request) {
        return request.path().contains("/run/");
    }

    private List<RecordedRequest> requests(Predicate<RecordedRequest> which) {
        return stackAi().requests().stream().filter(which).toList();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void runThatTookPlaceIsFoundAndNotSentAgain(Language language) throws Exception {
        start(language);
        replyOnce(LookUpRecipeTest::isRun, Reply.usual().after(Duration.ofSeconds(20)));

        Exchange exchange = send("q");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("Answer to: q");
        assertThat(stackAi().runs()).singleElement().satisfies(run -> assertThat(
                        exchange.getMessage().getHeader(StackAiConstants.RUN_ID))
                .isEqualTo(run.runId()));
        assertThat(exchange.getMessage().getHeader(StackAiConstants.STATE)).isEqualTo("COMPLETED");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void runThatDidNotTakePlaceIsSentAgainAfterTheLastLook(Language language) throws Exception {
        start(language);
        stackAi().logRun("triage", Map.of("user_id", "another"));
        replyOnce(LookUpRecipeTest::isRun, Reply.reset());

        Exchange exchange = send("q");

        assertThat(exchange.getMessage().getBody()).isEqualTo("Answer to: q");
        assertThat(requests(LookUpRecipeTest::isRun)).hasSize(2);
        assertThat(requests(request -> !isRun(request))).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void runIsNotSentAgainIfTheLogCannotBeRead(Language language) throws Exception {
        start(language);
        stackAi().script(request -> isRun(request) ? Reply.reset() : Reply.error(503, "no log"));

        assertThat(send("q").getException())
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContaining("no log");
        assertThat(requests(LookUpRecipeTest::isRun)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void whatSurelyDidNotRunFailsWithoutALook(Language language) throws Exception {
        start(language);
        stackAi().enqueue(Reply.error(422, "no such input"));

        assertThat(send("q").getException()).isInstanceOf(StackAiOperationFailedException.class);
        assertThat(stackAi().requests()).hasSize(1);
    }

    @Test
    void pageShowsTheRecipe() throws IOException {
        String source =
                Files.readString(Path.of("src/test/java", getClass().getName().replace('.', '/') + ".java"));
        assertThat(squeeze(source)).contains(squeeze(onPage("java")));
    }

    /** The first code block in {@code language} below the heading of the recipe. */
    private static String onPage(String language) throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("```" + language + "\n", page.indexOf("## Recovery after a time-out"));
        return page.substring(page.indexOf('\n', start) + 1, page.indexOf("\n```", start) + 1);
    }

    private static String squeeze(String code) {
        return code.replaceAll("\\s+", "");
    }
}

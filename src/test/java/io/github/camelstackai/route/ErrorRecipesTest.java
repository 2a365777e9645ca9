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

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.route.ErrorRecipe.Language;
import io.github.camelstackai.simulator.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes of docs/errors.md are these, and do what they promise, in Java, YAML and XML. */
class ErrorRecipesTest extends RouteTest {
    private static final String MAY_HAVE_RUN = "CamelStackAiMayHaveRun";

    static Stream<Arguments> busy() {
        return Arrays.stream(Language.values())
                .flatMap(language -> IntStream.of(429, 500, 503).mapToObj(status -> Arguments.of(language, status)));
    }

    @ParameterizedTest
    @MethodSource("busy")
    void serviceBusyRepeatsAStatus(Language language, int status) throws Exception {
        ErrorRecipe.SERVICE_BUSY.start(context, language);
        stackAi().enqueue(Reply.error(status, "slow down"));
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
        assertRequests(2);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void serviceBusyGivesUpAfterThreeRedeliveries(Language language) throws Exception {
        ErrorRecipe.SERVICE_BUSY.start(context, language);
        stackAi().script(request -> Reply.error(503, "?"));
        assertThat(send("q").getException()).isInstanceOf(StackAiOperationFailedException.class);
        assertRequests(4);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void serviceBusyDoesNotRepeatAFailedRun(Language language) throws Exception {
        ErrorRecipe.SERVICE_BUSY.start(context, language);
        stackAi().enqueue(failedRun());
        assertThat(send("q").getException()).isInstanceOf(StackAiRunFailedException.class);
        stackAi().enqueue(Reply.error(429, "slow down"), failedRun());
        assertThat(send("q").getException()).isInstanceOf(StackAiRunFailedException.class);
        assertRequests(3);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void nothingLostKeepsTheMessageTheReasonAndTheRun(Language language) throws Exception {
        MockEndpoint failed = failed();
        ErrorRecipe.NOTHING_LOST.start(context, language);
        failed.expectedBodiesReceived("q");
        failed.expectedHeaderReceived("CamelStackAiRunId", "r-1");
        failed.expectedHeaderReceived("mayHaveRun", true);
        stackAi().enqueue(failedRun());
        assertThat(send("q").getException()).isNull();
        failed.assertIsSatisfied();
        assertThat(failed.getExchanges().get(0).getMessage().getHeader("reason", String.class))
                .contains("r-1", "no credits");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void nothingLostKeepsWhatBrokeOnTheWire(Language language) throws Exception {
        MockEndpoint failed = failed();
        ErrorRecipe.NOTHING_LOST.start(context, language);
        failed.expectedBodiesReceived("q");
        failed.expectedHeaderReceived("mayHaveRun", true);
        stackAi().enqueue(Reply.reset());
        assertThat(send("q").getException()).isNull();
        failed.assertIsSatisfied();
    }

    @Test
    void propertyIsThatOfTheLastCall() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).continued(true);
                from("direct:start")
                        .to("stackai:run:f")
                        .setProperty("first", exchangeProperty(MAY_HAVE_RUN))
                        .to("stackai:run:f");
            }
        });
        context.start();
        stackAi().enqueue(Reply.error(429, "slow down"));
        Exchange exchange = send("q");
        assertThat(exchange.getProperty("first")).isEqualTo(false);
        assertThat(exchange.getProperty(MAY_HAVE_RUN)).isNull();
    }

    @Test
    void pageShowsTheseRecipesAndNoOthers() throws IOException {
        String source = squeeze(Files.readString(
                Path.of("src/test/java", ErrorRecipe.class.getName().replace('.', '/') + ".java")));
        assertThat(ErrorRecipe.headings())
                .containsExactlyElementsOf(Arrays.stream(ErrorRecipe.values())
                        .map(ErrorRecipe::heading)
                        .toList());
        for (ErrorRecipe recipe : ErrorRecipe.values()) {
            assertThat(source).contains(squeeze(recipe.onPage(Language.JAVA)));
        }
    }

    /** {@code ${exception.statusCode}} and its like need camel-bean, which an application may not have. */
    @Test
    void recipesNeedNoCamelBean() {
        for (ErrorRecipe recipe : ErrorRecipe.values()) {
            for (Language language : Language.values()) {
                assertThat(recipe.onPage(language)).doesNotContainPattern("\\$\\{exception\\.(?!message})");
            }
        }
    }

    private static Reply failedRun() {
        return Reply.json(Map.of("run_id", "r-1", "error", "no credits"));
    }

    private MockEndpoint failed() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:failed").to("mock:failed");
            }
        });
        return context.getEndpoint("mock:failed", MockEndpoint.class);
    }

    private void assertRequests(int count) {
        assertThat(stackAi().requestCount()).isEqualTo(count);
    }

    private static String squeeze(String code) {
        return code.replaceAll("\\s+", "");
    }
}

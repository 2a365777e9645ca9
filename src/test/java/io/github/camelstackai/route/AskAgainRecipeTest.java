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

import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.simulator.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recipe of docs/inputs-and-outputs.md that validates an answer, and asks once more. */
class AskAgainRecipeTest extends RouteTest {
    private static final Path PAGE = Path.of("docs/inputs-and-outputs.md");
    private static final String INVALID = "{\"title\": \"Bill\", \"priority\": 9}";
    private static final String VALID = "{\"title\": \"Bill\", \"priority\": 2}";

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
                    .doTry()
                    .to("direct:ask")
                    .doCatch(StackAiResponseException.class, ValidationException.class)
                    .setBody(simple("${exchangeProperty.question}\n\nYour last answer was refused: ${exception.message}"
                            + "\nAnswer with one JSON object of a title and a priority from 1 to 5, and nothing else."))
                    .to("direct:ask")
                    .end();

            from("direct:ask")
                    .errorHandler(noErrorHandler())
                    .to("stackai:run:triage?outputFormat=json")
                    .to("json-validator:recipes/ticket.schema.json");
        }
    }

    private void start(Language language) throws Exception {
        if (language == Language.JAVA) {
            context.addRoutes(new Recipe());
        } else {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("again.yaml", onPage("yaml")));
        }
        context.start();
    }

    private static Reply output(String text) {
        return Reply.json(Map.of("outputs", Map.of("out-0", text), "run_id", "r1"));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void validAnswerIsAskedForOnce(Language language) throws Exception {
        start(language);
        stackAi().enqueue(output("```json\n" + VALID + "\n```"));
        assertThat(send("My bill").getMessage().getBody()).isEqualTo(Map.of("title", "Bill", "priority", 2));
        assertThat(stackAi().requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void invalidAnswerIsAskedForAgainWithWhatWasWrong(Language language) throws Exception {
        start(language);
        stackAi().enqueue(output(INVALID), output(VALID));
        Exchange exchange = send("My bill");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("title", "Bill", "priority", 2));
        assertThat(sentInputs()).isEqualTo(Map.of("in-0", "My bill"));
        assertThat(sentInputs().get("in-0").toString()).startsWith("My bill").contains("priority", "maximum");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void proseIsAskedForAgainAndFailsTheSecondTime(Language language) throws Exception {
        start(language);
        stackAi().enqueue(output("It is urgent."), output("I said it is urgent."));
        Exchange exchange = send("My bill");
        assertThat(exchange.getException())
                .isInstanceOfSatisfying(StackAiResponseException.class, e -> assertThat(e.getText())
                        .isEqualTo("I said it is urgent."));
        assertThat(sentInputs()).hasSize(1);
        assertThat(sentInputs().get("in-0").toString()).contains("cannot be read as JSON", "It is urgent.");
        assertThat(stackAi().requests()).hasSize(2);
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
        int start = page.indexOf("```" + language + "\n", page.indexOf("### Validate, and ask again"));
        return page.substring(page.indexOf('\n', start) + 1, page.indexOf("\n```", start) + 1);
    }

    private static String squeeze(String code) {
        return code.replaceAll("\\s+", "");
    }
}

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

import io.github.camelstackai.StackAiOperationFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A recipe of docs/errors.md: its Java code is below, its YAML and XML are read from the page. */
enum ErrorRecipe {
    NEVER_TWICE("Never twice"),
    GATEWAY_DOWN("The gateway is down"),
    SERVICE_BUSY("The service is busy"),
    NOTHING_LOST("Nothing is lost");

    /** The language that a recipe is written in. */
    enum Language {
        JAVA,
        YAML,
        XML
    }

    private static final Path PAGE = Path.of("docs/errors.md");

    private final String heading;

    ErrorRecipe(String heading) {
        this.heading = heading;
    }

    /** Starts {@code context} with the recipe's routes and without their delays, so that tests do not wait for them. */
    void start(CamelContext context, Language language) throws Exception {
        addTo(context, language);
        policies(context).forEach(policy -> policy.redeliveryDelay(10).maximumRedeliveryDelay(10));
        context.start();
    }

    /** Starts {@code context} with a tenth of each delay on the page. */
    void startWithDelays(CamelContext context, Language language) throws Exception {
        addTo(context, language);
        policies(context).forEach(policy -> policy.redeliveryDelay(Long.parseLong(policy.getRedeliveryDelay()) / 10));
        context.start();
    }

    private static Stream<RedeliveryPolicyDefinition> policies(CamelContext context) {
        return context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions().stream()
                .flatMap(route -> route.getOutputs().stream())
                .filter(OnExceptionDefinition.class::isInstance)
                .map(clause -> ((OnExceptionDefinition) clause).getRedeliveryPolicyType())
                .filter(Objects::nonNull);
    }

    private void addTo(CamelContext context, Language language) throws Exception {
        if (language == Language.JAVA) {
            context.addRoutes(java());
        } else {
            String file = name() + "." + language.name().toLowerCase(Locale.ROOT);
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(file, onPage(language)));
        }
    }

    private RouteBuilder java() {
        return switch (this) {
            case NEVER_TWICE -> new NeverTwice();
            case GATEWAY_DOWN -> new GatewayDown();
            case SERVICE_BUSY -> new ServiceBusy();
            case NOTHING_LOST -> new NothingLost();
        };
    }

    /** The code block of the page. */
    String onPage(Language language) {
        String fence = "```" + language.name().toLowerCase(Locale.ROOT);
        Matcher block = Pattern.compile(
                        "^### " + heading + "$.*?^" + fence + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(page());
        if (!block.find()) {
            throw new AssertionError(PAGE + " has no " + language + " below " + heading);
        }
        return block.group(1);
    }

    /** The headings below "Redelivery" on the page. */
    static List<String> headings() {
        String section = page().substring(page().indexOf("\n## Redelivery\n"));
        return Pattern.compile("^### (.*)$", Pattern.MULTILINE)
                .matcher(section)
                .results()
                .map(heading -> heading.group(1))
                .toList();
    }

    String heading() {
        return heading;
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class NeverTwice extends RouteBuilder {
        @Override
        public void configure() {
            onException(StackAiOperationFailedException.class, IOException.class)
                    .retryWhile(simple("${exchangeProperty.CamelStackAiMayHaveRun} == false"
                            + " && ${header.CamelRedeliveryCounter} <= 5"))
                    .redeliveryDelay(2000)
                    .asyncDelayedRedelivery();

            from("direct:start").to("stackai:run:book-the-order");
        }
    }

    private static final class GatewayDown extends RouteBuilder {
        @Override
        public void configure() {
            onException(Exception.class)
                    .retryWhile(simple("${exchangeProperty.CamelStackAiMayHaveRun} == false"
                            + " && ${exception} is 'java.io.IOException'"))
                    .redeliveryDelay(1000)
                    .useExponentialBackOff()
                    .backOffMultiplier(2)
                    .maximumRedeliveryDelay(60_000)
                    .asyncDelayedRedelivery();

            from("direct:start").to("stackai:run:triage");
        }
    }

    private static final class ServiceBusy extends RouteBuilder {
        @Override
        public void configure() {
            onException(Exception.class)
                    .retryWhile(simple("${exception} is 'io.github.camelstackai.StackAiOperationFailedException'"
                            + " && ${header.CamelRedeliveryCounter} <= 3"))
                    .redeliveryDelay(2000)
                    .useExponentialBackOff()
                    .backOffMultiplier(2)
                    .asyncDelayedRedelivery();

            from("direct:start").to("stackai:run:triage");
        }
    }

    private static final class NothingLost extends RouteBuilder {
        @Override
        public void configure() {
            onException(Exception.class)
                    .handled(true)
                    .setHeader("reason", simple("${exception.message}"))
                    .setHeader("mayHaveRun", exchangeProperty("CamelStackAiMayHaveRun"))
                    .to("direct:failed");

            from("direct:start").to("stackai:run:triage");
        }
    }
}

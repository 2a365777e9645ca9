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

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A block of code on a page.
 *
 * @param line its line on the page
 */
record Snippet(int line, String language, String code) {
    private static final String IMPORTS = """
            import io.github.camelstackai.*;
            import java.io.*;
            import java.net.*;
            import java.nio.charset.StandardCharsets;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.concurrent.atomic.*;
            import org.apache.camel.*;
            import org.apache.camel.builder.*;
            import org.apache.hc.client5.http.impl.routing.*;
            """;

    /** Imports of snippets for tests. */
    private static final String TEST_IMPORTS = """
            import static org.assertj.core.api.Assertions.assertThat;
            import static org.awaitility.Awaitility.await;
            import io.github.camelstackai.simulator.*;
            import org.junit.jupiter.api.Test;
            import org.junit.jupiter.api.extension.RegisterExtension;
            """;

    /** The imports that a snippet begins with, for what {@link #IMPORTS} lacks. */
    private static final Pattern OWN_IMPORTS = Pattern.compile("\\A(import [\\w.]+;\n)+");

    /** What snippets use without declaring it. */
    private static final Map<String, String> CONTEXT = Map.of(
            "template", "ProducerTemplate template;",
            "question", "String question;",
            "context", "CamelContext context;",
            "component", "StackAiComponent component = new StackAiComponent();",
            "vault", "interface Vault { CompletionStage<String> read(String name); } Vault vault;",
            "release", "CompletableFuture<Void> release;",
            "simulator", "StackAiSimulator simulator;");

    boolean isJava() {
        return language.equals("java");
    }

    /**
     * Whether it is routes that can be started. A test of the component runs those that need a JSON schema, and {@link
     * KafkaPatternTest} those that need a broker.
     */
    boolean isRoutes() {
        return !code.contains("json-validator:")
                && !code.contains("kafka:")
                && switch (language) {
                    case "java" -> isJavaRoute();
                    case "yaml" -> true;
                    case "xml" -> code.contains("<route");
                    default -> false;
                };
    }

    private boolean isJavaRoute() {
        return code.matches("(?s)(\\s*(\\.|from\\(|onException\\(|errorHandler\\()|.*\nfrom\\().*")
                && !code.contains("baseUrl=");
    }

    String className() {
        return "Line" + line;
    }

    /** The snippet as it can be compiled. */
    String source() {
        if (isJavaRoute()) {
            return IMPORTS
                    + ownImports()
                    + "public class %s extends RouteBuilder {\n@Override public void configure() throws Exception {\n%s\n}}\n"
                            .formatted(className(), route());
        }
        String imports = IMPORTS + (isTest() ? TEST_IMPORTS : "");
        return imports + "class %s {\n%s\n%s\n}\n".formatted(className(), context(), members());
    }

    private String ownImports() {
        Matcher imports = OWN_IMPORTS.matcher(code);
        return imports.find() ? imports.group() : "";
    }

    private String route() {
        String statements = OWN_IMPORTS.matcher(code).replaceFirst("");
        String route =
                code.stripLeading().startsWith(".") ? "from(\"direct:start\")" + code.stripTrailing() : statements;
        return route.replaceAll("\\s*//.*", "").stripTrailing().endsWith(";") ? route : route + "\n;";
    }

    private boolean isTest() {
        return code.matches("(?s).*(simulator|Reply\\.|@Test|await\\().*");
    }

    private String context() {
        String declared = code.replaceAll("(?s)\"(\\\\.|[^\"\\\\])*\"", "");
        return CONTEXT.entrySet().stream()
                .filter(name -> Pattern.compile("\\b" + name.getKey() + "\\b")
                        .matcher(declared)
                        .find())
                .filter(name -> !Pattern.compile("[\\w>] " + name.getKey() + "\\s*[=;),]")
                        .matcher(declared)
                        .find())
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("\n"));
    }

    private String members() {
        long open = code.chars().filter(c -> c == '{').count()
                - code.chars().filter(c -> c == '}').count();
        if (code.matches("(?s)\\s*(@|public class|class).*")) {
            return code + "}".repeat((int) Math.max(0, open));
        }
        String statements = code.startsWith("\"") ? "String uri = " + code.stripTrailing() + ";" : code;
        return "void run() throws Exception {\n" + statements + "\n}";
    }
}

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
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every snippet of a page compiles and runs in a project with the component and the dependencies that the page names. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SnippetsTest {
    private static final Path ROOT = Path.of(System.getProperty("root")).toAbsolutePath();
    private static final Path RUNNER =
            Path.of("src/test/java", SnippetRunner.class.getName().replace('.', '/') + ".java");

    /** The class that pages name. */
    private static final Path TICKET = Path.of("src/test/java/com/acme/Ticket.java");

    /** The pages that are tried at the same time; their routes mostly wait. */
    private static final ExecutorService PAGES = Executors.newFixedThreadPool(3);

    private static StackAiSimulator simulator;
    private static PageClassPath classPaths;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        classPaths = new PageClassPath(ROOT);
        Set<String> refused = ConcurrentHashMap.newKeySet();
        simulator = StackAiSimulator.start();
        simulator.script(request -> isBusy(request) && refused.add(request.text())
                ? Reply.error(429, "Slow down").header("Retry-After", "1")
                : null);
        for (String state : List.of("FAILED", "PAUSED", "COMPLETED")) { // dated so that each consumer finds them new
            simulator.logRun(
                    "triage",
                    Map.of(
                            "state",
                            state,
                            "date",
                            Instant.now().plus(1, ChronoUnit.HOURS).toString()));
        }
    }

    private static boolean isBusy(RecordedRequest request) {
        return request.text().contains("busy ");
    }

    @AfterAll
    static void stop() {
        PAGES.shutdownNow();
        simulator.close();
    }

    @TestFactory
    Stream<DynamicTest> snippetsOfAPage() throws IOException {
        List<Page> pages = Page.all(ROOT).stream()
                .filter(page -> page.snippets().stream().anyMatch(snippet -> snippet.isJava() || snippet.isRoutes()))
                .toList();
        Map<Page, Future<String>> failures = new HashMap<>();
        pages.forEach(page -> failures.put(page, PAGES.submit(() -> failures(page))));
        return pages.stream()
                .map(page -> dynamicTest(
                        page.name(), () -> assertThat(failures.get(page).get())
                                .as(page.name())
                                .isEmpty()));
    }

    /** What the page does not name is not there: the test would find a recipe that needs more. */
    @Test
    void pageThatNamesTooLittleFails() throws Exception {
        String recipe = "```java\nonException(Exception.class).retryWhile(simple(\"${exception.retryable}\"));\n"
                + "from(\"direct:start\").to(\"stackai:run:triage\");\n```\n";
        Page page = new Page(
                "page", "Besides `camel-stackai`, the snippets need `camel-main` and `camel-direct`.\n" + recipe);
        assertThat(failures(page)).contains("NoSuchLanguageException", "bean");
    }

    /** Returns what the compiler and the runner say, with the line of each snippet; nothing if all is well. */
    private String failures(Page page) throws Exception {
        Path work = Files.createDirectories(folder.resolve(page.name()));
        String classPath = classPaths.of(page.dependencies());
        List<Path> sources = new ArrayList<>(List.of(RUNNER, TICKET));
        List<Path> routes = new ArrayList<>();
        for (Snippet snippet : page.snippets()) {
            Path file = work.resolve(snippet.className() + "." + snippet.language());
            Files.writeString(file, snippet.isJava() ? snippet.source() : snippet.code());
            if (snippet.isJava()) {
                sources.add(file);
            }
            if (snippet.isRoutes() || snippet.language().equals("sql")) {
                routes.add(file);
            }
        }
        String errors = SnippetCompiler.compile(sources, classPath, work);
        return errors.isEmpty() && !routes.isEmpty() ? run(routes, classPath, work) : errors;
    }

    private static String run(List<Path> routes, String classPath, Path work) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=16", // routes that wait
                "-cp",
                work + File.pathSeparator + classPath,
                SnippetRunner.class.getName(),
                simulator.baseUrl()));
        routes.forEach(file -> command.add(file.toString()));
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : output;
        } finally {
            process.destroyForcibly();
        }
    }
}

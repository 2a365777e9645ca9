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
package io.github.camelstackai.examples.quickstart;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.util.FileUtil;

/** Answers a folder of support tickets with a StackAI flow, or streams the answer to one question. */
public final class Quickstart {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int NOT_STARTED = 2;

    private final Map<String, String> settings;
    private final PrintStream out;

    /** @param settings properties that override {@code application.properties} */
    Quickstart(Map<String, String> settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        System.exit(new Quickstart(Map.of(), System.out).run());
    }

    /**
     * Reads the system properties {@code tickets}, a folder; {@code example.work}, a folder for copies and results; and
     * {@code ask}, a question to answer instead. Returns the exit code.
     */
    int run() throws Exception {
        String question = System.getProperty("ask", "");
        return question.isBlank()
                ? answer(Path.of(System.getProperty("tickets")), Path.of(System.getProperty("example.work")))
                : ask(question);
    }

    /** Answers every ticket. */
    int answer(Path tickets, Path work) throws Exception {
        if (!Files.isDirectory(tickets)) {
            out.println("Not started: there is no folder " + tickets.toAbsolutePath());
            return NOT_STARTED;
        }
        int total = copy(tickets, work);
        out.println("Running the flow on " + total + " tickets from " + tickets + ", up to " + TicketRoutes.AT_ONCE
                + " at once.");
        Report report = new Report(total, out);
        if (total > 0) {
            Main main = main(new TicketRoutes(report));
            main.addOverrideProperty("work", work.toString());
            main.addOverrideProperty("camel.component.stackai.max-connections", String.valueOf(TicketRoutes.AT_ONCE));
            main.configure().setDurationMaxMessages(total);
            main.run();
        }
        report.printSummary(work);
        return report.failed() == 0 ? DONE : FAILED;
    }

    /** Prints the answer to the question as it arrives. */
    int ask(String question) throws Exception {
        out.println("Question: " + question);
        Main main = main(new QuestionRoute(new LiveAnswer(out)));
        main.start();
        try {
            main.getCamelTemplate().sendBody("direct:question", question);
            return DONE;
        } catch (CamelExecutionException e) {
            out.println("\nFAILED: " + e.getCause().getMessage());
            return FAILED;
        } finally {
            main.stop();
        }
    }

    private Main main(RouteBuilder routes) {
        Main main = new Main();
        settings.forEach(main::addOverrideProperty);
        main.configure().addRoutesBuilder(routes);
        return main;
    }

    /** Replaces the work folder's tickets, because the route moves what it reads; returns the number of tickets. */
    private static int copy(Path tickets, Path work) throws IOException {
        for (String folder : List.of("inbox", "answered", "failed")) {
            FileUtil.removeDir(work.resolve(folder).toFile());
        }
        Path inbox = Files.createDirectories(work.resolve("inbox"));
        try (Stream<Path> all = Files.list(tickets)) {
            // the file component ignores names that begin with a dot
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
            for (Path file : files) {
                Files.copy(file, inbox.resolve(file.getFileName()));
            }
            return files.size();
        }
    }
}

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
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** Answers a folder of support tickets with a StackAI flow, several at once; or streams the answer to one question. */
public final class Quickstart {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int NOT_STARTED = 2;

    private final Map<String, String> environment;
    private final PrintStream out;

    /** @param environment where the credentials of a StackAI account may be; see {@link Service} */
    Quickstart(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    /** System properties: {@code tickets}, a folder; {@code work}, a folder for copies and results; {@code ask}. */
    public static void main(String[] arguments) throws Exception {
        Quickstart quickstart = new Quickstart(System.getenv(), System.out);
        String question = System.getProperty("ask", "");
        System.exit(
                question.isBlank()
                        ? quickstart.answer(Path.of(System.getProperty("tickets")), Path.of(System.getProperty("work")))
                        : quickstart.ask(question));
    }

    /** Answers every ticket and ends; returns the exit code. */
    int answer(Path tickets, Path work) throws Exception {
        try (Service service = Service.of(environment)) {
            out.println(service.description());
            int total = new Inbox(tickets, work).fill();
            out.println("Running the flow on " + total + " tickets from " + tickets + ", up to " + TicketRoutes.AT_ONCE
                    + " at once.");
            Report report = new Report(total, out);
            if (total > 0) {
                Main main = main(service, new TicketRoutes(report));
                main.addOverrideProperty("work", work.toString());
                main.configure().setDurationMaxMessages(total);
                main.run();
            }
            report.summary(work, service.note());
            return report.failed() == 0 ? DONE : FAILED;
        } catch (IllegalArgumentException | IOException e) {
            return notStarted(e);
        }
    }

    /** Prints the answer to the question while it is written; returns the exit code. */
    int ask(String question) throws Exception {
        try (Service service = Service.of(environment)) {
            out.println(service.description());
            out.println("Question: " + question);
            Main main = main(service, new QuestionRoute(new LiveAnswer(out)));
            main.start();
            try {
                main.getCamelTemplate().sendBody("direct:question", question);
                return DONE;
            } catch (CamelExecutionException e) {
                out.println();
                out.println("FAILED: " + e.getCause().getMessage());
                return FAILED;
            } finally {
                main.stop();
            }
        } catch (IllegalArgumentException e) {
            return notStarted(e);
        }
    }

    private static Main main(Service service, RouteBuilder routes) {
        Main main = new Main();
        service.properties().forEach(main::addOverrideProperty);
        main.configure().addRoutesBuilder(routes);
        return main;
    }

    private int notStarted(Exception e) {
        out.println("Not started: " + e.getMessage());
        return NOT_STARTED;
    }
}

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
package io.github.camelstackai.examples.documents;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** Puts a folder into a knowledge base, or answers a question about a contract. */
public final class Documents {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int NOT_STARTED = 2;

    private final Map<String, String> settings;
    private final PrintStream out;

    /** @param settings properties that override {@code application.properties} */
    Documents(Map<String, String> settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        System.exit(new Documents(Map.of(), System.out).run());
    }

    /**
     * Reads the system properties {@code folder}, with the files; {@code contract}, a file; {@code ask}, a question about it; and
     * {@code example.work}, a folder for copies and state. Returns the exit code.
     */
    int run() throws Exception {
        File contract = new File(System.getProperty("contract"));
        if (!contract.isFile()) {
            out.println("Not started: there is no file " + contract.getAbsolutePath());
            return NOT_STARTED;
        }
        int stored = store(Path.of(System.getProperty("folder")), Path.of(System.getProperty("example.work")));
        return stored == DONE ? ask(contract, System.getProperty("ask")) : stored;
    }

    /** Puts the files into the knowledge base, each in place of its earlier version. */
    int store(Path folder, Path work) throws Exception {
        if (!Files.isDirectory(folder)) {
            out.println("Not started: there is no folder " + folder.toAbsolutePath());
            return NOT_STARTED;
        }
        int total = copy(folder, work.resolve("inbox"));
        Main main = main(new KnowledgeRoute(new ResourceIds(work.resolve("resources"))));
        main.addOverrideProperty("work", work.toString());
        main.configure().setDurationMaxMessages(total);
        main.init();
        NotifyBuilder failed =
                new NotifyBuilder(main.getCamelContext()).whenFailed(1).create();
        if (total > 0) {
            main.run();
        }
        out.println(total + " files from " + folder + (failed.matches() ? ": not all are" : " are")
                + " in the knowledge base.");
        return failed.matches() ? FAILED : DONE;
    }

    /** Prints the answer to a question about a contract. */
    int ask(File contract, String question) throws Exception {
        out.println("Question about " + contract.getName() + ": " + question);
        Main main = main(new ContractRoute());
        main.start();
        try {
            Exchange answer = main.getCamelTemplate().request("direct:question", exchange -> {
                exchange.setVariable(ContractRoute.CONTRACT, contract);
                exchange.getMessage().setBody(question);
            });
            if (answer.isFailed()) {
                out.println("FAILED: " + answer.getException().getMessage());
                return FAILED;
            }
            out.println("Answer: " + answer.getMessage().getBody(String.class));
            return DONE;
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

    /** Copies the files, because the route moves what it reads; returns their number. */
    private static int copy(Path folder, Path inbox) throws IOException {
        Files.createDirectories(inbox);
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                Files.copy(file, inbox.resolve(file.getFileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            return files.size();
        }
    }
}

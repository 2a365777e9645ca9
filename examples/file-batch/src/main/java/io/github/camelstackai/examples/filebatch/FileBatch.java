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
package io.github.camelstackai.examples.filebatch;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;

/** Runs a StackAI flow on every document of a folder, many at once. A restart continues where the last run stopped. */
public final class FileBatch {
    static final int NOT_STARTED = 2;
    private static final int ALL_ANSWERED = 0;
    private static final int SOME_FAILED = 1;
    private static final int ENDED_EARLY = 3;

    private final Map<String, String> settings;
    private final PrintStream out;

    /** @param settings properties that override {@code application.properties} */
    FileBatch(Map<String, String> settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /**
     * Reads the system properties {@code documents} and {@code results}, folders; {@code atOnce}, the number of runs open at
     * a time; and {@code retryFailed}.
     */
    public static void main(String[] arguments) throws Exception {
        System.exit(new FileBatch(Map.of(), System.out).run());
    }

    /** Returns the exit code. */
    int run() throws Exception {
        Path documents = Path.of(System.getProperty("documents"));
        Path results = Path.of(System.getProperty("results"));
        if (!Files.isDirectory(documents)) {
            out.println("Not started: there is no folder " + documents.toAbsolutePath());
            return NOT_STARTED;
        }
        int atOnce = Integer.getInteger("atOnce", 0);
        if (atOnce < 1) {
            out.println(
                    "Not started: -DatOnce=" + System.getProperty("atOnce") + " is not a number of runs, such as 100");
            return NOT_STARTED;
        }
        Map<String, String> contents = Documents.in(documents);
        try (Summary summary =
                new Summary(results.resolve("summary.csv"), flow(), contents, Boolean.getBoolean("retryFailed"))) {
            int left = (int) contents.keySet().stream()
                    .filter(name -> !summary.contains(name))
                    .count();
            out.printf(
                    "%d documents in %s, %d done before; results go to %s%n",
                    contents.size(), documents, contents.size() - left, results);
            return run(summary, left);
        } catch (IllegalArgumentException e) {
            out.println("Not started: " + e.getMessage());
            return NOT_STARTED;
        }
    }

    /** The service, organisation and flow of {@code application.properties}. */
    private String flow() throws IOException {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Properties overriding = new Properties();
            overriding.putAll(settings);
            context.getPropertiesComponent().setLocation("classpath:application.properties");
            context.getPropertiesComponent().setOverrideProperties(overriding);
            return context.resolvePropertyPlaceholders("{{answeredBy}}");
        }
    }

    private int run(Summary summary, int left) throws Exception {
        Main main = new Main();
        boolean terminal = System.console() != null;
        Progress progress = new Progress(left, summary, out, terminal, main::completed);
        settings.forEach(main::addOverrideProperty);
        main.addOverrideProperty("progress", terminal ? "500" : "5000");
        main.configure().addRoutesBuilder(new BatchRoute(summary, progress));
        main.run();
        out.printf("%n%d answered, %d failed.%n", summary.answered(), summary.failed());
        if (progress.fault() != null) {
            out.println("Ended early. Start the batch again to continue. Cause: " + progress.fault());
            return ENDED_EARLY;
        }
        return summary.failed() == 0 ? ALL_ANSWERED : SOME_FAILED;
    }
}

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
import java.util.stream.Stream;
import org.apache.camel.main.Main;

/** Runs a StackAI flow on every document of a folder, many at once; started again, it goes on where it was stopped. */
public final class FileBatch {
    private static final int ALL_ANSWERED = 0;
    private static final int SOME_FAILED = 1;
    private static final int NOT_STARTED = 2;
    private static final int ENDED_EARLY = 3;

    private final PrintStream out;

    private FileBatch(PrintStream out) {
        this.out = out;
    }

    /**
     * System properties: {@code documents}, a folder, made up when there is none; {@code results}, a folder;
     * {@code atOnce}, how many runs are open at a time; {@code retryFailed}.
     */
    public static void main(String[] arguments) throws Exception {
        System.exit(new FileBatch(System.out).run());
    }

    private int run() throws Exception {
        Path results = Path.of(System.getProperty("results"));
        Main main = new Main();
        try (Trial trial = Trial.unlessAccount(System.getenv(), main);
                Summary summary = new Summary(results.resolve("summary.csv"), Boolean.getBoolean("retryFailed"))) {
            Path documents = documents(results);
            int total = count(documents);
            out.println(trial.description());
            out.println(total + " documents in " + documents + ", " + summary.known() + " done before; results go to "
                    + results);
            // not "documents": Camel would prefer the system property, which is empty where they are made up
            main.addOverrideProperty("folder", documents.toString());
            main.addOverrideProperty("results", results.toString());
            main.addOverrideProperty("atOnce", System.getProperty("atOnce"));
            return run(main, summary, total - summary.known());
        } catch (IOException | IllegalArgumentException e) {
            out.println("Not started: " + e.getMessage());
            return NOT_STARTED;
        }
    }

    private int run(Main main, Summary summary, int total) throws Exception {
        boolean terminal = System.console() != null;
        Progress progress = new Progress(total, summary, out, terminal, main::completed);
        main.addOverrideProperty("progress", terminal ? "500" : "5000");
        main.configure().addRoutesBuilder(new BatchRoute(summary, progress));
        main.run();
        out.printf("%n%d answered, %d failed.%n", summary.answered(), summary.failed());
        if (progress.fault() != null) {
            out.println("Ended early, start it again to go on: " + progress.fault());
            return ENDED_EARLY;
        }
        return summary.failed() == 0 ? ALL_ANSWERED : SOME_FAILED;
    }

    private static Path documents(Path results) throws IOException {
        String folder = System.getProperty("documents", "");
        Path documents = folder.isBlank() ? Trial.documents(results) : Path.of(folder);
        if (!Files.isDirectory(documents)) {
            throw new IOException("there is no folder " + documents.toAbsolutePath());
        }
        return documents;
    }

    /** As the file component sees it: what begins with a dot is passed over. */
    private static int count(Path documents) throws IOException {
        try (Stream<Path> files = Files.walk(documents)) {
            return (int) files.filter(Files::isRegularFile)
                    .filter(file -> !documents.relativize(file).toString().matches("(.*/)?\\..*"))
                    .count();
        }
    }
}

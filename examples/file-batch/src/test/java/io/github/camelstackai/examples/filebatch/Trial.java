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

import io.github.camelstackai.examples.launcher.Account;
import io.github.camelstackai.examples.launcher.CommandLine;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs the example with the account of the environment, or without an account on a simulator. */
public final class Trial {
    private static final String FLOW = "summary";
    private static final int DOCUMENTS = 2000;
    private static final String STOPPED =
            "\nStopped. The next start continues, and repeats the runs that were in flight.";

    private Trial() {}

    /**
     * The system properties are those of {@link FileBatch#main}, and {@code example.work}: the folder of generated documents, and of
     * results. Results of the simulator have a folder of their own: a batch with an account does not continue from them.
     */
    public static void main(String[] arguments) {
        CommandLine.run(Set.of("documents", "results", "atOnce", "retryFailed"), FLOW, Trial::simulator, Trial::run);
    }

    private static int run(Account account) throws Exception {
        Path work = Path.of(System.getProperty("example.work"));
        if (System.getProperty("documents", "").isBlank()) {
            System.setProperty("documents", documents(work.resolve("documents")));
        }
        if (System.getProperty("results", "").isBlank()) {
            String results = account.simulator().isPresent() ? "simulated-results" : "results";
            System.setProperty("results", work.resolve(results).toString());
        }
        AtomicBoolean ended = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!ended.get()) {
                System.out.println(STOPPED);
            }
        }));
        Map<String, String> settings = new HashMap<>(account.properties());
        account.simulator().ifPresent(simulator -> settings.put("answeredBy", "the simulator"));
        try {
            return new FileBatch(settings, System.out).run();
        } finally {
            ended.set(true);
        }
    }

    private static StackAiSimulator simulator() {
        StackAiSimulator simulator = StackAiSimulator.start();
        simulator.flow(FLOW, Trial::summarise);
        simulator.script(FLOW, request -> reply(request.text().hashCode()));
        return simulator;
    }

    /** Answers after 0.5 to 2 seconds, and rejects about one request in a hundred with status 429. */
    private static Reply reply(int seed) {
        return System.nanoTime() % 100 == 0
                ? Reply.error(429, "Too many requests").header("Retry-After", "1")
                : Reply.usual().after(Duration.ofMillis(500 + Math.floorMod(seed, 1500)));
    }

    private static Map<String, Object> summarise(Map<String, Object> inputs) {
        String text = (String) inputs.get("in-0");
        if (text.contains("illegible")) {
            throw new IllegalArgumentException("the scan cannot be read");
        }
        return Map.of("out-0", text.lines().findFirst().orElse("") + " (" + text.split("\\s+").length + " words)");
    }

    /** Creates 2,000 minutes of meetings, five of them illegible; returns their folder. */
    private static String documents(Path folder) throws IOException {
        for (int i = 1; i <= DOCUMENTS; i++) {
            Path file = folder.resolve("2026-%02d/minutes-%04d.txt".formatted(1 + i % 12, i));
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, i % 400 == 0 ? "illegible" : minutes(i));
            }
        }
        return folder.toString();
    }

    private static String minutes(int i) {
        return """
                Minutes of meeting %d
                The team discussed %d open points and closed %d of them.
                The next meeting is in %d weeks.
                """.formatted(i, i % 7 + 2, i % 3, i % 4 + 1);
    }
}

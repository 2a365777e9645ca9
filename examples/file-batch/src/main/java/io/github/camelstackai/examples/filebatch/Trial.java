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
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.main.Main;

/** What lets the example run without an account and without documents: a simulator in this process, and made-up minutes. */
final class Trial implements AutoCloseable {
    private static final int DOCUMENTS = 2000;

    /** Null where there is an account. */
    private final StackAiSimulator simulator;

    private Trial(StackAiSimulator simulator) {
        this.simulator = simulator;
    }

    /** @throws IllegalArgumentException when the environment names an account only in part */
    static Trial unlessAccount(Map<String, String> environment, Main main) {
        if (Account.isIn(environment)) {
            return new Trial(null);
        }
        StackAiSimulator simulator = StackAiSimulator.start();
        simulator.flow("summary", Trial::summarise);
        simulator.script("summary", request -> answer(request.text().hashCode()));
        main.addOverrideProperty("camel.component.stackai.base-url", simulator.baseUrl());
        main.addOverrideProperty("camel.component.stackai.api-key", simulator.apiKey());
        main.addOverrideProperty("camel.component.stackai.org-id", simulator.orgId());
        main.addOverrideProperty("flow", "summary");
        return new Trial(simulator);
    }

    /** Takes from half a second to two; every now and then it asks to wait. */
    private static Reply answer(int seed) {
        boolean busy = System.nanoTime() % 100 == 0;
        return busy
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

    /** A folder beside the results with some thousand minutes of meetings, a few of them illegible. */
    static Path documents(Path results) throws IOException {
        Path folder = results.resolveSibling("documents");
        for (int i = 1; i <= DOCUMENTS; i++) {
            Path file = folder.resolve("2026-%02d/minutes-%04d.txt".formatted(1 + i % 12, i));
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, i % 400 == 0 ? "illegible" : minutes(i));
            }
        }
        return folder;
    }

    private static String minutes(int i) {
        return "Minutes of meeting " + i + "\n"
                + "The team went through " + (i % 7 + 2) + " open points and closed " + (i % 3) + " of them.\n"
                + "The next meeting is in " + (i % 4 + 1) + " weeks.\n";
    }

    String description() {
        return simulator == null
                ? "Calling StackAI with the account that the environment names."
                : Account.NONE + "\nA simulator in this process answers in StackAI's place.";
    }

    @Override
    public void close() {
        if (simulator != null) {
            simulator.close();
        }
    }
}

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
package io.github.camelstackai.examples.osgi;

import static org.awaitility.Awaitility.await;

import io.github.camelstackai.examples.launcher.Account;
import io.github.camelstackai.examples.launcher.CommandLine;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;

/** Starts the bundle in Felix with a simulator, and lets it answer the samples. */
public final class Demo {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Path module;
    private final Path work;

    private Demo(Path module, Path work) {
        this.module = module;
        this.work = work;
    }

    /** @param arguments the folder of the module, and the folder of questions and answers */
    public static void main(String[] arguments) {
        Demo demo = new Demo(Path.of(arguments[0]), Path.of(arguments[1]));
        CommandLine.simulated(
                Set.of(),
                () -> StackAiSimulator.builder()
                        .chunkEvery(Duration.ofMillis(80))
                        .start(),
                demo::run);
    }

    private int run(Account account) throws Exception {
        StackAiSimulator stackAi = account.simulator().orElseThrow();
        try (Felix felix = new Felix(work.resolve("felix"), properties(stackAi, work))) {
            felix.start(module.resolve("target/bundles"), module.resolve("target/classes"));
            for (Bundle bundle : felix.bundles().getBundles()) {
                System.out.println(bundle);
            }
            answer("ticket.txt", "tickets");
            answer("question.txt", "questions");
        }
        return 0;
    }

    static Map<String, String> properties(StackAiSimulator stackAi, Path work) {
        return Map.of(
                "stackai.baseUrl", stackAi.baseUrl(),
                "stackai.apiKey", stackAi.apiKey(),
                "stackai.orgId", stackAi.orgId(),
                "stackai.folder", work.toString());
    }

    private void answer(String sample, String folder) throws IOException {
        Path answer = work.resolve("answers").resolve(sample);
        Files.deleteIfExists(answer);
        Path inbox = Files.createDirectories(work.resolve(folder));
        Files.copy(
                module.resolve("samples").resolve(sample), inbox.resolve(sample), StandardCopyOption.REPLACE_EXISTING);
        await().atMost(TIMEOUT)
                .until(() -> Files.notExists(inbox.resolve(sample))); // the bundle moves a file at the end
        System.out.println(answer + ": " + Files.readString(answer));
    }
}

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
package io.github.camelstackai.examples.launcher;

import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts an application that reads its StackAI account from the environment. Where the environment has none, a simulator in
 * this process answers, and the application is given its address.
 */
public final class Launcher {
    private Launcher() {}

    /** Arguments are those of {@code java}, the class path excepted, which is that of this process. */
    public static void main(String[] arguments) throws Exception {
        try {
            System.exit(Account.isIn(System.getenv()) ? run(arguments, Map.of()) : simulate(arguments));
        } catch (IllegalArgumentException e) {
            System.out.println("Not started: " + e.getMessage());
            System.exit(2);
        }
    }

    private static int simulate(String[] arguments) throws IOException, InterruptedException {
        System.out.println(Account.NONE + " A simulator answers in StackAI's place.");
        try (StackAiSimulator simulator =
                StackAiSimulator.builder().answerAfter(Duration.ofMillis(500)).start()) {
            return run(arguments, account(simulator));
        }
    }

    private static Map<String, String> account(StackAiSimulator simulator) {
        return Map.of(
                "STACKAI_BASE_URL", simulator.baseUrl(),
                "STACKAI_API_KEY", simulator.apiKey(),
                "STACKAI_ORG_ID", simulator.orgId(),
                "STACKAI_FLOW_ID", "support");
    }

    private static int run(String[] arguments, Map<String, String> account) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(account);
        Process application = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(application::destroy));
        return application.waitFor();
    }
}

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

/**
 * Starts an application that reads its StackAI account from the environment. If the environment names no account, the
 * application gets the address of a simulator in this process.
 */
public final class Launcher {
    private Launcher() {}

    /** Takes the arguments of {@code java} without the class path: the application has the class path of this process. */
    public static void main(String[] arguments) throws Exception {
        int code;
        try (Account account = Account.of(System.getenv(), "support", Launcher::simulator)) {
            System.out.println(account.description());
            code = run(arguments, account);
        } catch (IllegalArgumentException e) {
            System.out.println("Not started: " + e.getMessage());
            code = 2;
        }
        System.exit(code);
    }

    private static StackAiSimulator simulator() {
        return StackAiSimulator.builder().answerAfter(Duration.ofMillis(500)).start();
    }

    private static int run(String[] arguments, Account account) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(account.variables());
        Process application = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(application::destroy));
        return application.waitFor();
    }
}

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
package io.github.camelstackai.examples.kamelets;

import io.github.camelstackai.examples.launcher.Account;
import io.github.camelstackai.examples.launcher.CommandLine;
import io.github.camelstackai.examples.launcher.Launcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Runs the example with the account of the environment, or without an account on a simulator. */
public final class Trial {
    private Trial() {}

    /** The system properties are {@code folder}, and {@code example.work}: the folder without {@code folder}. */
    public static void main(String[] arguments) {
        CommandLine.run(Set.of("folder"), "support", Launcher::simulator, Trial::run);
    }

    private static int run(Account account) throws Exception {
        String named = System.getProperty("folder", "");
        Path folder = Path.of(named.isBlank() ? System.getProperty("example.work") : named)
                .toAbsolutePath();
        if (named.isBlank()) {
            Files.createDirectories(folder);
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("there is no folder " + folder);
        }
        System.setProperty("folder", folder.toString());
        for (String flow : List.of("triage.flow", "assistant.flow")) {
            System.setProperty(flow, account.properties().get("flow"));
        }
        System.out.println("Put files into " + folder.resolve("tickets") + " or " + folder.resolve("questions")
                + ". The answers are in " + folder.resolve("answers") + ". Ctrl-C stops the example.");
        return Launcher.start(Application.class.getName(), account);
    }
}

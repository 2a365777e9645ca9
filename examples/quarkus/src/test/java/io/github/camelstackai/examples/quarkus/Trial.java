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
package io.github.camelstackai.examples.quarkus;

import io.github.camelstackai.examples.launcher.Account;
import io.github.camelstackai.examples.launcher.CommandLine;
import io.github.camelstackai.examples.launcher.Launcher;
import io.github.camelstackai.examples.launcher.Port;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Packages the application, if it has changed, and runs it, with the account of the environment, or without an account on a simulator. Both in
 * processes of their own: Quarkus has to set up the log before anything logs.
 */
public final class Trial {
    private static final String LOG_MANAGER = "-Djava.util.logging.manager=org.jboss.logmanager.LogManager";
    private static final String ENTRY_POINT = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";
    private static final int STOP_MILLIS = 1500;

    private Trial() {}

    /** @param arguments the folder of the module */
    public static void main(String[] arguments) {
        CommandLine.run(Set.of(), "support", Launcher::simulator, account -> {
            Port.check("QUARKUS_HTTP_PORT");
            return run(Path.of(arguments[0]), account);
        });
    }

    private static int run(Path module, Account account) throws Exception {
        Path packaged = module.resolve("target/quarkus-packaged");
        if (!isPackaged(packaged)) {
            if (start(account, LOG_MANAGER, "-cp", classPath(), FastJar.class.getName(), module.toString()) != 0) {
                throw new IllegalStateException("the application was not packaged");
            }
            Files.writeString(packaged, "");
        }
        String jar = module.resolve("target/quarkus-app/quarkus-run.jar").toString();
        String service = module.resolve("target/test-classes") + File.pathSeparator + jar;
        return start(account, LOG_MANAGER, "-cp", service, Service.class.getName(), ENTRY_POINT);
    }

    /** Whether nothing on the class path has changed since the application was packaged. */
    private static boolean isPackaged(Path packaged) throws Exception {
        if (Files.notExists(packaged)) {
            return false;
        }
        FileTime time = Files.getLastModifiedTime(packaged);
        for (String entry : classPath().split(File.pathSeparator)) {
            try (Stream<Path> files = Files.walk(Path.of(entry))) {
                for (Path file : files.toList()) {
                    if (Files.getLastModifiedTime(file).compareTo(time) > 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static int start(Account account, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(account.variables());
        Process process = builder.start();
        Thread end = new Thread(() -> stop(process));
        Runtime.getRuntime().addShutdownHook(end);
        int status = process.waitFor();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            return status; // Ctrl-C
        }
        return status;
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    /** The class path of this class, which is in the process of Maven. */
    private static String classPath() throws URISyntaxException {
        if (!(Trial.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        List<String> entries = new ArrayList<>();
        for (URL url : loader.getURLs()) {
            entries.add(Path.of(url.toURI()).toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}

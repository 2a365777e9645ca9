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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the user of an example sees: a line for whatever is wrong, and a status. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LauncherTest {
    /** The launched application: prints the account that it got, and exits with 7. */
    static final class Application {
        public static void main(String[] arguments) {
            System.out.println("flow " + System.getProperty("flow") + " at " + System.getProperty("STACKAI_BASE_URL"));
            System.exit(7);
        }
    }

    /** An application that needs a minute to stop. */
    static final class Slow {
        public static void main(String[] arguments) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    TimeUnit.MINUTES.sleep(1);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
            System.out.println("started");
        }
    }

    static final class Broken {
        public static void main(String[] arguments) {
            throw new IllegalStateException("start", new IOException("the disk is full\nand more"));
        }
    }

    private record Ended(int code, String output) {}

    @Test
    void applicationCallsASimulatorWithoutAnAccount() throws Exception {
        Ended ended = launch(Map.of());
        assertThat(ended.output())
                .contains("No account")
                .containsPattern("flow support at http://127\\.0\\.0\\.1:\\d+");
        assertThat(ended.code()).isEqualTo(7);
    }

    @Test
    void applicationCallsTheAccountOfTheEnvironment() throws Exception {
        try (StackAiSimulator service = StackAiSimulator.start()) {
            Ended ended = launch(account(service.baseUrl(), service.apiKey()));
            assertThat(ended.output().lines())
                    .containsExactly(
                            "Calling flow f of organisation sim-org at " + service.baseUrl() + ".",
                            "flow f at " + service.baseUrl());
            assertThat(ended.code()).isEqualTo(7);
            assertThat(service.runs()).as("the check runs no flow").isEmpty();
        }
    }

    @Test
    void incompleteAccountIsReportedAndNothingStarts() throws Exception {
        assertNotStarted(launch(Map.of("STACKAI_API_KEY", "k")), "set STACKAI_ORG_ID and STACKAI_FLOW_ID");
    }

    @Test
    void addressWithACredentialIsRefusedAndNotShown() {
        for (String url : List.of("https://ada:s3cret@example.com", "https://example.com/a?key=s3cret")) {
            assertThatThrownBy(() -> Account.of(account(url, "k"), "f", StackAiSimulator::start))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("STACKAI_BASE_URL has a user name or a query")
                    .message()
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void refusedKeyIsReportedAndNothingStarts() throws Exception {
        try (StackAiSimulator service = StackAiSimulator.start()) {
            Ended ended = launch(account(service.baseUrl(), "wrong-key"));
            assertNotStarted(ended, service.baseUrl() + " refuses the API key (status 401): check STACKAI_API_KEY");
            assertThat(ended.output()).doesNotContain("wrong-key");
        }
    }

    @Test
    void unreachableServiceIsReportedAndNothingStarts() throws Exception {
        String url = "http://127.0.0.1:" + freePort();
        assertNotStarted(launch(account(url, "k")), "no connection to " + url + " (Connection refused)");
        assertNotStarted(launch(account("http://no.such.host.invalid", "k")), "(unknown host)");
        assertNotStarted(launch(account("what is this", "k")), "STACKAI_BASE_URL");
    }

    @Test
    void unknownOptionIsReportedAndNothingStarts() throws Exception {
        assertNotStarted(launch(Map.of(), "-Dtickts=x", Application.class.getName()), "there is no option -Dtickts");
    }

    @Test
    void portInUseIsReportedAndNothingStarts() throws Exception {
        try (ServerSocket used = new ServerSocket(0)) {
            Map<String, String> environment = Map.of("SERVER_PORT", String.valueOf(used.getLocalPort()));
            assertNotStarted(
                    launch(environment, Application.class.getName(), "SERVER_PORT"),
                    "port " + used.getLocalPort() + " is in use; choose another: set SERVER_PORT");
        }
        assertNotStarted(
                launch(Map.of("SERVER_PORT", "80800"), Application.class.getName(), "SERVER_PORT"),
                "SERVER_PORT=80800 is not a port");
    }

    @Test
    void failureOfTheApplicationIsOneLine() throws Exception {
        Ended ended = launch(Map.of(), Broken.class.getName());
        assertThat(ended.output().lines().skip(2)).containsExactly("Failed: the disk is full");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void processEndsSoonAfterItIsStopped() throws Exception {
        Process process = start(Map.of(), Slow.class.getName());
        try (InputStream output = process.getInputStream()) {
            StringBuilder printed = new StringBuilder();
            while (!printed.toString().contains("started")) {
                printed.append((char) output.read());
            }
            long stopped = System.nanoTime();
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(10));
            assertThat(process.exitValue()).isNotZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void assertNotStarted(Ended ended, String reason) {
        assertThat(ended.output().lines().filter(line -> !line.matches("(No account|A simulator).*")))
                .singleElement()
                .asString()
                .startsWith("Not started: ")
                .contains(reason);
        assertThat(ended.code()).isEqualTo(2);
    }

    private static Map<String, String> account(String baseUrl, String apiKey) {
        return Map.of(
                "STACKAI_API_KEY",
                apiKey,
                "STACKAI_ORG_ID",
                "sim-org",
                "STACKAI_FLOW_ID",
                "f",
                "STACKAI_BASE_URL",
                baseUrl);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Ended launch(Map<String, String> environment) throws IOException, InterruptedException {
        return launch(environment, Application.class.getName());
    }

    private static Ended launch(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(environment, arguments);
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        List<String> last = new ArrayList<>(List.of(Launcher.class.getName()));
        for (String argument : arguments) {
            (argument.startsWith("-D") ? command : last).add(argument);
        }
        command.addAll(last);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("STACKAI_"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}

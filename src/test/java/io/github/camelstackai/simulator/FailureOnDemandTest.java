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
package io.github.camelstackai.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A simulator that fails as its command line and its commands say. */
@Timeout(60)
class FailureOnDemandTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void requestsFailInTurns() throws Exception {
        try (CommandLine simulator = new CommandLine("--fail=429,500,cut,refuse")) {
            HttpResponse<String> refused = simulator.run();
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(simulator.run().statusCode()).isEqualTo(500);
            assertThatThrownBy(simulator::run).isInstanceOf(IOException.class);
            assertThatThrownBy(simulator::run).isInstanceOf(IOException.class);
            assertThat(simulator.run().statusCode()).isEqualTo(429);
        }
    }

    @Test
    void onlySomeRequestsFail() throws Exception {
        try (CommandLine simulator = new CommandLine("--fail=503", "--fail-every=2")) {
            assertThat(simulator.run().statusCode()).isEqualTo(200);
            assertThat(simulator.run().statusCode()).isEqualTo(503);
            assertThat(simulator.run().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void silentRequestGetsNoResponse() throws Exception {
        try (CommandLine simulator = new CommandLine("--fail=silent")) {
            assertThatThrownBy(() -> simulator.run(Duration.ofMillis(500))).isInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void slowResponseArrivesWhole() throws Exception {
        try (CommandLine simulator = new CommandLine("--fail=slow")) {
            long start = System.nanoTime();
            assertThat(simulator.run().body()).contains("Answer to: q");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void commandMakesTheNextRequestsFail() throws Exception {
        try (CommandLine simulator = new CommandLine()) {
            assertThat(simulator.command("fail 402 2")).isEqualTo("failing 2");
            assertThat(simulator.run().statusCode()).isEqualTo(402);
            assertThat(simulator.run().statusCode()).isEqualTo(402);
            assertThat(simulator.run().statusCode()).isEqualTo(200);
            assertThat(simulator.command("fail badly")).startsWith("? Unknown fault badly");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fail=600", "--fail=", "--fail-every=0", "--port=x"})
    void impossibleValueIsAnError(String option) {
        String[] options = {"--fail=500", option};
        assertThatThrownBy(() -> SimulatorMain.run(options, System.in, System.out))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A simulator as its user starts it, on pipes. */
    private final class CommandLine implements AutoCloseable {
        private final OutputStream commands;
        private final BufferedReader answers;
        private final CompletableFuture<Void> ended;
        private final URI run;

        CommandLine(String... options) throws IOException {
            PipedInputStream in = new PipedInputStream();
            commands = new PipedOutputStream(in);
            PipedInputStream read = new PipedInputStream();
            PrintStream out = new PrintStream(new PipedOutputStream(read), true, StandardCharsets.UTF_8);
            answers = new BufferedReader(new InputStreamReader(read, StandardCharsets.UTF_8));
            ended = CompletableFuture.runAsync(() -> {
                try {
                    SimulatorMain.run(options, in, out);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            run = URI.create(answers.readLine() + "/inference/v0/run/sim-org/f");
        }

        HttpResponse<String> run() throws IOException, InterruptedException {
            return run(Duration.ofSeconds(5));
        }

        HttpResponse<String> run(Duration limit) throws IOException, InterruptedException {
            return http.send(
                    HttpRequest.newBuilder(run)
                            .header("Authorization", "Bearer sim-key")
                            .header("Content-Type", "application/json")
                            .timeout(limit)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"in-0\":\"q\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        String command(String command) throws IOException {
            commands.write((command + "\n").getBytes(StandardCharsets.UTF_8));
            commands.flush();
            return answers.readLine();
        }

        @Override
        public void close() throws IOException {
            commands.close();
            ended.join();
        }
    }
}

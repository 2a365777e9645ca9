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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Runs a simulator as a process of its own, for demos and load tests. Prints the base URL as its first line and ends at the
 * end of its standard input.
 *
 * <p>Options: {@code --port=8080 --io-threads=2 --api-key=… --org-id=… --path-prefix=/… --answer-after-ms=200
 * --chunk-every-ms=50 --remember=10000}. It reads commands from standard input and prints one line for each: {@code hold}
 * (answers wait until the release), {@code release} and {@code counts}.
 */
public final class SimulatorMain {
    private static final Map<String, BiConsumer<StackAiSimulatorBuilder, String>> OPTIONS = Map.of(
            "--port", (settings, value) -> settings.port(Integer.parseInt(value)),
            "--io-threads", (settings, value) -> settings.ioThreads(Integer.parseInt(value)),
            "--api-key", StackAiSimulatorBuilder::apiKey,
            "--org-id", StackAiSimulatorBuilder::orgId,
            "--path-prefix", StackAiSimulatorBuilder::pathPrefix,
            "--answer-after-ms", (settings, value) -> settings.answerAfter(millis(value)),
            "--chunk-every-ms", (settings, value) -> settings.chunkEvery(millis(value)),
            "--remember", (settings, value) -> settings.remember(Integer.parseInt(value)));

    private final StackAiSimulator simulator;
    private final PrintStream out;
    // Written by the thread that reads commands.
    private CompletableFuture<Void> held = CompletableFuture.completedFuture(null);

    private SimulatorMain(StackAiSimulator simulator, PrintStream out) {
        this.simulator = simulator;
        this.out = out;
    }

    /**
     * Runs a simulator until the end of standard input.
     *
     * @throws IllegalArgumentException if an option is unknown or its value is invalid
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        run(arguments, System.in, System.out);
    }

    static void run(String[] arguments, InputStream in, PrintStream out) throws IOException {
        StackAiSimulatorBuilder settings = StackAiSimulator.builder();
        for (String argument : arguments) {
            set(settings, argument);
        }
        try (StackAiSimulator simulator = settings.start()) {
            out.println(simulator.baseUrl());
            out.flush();
            new SimulatorMain(simulator, out).execute(in);
        }
    }

    private static void set(StackAiSimulatorBuilder settings, String argument) {
        String[] option = argument.split("=", 2);
        if (option.length != 2 || !OPTIONS.containsKey(option[0])) {
            throw new IllegalArgumentException(
                    "Unknown option " + argument + "; the options are " + OPTIONS.keySet() + ", each with =value");
        }
        OPTIONS.get(option[0]).accept(settings, option[1]);
    }

    private static Duration millis(String value) {
        return Duration.ofMillis(Long.parseLong(value));
    }

    private void execute(InputStream in) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            out.println(answer(command.strip()));
            out.flush();
        }
    }

    private String answer(String command) {
        return switch (command) {
            case "hold" -> hold();
            case "release" -> release();
            case "counts" -> counts();
            default -> "? hold, release or counts";
        };
    }

    private String hold() {
        CompletableFuture<Void> signal = new CompletableFuture<>();
        held = signal;
        simulator.script(request -> Reply.usual().when(signal));
        return "held";
    }

    private String release() {
        held.complete(null);
        return "released";
    }

    private String counts() {
        Runtime runtime = Runtime.getRuntime();
        return "requests=" + simulator.requestCount()
                + " open=" + simulator.openRequests()
                + " maxOpen=" + simulator.maxOpenRequests()
                + " aborted=" + simulator.abortedRequests()
                + " connections=" + simulator.openConnections()
                + " threads=" + Thread.activeCount()
                + " heapMiB=" + ((runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }
}

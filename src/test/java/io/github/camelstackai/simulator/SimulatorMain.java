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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Runs a simulator as a process of its own, for demos and load tests. Prints the base URL as its first line and ends at the
 * end of its standard input.
 *
 * <p>Options: {@code --port=8080 --io-threads=2 --api-key=… --org-id=… --path-prefix=/… --answer-after-ms=200
 * --chunk-every-ms=50 --remember=10000}. {@code --fail=429,500,cut,slow} makes requests fail in turns, each of them or with
 * {@code --fail-every=3} each third one.
 *
 * <p>It reads commands from standard input and prints one line for each: {@code hold} (answers wait until the release),
 * {@code release}, {@code fail 429 2} (the next two requests) and {@code counts}.
 */
public final class SimulatorMain {
    private static final String FAIL = "--fail";
    private static final String FAIL_EVERY = "--fail-every";
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
    // Written by the thread that reads commands, read by I/O threads.
    private volatile CompletableFuture<Void> held = CompletableFuture.completedFuture(null);

    private SimulatorMain(StackAiSimulator simulator, PrintStream out) {
        this.simulator = simulator;
        this.out = out;
    }

    private SimulatorMain failing(NamedFaults faults) {
        simulator.script(request -> {
            Reply fault = faults.next();
            return fault != null ? fault : Reply.usual().when(held);
        });
        return this;
    }

    /**
     * Runs a simulator until the end of standard input. Exits with 2 if an option is invalid or the port is in use.
     *
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        try {
            run(arguments, System.in, System.out);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            System.err.println("Not started: " + e.getMessage());
            System.exit(2);
        }
    }

    static void run(String[] arguments, InputStream in, PrintStream out) throws IOException {
        StackAiSimulatorBuilder settings = StackAiSimulator.builder();
        Map<String, String> options = options(arguments);
        NamedFaults faults = new NamedFaults(
                options.getOrDefault(FAIL, "500"),
                options.containsKey(FAIL)
                        ? Integer.parseInt(options.getOrDefault(FAIL_EVERY, "1"))
                        : Integer.MAX_VALUE);
        options.forEach((name, value) ->
                OPTIONS.getOrDefault(name, (unused, ignored) -> {}).accept(settings, value));
        try (StackAiSimulator simulator = settings.start()) {
            out.println(simulator.baseUrl());
            out.flush();
            new SimulatorMain(simulator, out).failing(faults).execute(in);
        }
    }

    private static Map<String, String> options(String... arguments) {
        Set<String> known = new TreeSet<>(OPTIONS.keySet());
        known.addAll(List.of(FAIL, FAIL_EVERY));
        Map<String, String> options = new LinkedHashMap<>();
        for (String argument : arguments) {
            String[] option = argument.split("=", 2);
            if (option.length != 2 || !known.contains(option[0])) {
                throw new IllegalArgumentException(
                        "Unknown option " + argument + "; the options are " + known + ", each with =value");
            }
            options.put(option[0], option[1]);
        }
        return options;
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
            default ->
                command.startsWith("fail ")
                        ? fail(command.split(" +", -1))
                        : "? hold, release, fail FAULT [COUNT] or counts";
        };
    }

    private String hold() {
        held = new CompletableFuture<>();
        return "held";
    }

    private String fail(String... command) {
        try {
            int count = command.length > 2 ? Integer.parseInt(command[2]) : 1;
            simulator.enqueue(
                    Collections.nCopies(count, NamedFaults.reply(command[1])).toArray(Reply[]::new));
            return "failing " + count;
        } catch (IllegalArgumentException e) {
            return "? " + e.getMessage();
        }
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

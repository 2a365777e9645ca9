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
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a simulator as a process of its own, for tests in any language, demos and load tests. Prints the base URL as its first
 * line and ends at the end of its standard input, or with {@code --background} when it is killed.
 *
 * <p>Options: {@code --port=8080 --io-threads=2 --api-key=… --org-id=… --path-prefix=/… --answer-after-ms=200
 * --chunk-every-ms=50 --remember=10000}; {@code --port 8080} is the same. {@code --flow triage="It is urgent: {in-0}"} sets what a
 * flow answers, several times for several flows. {@code --record FILE --to URL} and {@code --replay FILE}, with {@code --masked},
 * {@code --with-times} and {@code --ignore user_id,in-1}, are described in {@link StackAiRecording}. {@code --fail=429,500,cut,slow}
 * makes requests fail in turns, each of them or with {@code --fail-every=3} each third one.
 *
 * <p>It reads commands from standard input and prints one line for each: {@code hold} (answers wait until the release),
 * {@code release}, {@code fail 429 2} (the next two requests) and {@code counts}.
 */
public final class SimulatorMain {
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
        } catch (IllegalArgumentException e) {
            exit(e.getMessage());
        } catch (UncheckedIOException e) {
            exit(e.getCause().getMessage() + "; --port=0 chooses a free port");
        }
    }

    private static void exit(String reason) {
        System.err.println("Not started: " + reason);
        System.exit(2);
    }

    static void run(String[] arguments, InputStream in, PrintStream out) throws IOException {
        SimulatorOptions options = new SimulatorOptions(arguments);
        try (StackAiSimulator simulator = options.start()) {
            out.println(simulator.baseUrl());
            out.flush();
            SimulatorMain main = new SimulatorMain(simulator, out).failing(options.faults());
            if (options.inBackground()) {
                waitForEver();
            } else {
                main.execute(in);
            }
        }
    }

    private static void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

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
package io.github.camelstackai.examples.quickstart;

import io.github.camelstackai.examples.launcher.Account;
import io.github.camelstackai.examples.launcher.CommandLine;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Runs the example with the account of the environment, or without an account on a simulator. */
public final class Trial {
    private static final String FLOW = "triage";
    private static final int NOT_STARTED = 2;

    private Trial() {}

    /** The system properties are those of {@link Quickstart#run}. */
    public static void main(String[] arguments) {
        CommandLine.run(
                Set.of("tickets", "ask"), FLOW, Trial::simulator, account -> run(account, System.out, Quickstart::run));
    }

    static int run(Map<String, String> environment, PrintStream out, Action action) {
        return CommandLine.status(
                () -> Account.of(environment, FLOW, Trial::simulator), account -> run(account, out, action), out, out);
    }

    private static int run(Account account, PrintStream out, Action action) throws Exception {
        int code = action.run(new Quickstart(account.properties(), out));
        account.simulator()
                .map(StackAiSimulator::maxOpenRequests)
                .filter(runs -> runs > 1)
                .ifPresent(runs -> out.println("The simulator had up to " + runs + " runs open at once."));
        if (code == 0) {
            out.println(
                    "Next: -Dtickets=FOLDER answers your own files, -Dask=QUESTION shows one answer as it is written.");
        }
        return code;
    }

    /** Answers in about a second, like a fast flow. */
    private static StackAiSimulator simulator() {
        StackAiSimulator simulator =
                StackAiSimulator.builder().chunkEvery(Duration.ofMillis(80)).start();
        simulator.flow(FLOW, new SimulatedTriage());
        simulator.script(FLOW, request -> Reply.usual()
                .after(Duration.ofMillis(600 + request.text().length() % 800)));
        return simulator;
    }

    /** What the example is to do; returns the exit code. */
    interface Action {
        int run(Quickstart quickstart) throws Exception;
    }
}

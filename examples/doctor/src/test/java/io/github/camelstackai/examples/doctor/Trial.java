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
package io.github.camelstackai.examples.doctor;

import io.github.camelstackai.examples.launcher.Account;
import io.github.camelstackai.examples.launcher.CommandLine;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Examines the account of the environment, or without an account the simulator, where runs cost nothing. */
public final class Trial {
    private static final String FLOW = "support";

    private static final Set<String> OPTIONS =
            Set.of("paid", "input", "user", "node", "knowledgeBase", "documentUrl", "proxy", "report");

    /** What is examined on the simulator if the options do not say. */
    private static final Map<String, String> SIMULATED = Map.of(
            "paid", "all",
            "node", "doc-0",
            "knowledgeBase", "0d0c7011-0000-4000-8000-000000000000",
            "documentUrl", "https://example.com/contract.pdf");

    private static final int FAILED = 3;

    private Trial() {}

    public static void main(String[] arguments) {
        Function<String, String> options = name -> System.getProperty(name, "");
        CommandLine.unchecked(
                OPTIONS,
                FLOW,
                Trial::simulator,
                Doctor.STOP,
                account -> status(account, System.getenv(), options, System.out, System.err));
    }

    /** Returns the exit status. That of a failed examination is not that of a difference. */
    static int status(
            Account account,
            Map<String, String> environment,
            Function<String, String> options,
            PrintStream out,
            PrintStream err) {
        try {
            return examine(account, environment, options, out);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (Exception e) {
            CommandLine.failed(e, err);
            return FAILED;
        }
    }

    private static int examine(
            Account account, Map<String, String> environment, Function<String, String> options, PrintStream out)
            throws Exception {
        boolean simulated = account.simulator().isPresent();
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(account.variables());
        Function<String, String> values = name -> {
            String value = options.apply(name);
            return simulated && value.isBlank() ? SIMULATED.getOrDefault(name, "") : value;
        };
        return Doctor.of(variables, values, out)
                .examine(simulated ? "the simulator" : "an account", Path.of(options.apply("report")));
    }

    /** Knows one flow, has two runs in its log, and streams for more than a second if no parameter says otherwise. */
    static StackAiSimulator simulator() {
        StackAiSimulator simulator =
                StackAiSimulator.builder().loggedAfter(Duration.ofSeconds(1)).start();
        simulator.flow(FLOW, inputs -> Map.of("out-0", "Answer to: " + inputs.get("in-0")));
        simulator.onlyFlows();
        simulator.script(
                FLOW,
                request ->
                        request.path().contains("/stream/") && request.query().isEmpty()
                                ? Reply.usual().chunkEvery(Duration.ofMillis(100))
                                : null);
        Instant now = Instant.now();
        simulator.logRun(FLOW, Map.of("date", now.minusSeconds(60).toString()));
        simulator.logRun(FLOW, Map.of("date", now.minusSeconds(30).toString()));
        return simulator;
    }
}

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
package io.github.camelstackai.examples.chat;

import io.github.camelstackai.examples.launcher.Account;
import io.github.camelstackai.examples.launcher.CommandLine;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Runs the example with the account of the environment, or without an account on a simulator. */
public final class Trial implements AutoCloseable {
    private static final String FLOW = "assistant";

    private final Account account;
    private final Chat chat;

    /**
     * @param settings properties that override {@code application.properties}
     * @throws IllegalArgumentException if the environment names only a part of an account
     */
    Trial(Map<String, String> environment, Map<String, String> settings, PrintStream out) {
        this(Account.of(environment, FLOW, Trial::simulator), settings);
        out.println(account.description());
    }

    private Trial(Account account, Map<String, String> settings) {
        this.account = account;
        Map<String, String> all = new HashMap<>(account.properties());
        all.putAll(settings);
        chat = new Chat(all);
    }

    /** The system property {@code address} is the host and port of the page. */
    public static void main(String[] arguments) {
        CommandLine.run(Set.of("address"), FLOW, Trial::simulator, account -> {
            Trial trial = new Trial(account, Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(trial::close));
            System.out.println(trial.start());
            return CommandLine.untilStopped();
        });
    }

    /** Writes about as fast as a flow. */
    private static StackAiSimulator simulator() {
        StackAiSimulator simulator = StackAiSimulator.builder()
                .answerAfter(Duration.ofMillis(400))
                .chunkEvery(Duration.ofMillis(60))
                .start();
        simulator.flow(FLOW, new SimulatedAssistant());
        return simulator;
    }

    String start() {
        return chat.start();
    }

    @Override
    public void close() {
        chat.close();
        account.close();
    }
}

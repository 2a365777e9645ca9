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
package io.github.camelstackai.examples.documents;

import io.github.camelstackai.examples.launcher.Account;
import io.github.camelstackai.examples.launcher.CommandLine;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Runs the example with the account of the environment, or without an account on a simulator. */
public final class Trial {
    static final String FLOW = "advisor";
    static final String NODE = "doc-0";
    static final String KNOWLEDGE_BASE = "0b5d0a4e-1111-4222-8333-444455556666";

    private static final String KNOWLEDGE_BASE_ID = "STACKAI_KNOWLEDGE_BASE_ID";

    private Trial() {}

    /** The system properties are those of {@link Documents#run}. */
    public static void main(String[] arguments) {
        CommandLine.run(Set.of("folder", "contract", "ask"), FLOW, Trial::simulator, account -> new Documents(
                        settings(account), System.out)
                .run());
    }

    private static Map<String, String> settings(Account account) {
        Map<String, String> settings = new HashMap<>(account.properties());
        if (account.simulator().isPresent()) {
            settings.put("knowledge-base", KNOWLEDGE_BASE);
            settings.put("node", NODE);
        } else if (System.getenv().getOrDefault(KNOWLEDGE_BASE_ID, "").isBlank()) {
            throw new IllegalArgumentException(
                    "set " + KNOWLEDGE_BASE_ID + " in the environment: the UUID of a knowledge base");
        }
        return settings;
    }

    static StackAiSimulator simulator() {
        StackAiSimulator simulator = StackAiSimulator.start();
        simulator.flow(FLOW, new SimulatedAdvisor(simulator));
        return simulator;
    }
}

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

import io.github.camelstackai.simulator.StackAiSimulator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The StackAI account of an example: the one that the environment names, else one on a simulator in this process. */
public final class Account implements AutoCloseable {
    private static final String BASE_URL = "STACKAI_BASE_URL";
    private static final String API_KEY = "STACKAI_API_KEY";
    private static final String ORG_ID = "STACKAI_ORG_ID";
    private static final String FLOW_ID = "STACKAI_FLOW_ID";
    private static final List<String> REQUIRED = List.of(API_KEY, ORG_ID, FLOW_ID);

    private final Map<String, String> variables;
    /** Null if the environment names an account. */
    private final StackAiSimulator simulator;

    private Account(String baseUrl, String apiKey, String orgId, String flowId, StackAiSimulator simulator) {
        this.variables = Map.of(BASE_URL, baseUrl, API_KEY, apiKey, ORG_ID, orgId, FLOW_ID, flowId);
        this.simulator = simulator;
    }

    /**
     * Reads the account from the environment.
     *
     * @param simulatedFlow the flow to call if there is no account
     * @param simulator starts the simulator if there is no account
     * @throws IllegalArgumentException if the environment names only a part of an account, or an address with a user name or a
     *     query
     */
    public static Account of(
            Map<String, String> environment, String simulatedFlow, Supplier<StackAiSimulator> simulator) {
        List<String> missing = REQUIRED.stream()
                .filter(name -> environment.getOrDefault(name, "").isBlank())
                .toList();
        if (missing.equals(REQUIRED)) {
            StackAiSimulator started = simulator.get();
            return new Account(started.baseUrl(), started.apiKey(), started.orgId(), simulatedFlow, started);
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("set " + String.join(" and ", missing)
                    + " in the environment too, or none of " + REQUIRED + " to use the simulator");
        }
        String baseUrl = environment.getOrDefault(BASE_URL, "https://api.stack-ai.com");
        if (baseUrl.matches("(?s).*[@?#].*")) {
            throw new IllegalArgumentException(
                    BASE_URL + " has a user name or a query, which can be secret; leave them out");
        }
        return new Account(baseUrl, environment.get(API_KEY), environment.get(ORG_ID), environment.get(FLOW_ID), null);
    }

    /** @throws IllegalArgumentException if the service cannot be reached or refuses the API key */
    void check() {
        if (simulator == null) {
            ServiceCheck.check(
                    variables.get(BASE_URL), variables.get(API_KEY), variables.get(ORG_ID), variables.get(FLOW_ID));
        }
    }

    /** Tells the user which service the example calls. */
    public String description() {
        return simulator != null
                ? "No account: STACKAI_API_KEY, STACKAI_ORG_ID and STACKAI_FLOW_ID are not set in the environment.\n"
                        + "A simulator in this process answers instead of StackAI. It does not run an AI model."
                : "Calling flow " + variables.get(FLOW_ID) + " of organisation " + variables.get(ORG_ID) + " at "
                        + variables.get(BASE_URL) + ".";
    }

    /** The simulator, if the environment names no account. */
    public Optional<StackAiSimulator> simulator() {
        return Optional.ofNullable(simulator);
    }

    /** The environment variables that name this account to another process. */
    public Map<String, String> variables() {
        return variables;
    }

    /** The properties that name this account to Camel Main: the options of the component, and {@code flow}. */
    public Map<String, String> properties() {
        return Map.of(
                "camel.component.stackai.base-url", variables.get(BASE_URL),
                "camel.component.stackai.api-key", variables.get(API_KEY),
                "camel.component.stackai.org-id", variables.get(ORG_ID),
                "flow", variables.get(FLOW_ID));
    }

    /** Stops the simulator, if there is one. */
    @Override
    public void close() {
        if (simulator != null) {
            simulator.close();
        }
    }
}

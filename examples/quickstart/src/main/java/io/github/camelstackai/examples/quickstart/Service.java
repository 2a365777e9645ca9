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
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.time.Duration;
import java.util.Map;

/** Where flows are run: with the account that the environment names, else on a simulator in this process. */
interface Service extends AutoCloseable {
    /** What to tell the user. */
    String description();

    /** What the service saw, to end the summary with; may be empty. */
    String note();

    /** The component's options, and the flow to run as {@code flow}. */
    Map<String, String> properties();

    @Override
    void close();

    /** @throws IllegalArgumentException when the environment names an account only in part */
    static Service of(Map<String, String> environment) {
        if (!Account.isIn(environment)) {
            return new Simulated();
        }
        return new Real(
                environment.getOrDefault("STACKAI_BASE_URL", "https://api.stack-ai.com"),
                environment.get("STACKAI_API_KEY"),
                environment.get("STACKAI_ORG_ID"),
                environment.get("STACKAI_FLOW_ID"));
    }

    private static Map<String, String> properties(String baseUrl, String apiKey, String orgId, String flowId) {
        return Map.of(
                "camel.component.stackai.base-url", baseUrl,
                "camel.component.stackai.api-key", apiKey,
                "camel.component.stackai.org-id", orgId,
                "flow", flowId);
    }

    /** An account at StackAI. */
    final class Real implements Service {
        private final String description;
        private final Map<String, String> properties;

        private Real(String baseUrl, String apiKey, String orgId, String flowId) {
            this.description = "Calling flow " + flowId + " of organisation " + orgId + " at " + baseUrl + ".";
            this.properties = Service.properties(baseUrl, apiKey, orgId, flowId);
        }

        @Override
        public String description() {
            return description;
        }

        @Override
        public String note() {
            return "";
        }

        @Override
        public Map<String, String> properties() {
            return properties;
        }

        @Override
        public void close() {}
    }

    /** Takes about a second for an answer, as a quick flow would. */
    final class Simulated implements Service {
        private final StackAiSimulator simulator =
                StackAiSimulator.builder().chunkEvery(Duration.ofMillis(80)).start();

        private Simulated() {
            simulator.flow("triage", new SimulatedTriage());
            simulator.script("triage", request -> Reply.usual()
                    .after(Duration.ofMillis(600 + request.text().length() % 800)));
        }

        @Override
        public String description() {
            return Account.NONE
                    + "\nA simulator in this process answers in StackAI's place; it looks for keywords, no AI is at work.";
        }

        @Override
        public String note() {
            return " The simulator saw up to " + simulator.maxOpenRequests() + " runs open at once.";
        }

        @Override
        public Map<String, String> properties() {
            return Service.properties(simulator.baseUrl(), simulator.apiKey(), simulator.orgId(), "triage");
        }

        @Override
        public void close() {
            simulator.close();
        }
    }
}

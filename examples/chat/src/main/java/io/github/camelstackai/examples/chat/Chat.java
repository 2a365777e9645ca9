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
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** Serves the page until the process ends. */
public final class Chat implements AutoCloseable {
    private final Main main = new Main();
    /** Null where there is an account. */
    private final StackAiSimulator simulator;

    /**
     * @param environment where the credentials of a StackAI account may be; without any a simulator answers
     * @param address host and port to serve the page at
     * @throws IllegalArgumentException when the environment names an account only in part
     */
    Chat(Map<String, String> environment, String address, PrintStream out) {
        simulator = Account.isIn(environment) ? null : simulator();
        if (simulator == null) {
            account(
                    environment.getOrDefault("STACKAI_BASE_URL", "https://api.stack-ai.com"),
                    environment.get("STACKAI_API_KEY"),
                    environment.get("STACKAI_ORG_ID"),
                    environment.get("STACKAI_FLOW_ID"));
        } else {
            out.println(Account.NONE + "\nA simulator in this process answers in StackAI's place; no AI is at work.");
            account(simulator.baseUrl(), simulator.apiKey(), simulator.orgId(), "assistant");
        }
        main.addOverrideProperty("address", address);
        main.setShutdownStrategy(new SimpleMainShutdownStrategy()); // the usual one waits for the end of run()
        main.configure().withShutdownTimeout(2).addRoutesBuilder(new ChatRoutes());
    }

    private void account(String baseUrl, String apiKey, String orgId, String flowId) {
        main.addOverrideProperty("camel.component.stackai.base-url", baseUrl);
        main.addOverrideProperty("camel.component.stackai.api-key", apiKey);
        main.addOverrideProperty("camel.component.stackai.org-id", orgId);
        main.addOverrideProperty("flow", flowId);
    }

    /** Writes about as fast as a flow does. */
    private static StackAiSimulator simulator() {
        StackAiSimulator simulator = StackAiSimulator.builder()
                .answerAfter(Duration.ofMillis(400))
                .chunkEvery(Duration.ofMillis(60))
                .start();
        simulator.flow("assistant", new SimulatedAssistant());
        return simulator;
    }

    /** Arguments: the address. */
    public static void main(String[] arguments) throws Exception {
        try {
            Chat chat = new Chat(System.getenv(), arguments[0], System.out);
            Runtime.getRuntime().addShutdownHook(new Thread(chat::close));
            chat.start();
            System.out.println("Open http://" + arguments[0] + " in a browser; Ctrl-C ends this.");
        } catch (IllegalArgumentException e) {
            System.out.println("Not started: " + e.getMessage());
            System.exit(2);
        }
    }

    /** The page is there when this returns. */
    void start() throws Exception {
        main.start();
    }

    @Override
    public void close() {
        main.stop();
        if (simulator != null) {
            simulator.close();
        }
    }
}

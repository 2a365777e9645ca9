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
package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AnswerTicketsTest {
    @RegisterExtension
    static final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();

    @TempDir
    Path folder;

    @Test
    void answersATicket(StackAiSimulator simulator) throws Exception {
        simulator.enqueue(Reply.error(429, "Slow down").header("Retry-After", "1"));
        answer(simulator, "Where is my parcel?");
        assertEquals("Answer to: Where is my parcel?", Files.readString(folder.resolve("answers/ticket.txt")));
        assertEquals(2, simulator.requestCount());
    }

    @Test
    void keepsTheReasonOfAFailure(StackAiSimulator simulator) throws Exception {
        simulator.enqueue(Reply.error(500, "The flow is broken"));
        answer(simulator, "Where is my parcel?");
        assertTrue(Files.readString(folder.resolve("failed/ticket.txt.reason.txt")).contains("The flow is broken"));
        assertEquals(1, simulator.requestCount());
    }

    private void answer(StackAiSimulator simulator, String ticket) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("tickets")).resolve("ticket.txt"), ticket);
        Main main = new Main();
        main.addOverrideProperty("camel.component.stackai.base-url", simulator.baseUrl());
        main.addOverrideProperty("camel.component.stackai.api-key", simulator.apiKey());
        main.addOverrideProperty("camel.component.stackai.org-id", simulator.orgId());
        main.addOverrideProperty("flow", "triage");
        main.addOverrideProperty("folder", folder.toString());
        main.configure().setDurationMaxMessages(1);
        main.run();
    }
}

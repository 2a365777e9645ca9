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
package io.github.camelstackai.examples.kamelets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.simulator.RecordedFeedback;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the user sees: files with questions, and files with answers. */
@Timeout(60)
class ApplicationTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension();

    @TempDir
    private Path folder;

    private final Main main = new Main(Application.class);

    private static StackAiSimulator stackAi() {
        return STACK_AI.simulator();
    }

    @BeforeEach
    void start() {
        main.configure().withBasePackageScanEnabled(false); // ignores the routes of other tests
        main.addOverrideProperty("folder", folder.toString());
        main.addOverrideProperty("triage.flow", "triage");
        main.addOverrideProperty("assistant.flow", "assistant");
        main.addOverrideProperty("camel.component.stackai.base-url", stackAi().baseUrl());
        main.addOverrideProperty("camel.component.stackai.api-key", stackAi().apiKey());
        main.addOverrideProperty("camel.component.stackai.org-id", stackAi().orgId());
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void answersATicketAndSendsFeedback() throws IOException {
        put("tickets", "ticket.txt", "Where is my parcel?");
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(folder.resolve("answers/ticket.txt"))
                .hasContent("Answer to: Where is my parcel?"));
        await().atMost(TIMEOUT).until(() -> !stackAi().feedback().isEmpty());
        RecordedFeedback feedback = stackAi().feedback().get(0);
        assertThat(feedback.feedback()).isEqualTo("delivered");
        assertThat(feedback.runId()).isEqualTo(stackAi().runs().get(0).runId());
    }

    @Test
    void appendsChunksOfAnAnswerOnArrival() throws IOException {
        stackAi()
                .enqueue(Reply.chunks("{\"outputs\":{\"out-0\":\"First\"}}\n")
                        .chunk(Duration.ofSeconds(1), "{\"outputs\":{\"out-0\":\" last\"},\"state\":\"COMPLETED\"}\n"));
        put("questions", "question.txt", "How?");
        Path answer = folder.resolve("answers/question.txt");
        await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThat(answer)
                .hasContent("First"));
        assertThat(stackAi().openRequests()).isEqualTo(1);
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(answer).hasContent("First last"));
    }

    @Test
    void movesARejectedTicketToFailed() throws IOException {
        stackAi().enqueue(Reply.error(402, "No credits left"));
        put("tickets", "refused.txt", "Hello?");
        await().atMost(TIMEOUT).until(() -> Files.exists(folder.resolve("tickets/.failed/refused.txt")));
        assertThat(folder.resolve("answers/refused.txt")).doesNotExist();
        assertThat(stackAi().feedback()).isEmpty();
    }

    /** Creates the file by a move, so that the route never reads a part of it. */
    private void put(String inbox, String name, String text) throws IOException {
        Path written = Files.writeString(folder.resolve(name), text);
        Files.move(written, Files.createDirectories(folder.resolve(inbox)).resolve(name));
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the user sees: exit code, output and files, with and without an account. */
@Timeout(60)
class QuickstartTest {
    private static final Path SAMPLES = Path.of("tickets");

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension(
            StackAiSimulator.builder().answerAfter(Duration.ofMillis(300)).chunkEvery(Duration.ofMillis(30)));

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    private StackAiSimulator stackAi() {
        return STACK_AI.simulator();
    }

    private Map<String, String> account() {
        return Map.of(
                "STACKAI_BASE_URL", stackAi().baseUrl(),
                "STACKAI_API_KEY", stackAi().apiKey(),
                "STACKAI_ORG_ID", stackAi().orgId(),
                "STACKAI_FLOW_ID", "my-flow");
    }

    private int run(Map<String, String> environment, Trial.Action action) throws Exception {
        return Trial.run(environment, new PrintStream(terminal, true, StandardCharsets.UTF_8), action);
    }

    private int answer(Map<String, String> environment, Path tickets) throws Exception {
        return run(environment, quickstart -> quickstart.answer(tickets, folder));
    }

    private String terminal() {
        return terminal.toString(StandardCharsets.UTF_8);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void movesEachTicketNextToItsAnswerAndKeepsTheSamples() throws Exception {
        List<String> samples = names(SAMPLES);
        assertThat(answer(account(), SAMPLES)).isZero();

        assertThat(names(folder.resolve("answered")))
                .containsExactlyInAnyOrderElementsOf(samples.stream()
                        .flatMap(name -> Stream.of(name, name + ".answer.txt"))
                        .toList());
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(folder.resolve("inbox")).isEmptyDirectory();
        assertThat(names(SAMPLES)).isEqualTo(samples);
        assertThat(terminal())
                .contains("my-flow", "[1/8] answered", "[8/8] answered", "8 of 8 answered, 0 failed")
                .contains(folder.resolve("answered").toString())
                .doesNotContain("simulator");
    }

    @Test
    void sendsTextAsOneInputAndJsonAsAllInputs() throws Exception {
        answer(account(), SAMPLES);
        assertThat(stackAi().requests()).extracting(RecordedRequest::json).anySatisfy(inputs -> assertThat(inputs)
                .containsEntry("user_id", "customer-20413")
                .hasEntrySatisfying("in-0", text -> assertThat((String) text).startsWith("You charged my card twice")));
        assertThat(Files.readString(folder.resolve("answered/lieferung-verspaetet.txt.answer.txt")))
                .isEqualTo("Answer to: " + Files.readString(SAMPLES.resolve("lieferung-verspaetet.txt")));
    }

    @Test
    void hasFourOpenRunsAtMost() throws Exception {
        answer(account(), SAMPLES);
        assertThat(stackAi().maxOpenRequests()).isEqualTo(4);
    }

    @Test
    void movesFailedTicketsNextToTheReasonAndAnswersTheOthers() throws Exception {
        Path tickets = Files.createDirectory(folder.resolve("tickets"));
        Files.writeString(tickets.resolve("good.txt"), "All is well");
        Files.writeString(tickets.resolve("broken.json"), "{\"in-0\": ");
        Files.writeString(tickets.resolve("refused.txt"), "Too much");
        stackAi()
                .script(
                        "my-flow",
                        request -> request.text().contains("Too much") ? Reply.error(402, "No credits left") : null);

        assertThat(answer(account(), tickets)).isEqualTo(1);

        assertThat(names(folder.resolve("answered"))).containsExactly("good.txt", "good.txt.answer.txt");
        assertThat(names(folder.resolve("failed")))
                .containsExactly("broken.json", "broken.json.reason.txt", "refused.txt", "refused.txt.reason.txt");
        assertThat(folder.resolve("failed/broken.json")).hasContent("{\"in-0\": ");
        assertThat(folder.resolve("failed/broken.json.reason.txt")).content().contains("The body is not JSON");
        assertThat(folder.resolve("failed/refused.txt.reason.txt")).content().contains("402", "No credits left");
        assertThat(terminal())
                .contains("FAILED   broken.json", "FAILED   refused.txt", "1 of 3 answered, 2 failed")
                .contains(folder.resolve("failed").toString());
    }

    @Test
    void usesTheSimulatorWithoutAnAccount() throws Exception {
        assertThat(answer(Map.of(), SAMPLES)).isZero();
        assertThat(terminal()).contains("No account", "simulator", "up to 4 runs open at once");
        assertThat(Files.readString(folder.resolve("answered/produccion-caida.txt.answer.txt")))
                .contains("Category: outage, urgency: high", "Reply (Spanish)");
        assertThat(Files.readString(folder.resolve("answered/kaiyaku.txt.answer.txt")))
                .contains("Category: cancellation, urgency: low", "ご連絡");
    }

    @Test
    void reportsAnIncompleteAccountAndSendsNothing() throws Exception {
        assertThat(answer(Map.of("STACKAI_API_KEY", "k", "STACKAI_FLOW_ID", ""), SAMPLES))
                .isEqualTo(2);
        assertThat(terminal()).contains("STACKAI_ORG_ID and STACKAI_FLOW_ID");
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void reportsAMissingFolder() throws Exception {
        assertThat(answer(Map.of(), folder.resolve("nowhere"))).isEqualTo(2);
        assertThat(terminal()).contains("Not started", "nowhere");
    }

    @Test
    void printsTheAnswerAsItArrives() throws Exception {
        List<String> printed = new CopyOnWriteArrayList<>();
        PrintStream out = new PrintStream(terminal, true, StandardCharsets.UTF_8) {
            @Override
            public void print(String text) {
                printed.add(text + " while open: " + stackAi().openRequests());
                super.print(text);
            }
        };
        assertThat(Trial.run(account(), out, quickstart -> quickstart.ask("How do I reset it?")))
                .isZero();
        assertThat(printed).contains("Answer while open: 1", " to: while open: 1", " How while open: 1");
        assertThat(terminal())
                .contains("[Input: 0 of 3 nodes done]", "[Output: 3 of 3 nodes done]")
                .contains("Answer to: How do I reset it?", "Complete. State COMPLETED");
    }

    @Test
    void reportsABrokenStreamAsAFailure() throws Exception {
        stackAi()
                .enqueue(Reply.chunks("{\"outputs\":{\"out-0\":\"Half an\"}}\n")
                        .chunk(Duration.ofMillis(300), "{")
                        .thenClose());
        assertThat(run(account(), quickstart -> quickstart.ask("q"))).isEqualTo(1);
        assertThat(terminal()).contains("Half an", "FAILED").doesNotContain("Complete");
    }
}

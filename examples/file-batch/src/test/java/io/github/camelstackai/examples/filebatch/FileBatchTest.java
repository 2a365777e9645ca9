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
package io.github.camelstackai.examples.filebatch;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the user sees: a process, its exit code, its output and its files. */
@Timeout(120)
class FileBatchTest {
    private static final int AT_ONCE = 40;

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI =
            new StackAiSimulatorExtension(StackAiSimulator.builder().answerAfter(Duration.ofMillis(200)));

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void continuesAfterAKill() throws Exception {
        documents(IntStream.range(0, 600).mapToObj("document %d"::formatted).toList());
        Process killed = start();
        await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(summary()) && rows().size() > 150);
        killed.destroyForcibly().waitFor();
        List<String> before = rows();
        Files.writeString(summary(), "half-a-ro", StandardOpenOption.APPEND);

        assertThat(end(start())).isZero();

        assertThat(rows()).hasSize(600).startsWith(before.toArray(String[]::new));
        assertThat(rows().stream().map(row -> row.split(",")[0]).distinct()).hasSize(600);
        for (int i = 0; i < 600; i++) {
            assertThat(folder.resolve("results/answered/" + i + ".txt.answer.txt"))
                    .hasContent("Answer to: document " + i);
        }
        assertRepeatsOnlyRunsInFlight(before);
    }

    private static void assertRepeatsOnlyRunsInFlight(List<String> before) {
        Map<Object, Long> runs = STACK_AI.simulator().requests().stream()
                .collect(groupingBy(request -> request.json().get("in-0"), counting()));
        Set<Object> twice = runs.keySet().stream()
                .filter(document -> runs.get(document) > 1)
                .collect(Collectors.toSet());
        System.out.println("Killed after " + before.size() + " of 600 documents: " + twice.size() + " were run twice");
        assertThat(runs).hasSize(600);
        assertThat(twice).hasSizeBetween(1, AT_ONCE);
        assertThat(runs.values()).allMatch(count -> count <= 2);
        assertThat(before).noneMatch(row -> twice.contains("document " + row.split("\\.")[0]));
    }

    @Test
    void keepsTheReasonOfAFailureAndRepeatsTheDocumentOnRequest() throws Exception {
        documents(List.of("good", "bad", "busy"));
        STACK_AI.simulator().flow("flow", FileBatchTest::answerTheGood);
        Set<Object> refused = ConcurrentHashMap.newKeySet();
        STACK_AI.simulator()
                .script(request -> refused.add(request.json().get("in-0"))
                        ? Reply.error(429, "Slow down").header("Retry-After", "0")
                        : null);

        assertThat(end(start())).isEqualTo(1);
        assertThat(terminal()).contains("2 answered, 1 failed");
        assertThat(rows()).anyMatch(row -> row.startsWith("1.txt,failed,") && row.contains("it is bad, very bad"));
        assertThat(STACK_AI.simulator().requestCount()).isEqualTo(6);

        assertThat(end(start())).isZero();
        assertThat(STACK_AI.simulator().requestCount()).isEqualTo(6);

        STACK_AI.simulator().reset();
        assertThat(end(start("-DretryFailed=true"))).isZero();
        assertThat(rows()).hasSize(3).allMatch(row -> row.contains(",answered,"));
        assertThat(STACK_AI.simulator().requestCount()).isEqualTo(1);
    }

    private static Map<String, Object> answerTheGood(Map<String, Object> inputs) {
        if ("bad".equals(inputs.get("in-0"))) {
            throw new IllegalArgumentException("it is bad,\nvery bad");
        }
        return Map.of("out-0", "fine");
    }

    @Test
    void endsTheBatchOnAWrongCredentialWithoutFailedDocuments() throws Exception {
        documents(IntStream.range(0, 200).mapToObj("document %d"::formatted).toList());
        STACK_AI.simulator().script(request -> Reply.error(401, "Unknown key"));

        assertThat(end(start())).isEqualTo(3);
        assertThat(terminal()).contains("Ended early", "401");
        assertThat(rows()).isEmpty();
        assertThat(STACK_AI.simulator().requestCount()).isLessThanOrEqualTo(2 * AT_ONCE);
    }

    @Test
    void writesAnAnswerThatIsAnObjectAsJson() throws Exception {
        documents(List.of("text"));
        Files.writeString(folder.resolve("documents/inputs.json"), "{\"in-0\": \"a\", \"in-1\": \"b\"}");
        STACK_AI.simulator().flow("flow", inputs -> Map.of("out-0", Map.of("inputs", inputs.size())));

        assertThat(end(start())).isZero();
        assertThat(folder.resolve("results/answered/inputs.json.answer.txt")).hasContent("{\"inputs\":2}");
    }

    @Test
    void answersTwoThousandGeneratedDocumentsWithoutAnAccount() throws Exception {
        Process trial = start(Trial.class, Map.of(), "-DatOnce=500", "-Dexample.work=" + folder);
        assertThat(end(trial)).isEqualTo(1);
        assertThat(terminal()).contains("No account", "in flight", "1995 answered, 5 failed");
        assertThat(rows()).hasSize(2000);
    }

    @Test
    void keepsResultsOfTheSimulatorApartFromThoseOfAnAccount() throws Exception {
        documents(List.of("text"));
        String documents = "-Ddocuments=" + folder.resolve("documents");
        assertThat(end(start(Trial.class, Map.of(), documents, "-Dresults=", "-Dexample.work=" + folder)))
                .isZero();
        assertThat(end(start(Trial.class, account(), documents, "-Dresults=", "-Dexample.work=" + folder)))
                .isZero();
        assertThat(terminal()).contains("0 done before", "1 answered, 0 failed");
        assertThat(STACK_AI.simulator().runs()).hasSize(1);
    }

    @Test
    void refusesResultsOfAnotherFlow() throws Exception {
        documents(List.of("text"));
        assertThat(end(start())).isZero();
        Map<String, String> other = new HashMap<>(account());
        other.put("STACKAI_FLOW_ID", "other");
        assertThat(end(start(FileBatch.class, other, "-Ddocuments=" + folder.resolve("documents"))))
                .isEqualTo(2);
        assertThat(terminal())
                .contains("Not started", "has results of", "sim-org/flow, not of", "sim-org/other", "-Dresults");
        assertThat(STACK_AI.simulator().requestCount()).isEqualTo(1);
    }

    @Test
    void answersADocumentThatHasChangedAgain() throws Exception {
        documents(List.of("a", "b"));
        assertThat(end(start())).isZero();
        Files.writeString(folder.resolve("documents/1.txt"), "changed");

        assertThat(end(start())).isZero();

        assertThat(terminal()).contains("1 done before", "1 answered, 0 failed");
        assertThat(folder.resolve("results/answered/1.txt.answer.txt")).hasContent("Answer to: changed");
        assertThat(rows()).hasSize(2);
    }

    @Test
    void countsOnlyDocumentsOfTheFolderAsDone() throws Exception {
        documents(List.of("a", "b", "c"));
        assertThat(end(start())).isZero();
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("another.txt"), "d");

        assertThat(end(start("-Ddocuments=" + other))).isZero();

        assertThat(terminal()).contains("1 documents in " + other + ", 0 done before", "1 answered, 0 failed");
    }

    @Test
    void reportsAnIncompleteAccountAndSendsNothing() throws Exception {
        documents(List.of("text"));
        assertThat(end(start(Trial.class, Map.of("STACKAI_API_KEY", "key"), "-Dexample.work=" + folder)))
                .isEqualTo(2);
        assertThat(terminal()).contains("Not started", "STACKAI_ORG_ID and STACKAI_FLOW_ID");
        assertThat(STACK_AI.simulator().requestCount()).isZero();
    }

    private void documents(List<String> texts) throws IOException {
        Path documents = Files.createDirectories(folder.resolve("documents"));
        for (int i = 0; i < texts.size(); i++) {
            Files.writeString(documents.resolve(i + ".txt"), texts.get(i));
        }
    }

    private static Map<String, String> account() {
        StackAiSimulator simulator = STACK_AI.simulator();
        return Map.of(
                "STACKAI_BASE_URL", simulator.baseUrl(),
                "STACKAI_API_KEY", simulator.apiKey(),
                "STACKAI_ORG_ID", simulator.orgId(),
                "STACKAI_FLOW_ID", "flow");
    }

    private Process start(String... properties) throws IOException {
        List<String> all = new ArrayList<>(List.of("-Ddocuments=" + folder.resolve("documents")));
        all.addAll(List.of(properties));
        return start(FileBatch.class, account(), all.toArray(String[]::new));
    }

    private Process start(Class<?> main, Map<String, String> account, String... properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-DatOnce=" + AT_ONCE,
                "-Dresults=" + folder.resolve("results")));
        command.addAll(List.of(properties));
        command.add(main.getName());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("terminal").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("STACKAI_"));
        builder.environment().putAll(account);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String terminal() throws IOException {
        return Files.readString(folder.resolve("terminal"));
    }

    private Path summary() {
        return folder.resolve("results/summary.csv");
    }

    /** Complete rows without the header. */
    private List<String> rows() throws IOException {
        String text = Files.readString(summary());
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().skip(1).toList();
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.RecordedFile;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.RecordedResource;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the user sees, and what the service has afterwards. */
@Timeout(60)
class DocumentsTest {
    private static final Path SAMPLES = Path.of("knowledge");
    private static final String QUESTION = "How long is the notice period?";

    @TempDir
    private Path folder;

    private final StackAiSimulator stackAi = Trial.simulator();
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        stackAi.close();
    }

    private Documents documents() {
        Map<String, String> settings = Map.of(
                "camel.component.stackai.index-poll-interval",
                "20",
                "camel.component.stackai.base-url",
                stackAi.baseUrl(),
                "camel.component.stackai.api-key",
                stackAi.apiKey(),
                "camel.component.stackai.org-id",
                stackAi.orgId(),
                "flow",
                Trial.FLOW,
                "node",
                Trial.NODE,
                "knowledge-base",
                Trial.KNOWLEDGE_BASE);
        return new Documents(settings, new PrintStream(terminal, true, StandardCharsets.UTF_8));
    }

    private List<RecordedFile> stored() {
        return stackAi.resources(Trial.KNOWLEDGE_BASE).stream()
                .map(RecordedResource::file)
                .toList();
    }

    private String terminal() {
        return terminal.toString(StandardCharsets.UTF_8);
    }

    @Test
    void folderIsPutIntoTheKnowledgeBase() throws Exception {
        assertThat(documents().store(SAMPLES, folder)).isZero();
        assertThat(stored())
                .extracting(RecordedFile::name)
                .containsExactlyInAnyOrder("delivery.pdf", "returns.txt", "warranty.txt");
        assertThat(stored())
                .filteredOn(file -> file.name().equals("delivery.pdf"))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.type()).isEqualTo("application/pdf");
                    assertThat(file.content()).isEqualTo(Files.readAllBytes(SAMPLES.resolve("delivery.pdf")));
                });
        assertThat(terminal()).contains("3 files", "are in the knowledge base");
    }

    @Test
    void newVersionReplacesTheEarlierOneAlsoAfterARestart() throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        for (String version : List.of("one", "two", "three")) {
            Files.writeString(source.resolve("terms.txt"), version);
            assertThat(documents().store(source, folder)).isZero();
            assertThat(stored()).extracting(RecordedFile::text).containsExactly(version);
        }
    }

    @Test
    void earlierVersionMayBeGone() throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.writeString(source.resolve("terms.txt"), "new");
        Path ids = Files.createDirectory(folder.resolve("resources"));
        Files.writeString(ids.resolve("terms.txt.id"), UUID.randomUUID().toString());
        assertThat(documents().store(source, folder)).isZero();
        assertThat(stored()).extracting(RecordedFile::text).containsExactly("new");
    }

    @Test
    void fileThatIsRefusedIsReportedAndTheEarlierVersionStays() throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.writeString(source.resolve("terms.txt"), "one");
        documents().store(source, folder);
        stackAi.enqueue(Reply.error(413, "too large"));
        assertThat(documents().store(source, folder)).isEqualTo(1);
        assertThat(stored()).extracting(RecordedFile::text).containsExactly("one");
        assertThat(folder.resolve("failed/terms.txt")).exists();
        assertThat(terminal()).contains("not all are");
    }

    @Test
    void questionIsAnsweredFromTheContractWhichIsDeletedAgain() throws Exception {
        assertThat(documents().ask(new File("contract.pdf"), QUESTION)).isZero();
        assertThat(terminal()).contains("Answer: The notice period is three months to the end of a quarter.");
        String user = (String) stackAi.runs().get(0).inputs().get("user_id");
        assertThat(stackAi.requests()).extracting(RecordedRequest::method).containsExactly("POST", "POST", "DELETE");
        assertThat(stackAi.documents(Trial.FLOW, Trial.NODE, user)).isEmpty();
    }

    @Test
    void contractIsDeletedAlsoIfTheRunFails() throws Exception {
        stackAi.script(request -> request.path().contains("/run/") ? Reply.error(402, "No credits left") : null);
        assertThat(documents().ask(new File("contract.pdf"), QUESTION)).isEqualTo(1);
        assertThat(terminal()).contains("FAILED", "No credits left");
        assertThat(stackAi.requests()).extracting(RecordedRequest::method).containsExactly("POST", "POST", "DELETE");
    }

    @Test
    void missingFolderIsReported() throws Exception {
        assertThat(documents().store(folder.resolve("nowhere"), folder)).isEqualTo(2);
        assertThat(terminal()).contains("Not started", "nowhere");
    }
}

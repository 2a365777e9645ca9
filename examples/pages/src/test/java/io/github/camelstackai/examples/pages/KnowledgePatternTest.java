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
package io.github.camelstackai.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.Reply;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A folder as a knowledge base, and questions about it. */
class KnowledgePatternTest extends PatternTest {
    static final String HEADING = "Answers from a knowledge base";

    private static final String KNOWLEDGE_BASE = "0b5d0a4e-1111-4222-8333-444455556666";

    private void start(Language language) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("handbook")).resolve("travel.md"), "By train.");
        component.getConfiguration().setIndexPollInterval(Duration.ofMillis(20));
        start(HEADING, language);
    }

    private void awaitDone() {
        await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("handbook/.camel/travel.md")));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void folderIsUploadedAndAnswersNameTheirSources(Language language) throws Exception {
        start(language);
        awaitDone();
        assertThat(simulator().resources(KNOWLEDGE_BASE)).hasSize(1);

        simulator()
                .enqueue(
                        Reply.json(Map.of("outputs", Map.of("out-0", "By train."), "citations", List.of("travel.md"))));
        assertThat(template.requestBody("direct:ask", "How do I travel?", String.class))
                .startsWith("By train.\n\nSources: ")
                .contains("travel.md");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void fileStaysInItsFolderWithoutAConnection(Language language) throws Exception {
        down(Outage.CLOSED);
        start(language);
        awaitFailure();
        assertThat(folder.resolve("handbook/travel.md")).exists();
        assertThat(folder.resolve("unclear")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void fileThatMayHaveBeenStoredIsNotUploadedAgain(Language language) throws Exception {
        down(Outage.UNAVAILABLE);
        start(language);
        awaitDone();
        assertThat(folder.resolve("unclear/travel.md")).hasContent("By train.");
        assertThat(simulator().requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void fileWhoseFailureSaysNothingIsNotUploadedAgain(Language language) throws Exception {
        fail("stackai://knowledge", new IllegalStateException("unknown"));
        start(language);
        awaitDone();
        assertThat(folder.resolve("unclear/travel.md")).hasContent("By train.");
    }
}

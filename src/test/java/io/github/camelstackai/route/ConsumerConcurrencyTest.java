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
package io.github.camelstackai.route;

import static io.github.camelstackai.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README says of its first route, and of a consumer that waits for each exchange. */
class ConsumerConcurrencyTest extends RouteTest {
    private static final int FILES = 50;

    @TempDir
    Path folder;

    private final CompletableFuture<Void> release = new CompletableFuture<>();

    @BeforeEach
    void createTickets() throws IOException {
        for (int i = 0; i < FILES; i++) {
            Files.writeString(Files.createDirectories(folder.resolve("tickets")).resolve(i + ".txt"), "ticket " + i);
        }
        stackAi().script(request -> Reply.usual().when(release));
    }

    @Test
    void eachFileOfAFolderStartsItsFlowAtOnceAndNoThreadWaits() throws Exception {
        startRoutes(routes -> routes.from("file:" + folder.resolve("tickets"))
                .to("stackai:run:triage")
                .to("file:" + folder.resolve("answers")));
        eventually("all flows run", () -> assertThat(stackAi().openRequests()).isEqualTo(FILES));
        assertThat(Thread.getAllStackTraces().entrySet())
                .filteredOn(thread -> thread.getKey().getName().contains("Camel"))
                .allSatisfy(thread -> assertThat(thread.getValue())
                        .as(thread.getKey().getName())
                        .noneMatch(frame -> frame.getClassName().contains("stackai")));
        release.complete(null);
        eventually("all answers are written", () -> assertThat(folder.resolve("answers"))
                .isDirectoryContaining("glob:**" + (FILES - 1) + ".txt")
                .satisfies(answers -> assertThat(answers.toFile().list()).hasSize(FILES)));
    }

    @Test
    void consumerThatWaitsForEachExchangeHasOneFlowInFlight() throws Exception {
        startRoutes(routes -> routes.from("file:" + folder.resolve("tickets") + "?synchronous=true")
                .to("stackai:run:triage"));
        eventually("a flow runs", () -> assertThat(stackAi().requestCount()).isEqualTo(1));
        release.complete(null);
        eventually(
                "the others follow", () -> assertThat(stackAi().requestCount()).isEqualTo(FILES));
        assertThat(stackAi().maxOpenRequests()).isEqualTo(1);
    }
}

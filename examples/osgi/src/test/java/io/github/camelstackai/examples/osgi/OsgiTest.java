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
package io.github.camelstackai.examples.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;

/** The component as a bundle. No bundle sees the class path of this test. */
@Timeout(120)
class OsgiTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension();

    @TempDir
    private static Path folder;

    private static Set<String> threadsBefore;
    private static Felix felix;
    private static Bundle application;

    @BeforeAll
    static void startFramework() throws Exception {
        threadsBefore = threads();
        felix = new Felix(folder.resolve("felix"), Demo.properties(stackAi(), folder));
        application = felix.start(Path.of("target/bundles"), Path.of("target/classes"));
    }

    /** Asserts that no thread of the bundles outlives the framework. */
    @AfterAll
    static void stopFramework() throws Exception {
        felix.close();
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(threads()).isSubsetOf(threadsBefore));
    }

    private static StackAiSimulator stackAi() {
        return STACK_AI.simulator();
    }

    @Test
    void bundlesAreActiveAndTheComponentIsWired() {
        List<Bundle> bundles = Arrays.asList(felix.bundles().getBundles());
        assertThat(bundles).allSatisfy(bundle -> assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE));
        Bundle component = bundle("io.github.camelstackai.camel-stackai");
        assertThat(component.adapt(BundleWiring.class).getRequiredWires(BundleRevision.PACKAGE_NAMESPACE))
                .extracting(wire -> wire.getProvider().getSymbolicName())
                .contains(
                        "camel-api",
                        "camel-support",
                        "camel-http-base",
                        "httpclient5",
                        "httpcore5",
                        "com.fasterxml.jackson.core.jackson-databind");
    }

    @Test
    void answersATicket() throws IOException {
        put("tickets", "ticket.txt", "Where is my parcel?");
        assertThat(answer("ticket.txt")).isEqualTo("Answer to: Where is my parcel?");
    }

    @Test
    void appendsChunksOfAnAnswerOnArrival() throws IOException {
        Reply halfWay = Reply.chunks("{\"outputs\":{\"out-0\":\"First\"}}\n")
                .chunk(Duration.ofSeconds(3), "{\"outputs\":{\"out-0\":\" last\"},\"state\":\"COMPLETED\"}\n");
        stackAi().enqueue(halfWay);
        put("questions", "growing.txt", "How?");
        Path answer = folder.resolve("answers/growing.txt");
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(answer).hasContent("First"));
        assertThat(stackAi().openRequests()).isEqualTo(1);
        assertThat(answer("growing.txt")).isEqualTo("First last");
    }

    @Test
    void movesARejectedTicketToFailed() throws IOException {
        stackAi().enqueue(Reply.error(402, "No credits left"));
        put("tickets", "refused.txt", "Hello?");
        await().atMost(TIMEOUT).until(() -> Files.exists(folder.resolve("tickets/.failed/refused.txt")));
        assertThat(folder.resolve("answers/refused.txt")).doesNotExist();
    }

    @Test
    void bundleStopsDuringAnAnswerAndStartsAgain() throws Exception {
        stackAi().enqueue(Reply.chunks("{\"outputs\":{\"out-0\":\"Half\"}}\n").thenSilence());
        put("questions", "half.txt", "How?");
        await().atMost(TIMEOUT).until(() -> stackAi().openRequests() == 1);

        application.stop();
        await().atMost(TIMEOUT).until(() -> stackAi().openRequests() == 0);

        application.start();
        put("tickets", "afterwards.txt", "Still there?");
        assertThat(answer("afterwards.txt")).isEqualTo("Answer to: Still there?");
    }

    private static Bundle bundle(String name) {
        return Arrays.stream(felix.bundles().getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Creates the file by a move, so that the bundle never reads a part of it. */
    private static void put(String inbox, String name, String text) throws IOException {
        Path written = Files.writeString(folder.resolve(name), text);
        Files.move(written, Files.createDirectories(folder.resolve(inbox)).resolve(name));
    }

    /** Waits until the bundle has moved the file, and returns the answer. */
    private static String answer(String name) throws IOException {
        await().atMost(TIMEOUT)
                .until(() -> Files.exists(folder.resolve("tickets/.camel").resolve(name))
                        || Files.exists(folder.resolve("questions/.camel").resolve(name)));
        return Files.readString(folder.resolve("answers").resolve(name));
    }

    /** Names of the threads of Camel and of the component's HTTP client. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("Camel .*|stackai-(io|timer)-.*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

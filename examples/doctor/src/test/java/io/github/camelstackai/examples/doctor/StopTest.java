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
package io.github.camelstackai.examples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The user ends the command while the service has files of the doctor. */
@Timeout(60)
class StopTest {
    private static final String BASE = "11111111-2222-3333-4444-555555555555";
    private static final String DELETING = "Deleting 3 files of the doctor, for at most 20 s.";

    /** Three of them wait five seconds each for an answer. */
    private static final Duration LESS_THAN_THE_DELETIONS = Duration.ofSeconds(8);

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension();

    @TempDir
    private Path folder;

    private final CountDownLatch waiting = new CountDownLatch(1);

    @BeforeEach
    void prepare() {
        Examined.prepare(service());
    }

    private static StackAiSimulator service() {
        return STACK_AI.simulator();
    }

    @Test
    void filesAreDeletedThoughTheServiceIsSlow() throws Exception {
        Process process = stopped(Reply.usual().after(Duration.ofMillis(500)));
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.lines().collect(Collectors.joining("\n")))
                    .contains(DELETING)
                    .containsPattern(" doctor-[0-9a-f-]{36}\\.txt of user doctor-[0-9a-f-]{36}, node doc-0")
                    .containsPattern(" doctor-[0-9a-f-]{36}\\.txt of knowledge base " + BASE)
                    .doesNotContain("left behind");
            assertThat(process.waitFor()).isNotZero();
            assertThat(service().resources(BASE)).isEmpty();
            assertThat(service().requests())
                    .filteredOn(request -> request.method().equals("DELETE"))
                    .hasSize(4);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The examination ends with the upload, while the first deletion waits. */
    @Test
    void noTableIsPrintedBetweenTheLinesAboutTheFiles() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        service().script(request -> {
            if (request.method().equals("POST") && request.path().contains("/documents/")) {
                waiting.countDown();
                return Reply.usual().after(Duration.ofSeconds(1));
            }
            return request.method().equals("DELETE") && first.getAndSet(false)
                    ? Reply.usual().after(Duration.ofSeconds(1))
                    : null;
        });
        Process process = stopped();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.lines().collect(Collectors.joining("\n")))
                    .contains("Deleting 1 file of the doctor")
                    .doesNotContain("as assumed", "left behind");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void secondSignalEndsTheCommandAtOnce() throws Exception {
        Process process = stopped(Reply.never());
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.lines().anyMatch(line -> line.startsWith(DELETING)))
                    .isTrue();
            long deadline = System.nanoTime() + LESS_THAN_THE_DELETIONS.toNanos();
            do {
                stop(process);
            } while (!process.waitFor(100, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline);
            assertThat(process.isAlive()).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A process that has got a signal while it waits for its file to be indexed. */
    private Process stopped(Reply deletion) throws IOException, InterruptedException {
        service().script(request -> {
            if (isStatus(request)) {
                waiting.countDown();
                return Reply.json(Map.of("status", "pending"));
            }
            return request.method().equals("DELETE") && waiting.getCount() == 0 ? deletion : null;
        });
        return stopped();
    }

    private Process stopped() throws IOException, InterruptedException {
        Process process = start();
        assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
        stop(process);
        return process;
    }

    /** Without closing its output, as the process itself does. */
    private static void stop(Process process) {
        process.toHandle().destroy();
    }

    private static boolean isStatus(RecordedRequest request) {
        return request.method().equals("GET") && request.path().contains("/resources/");
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-Dnode=" + Examined.NODE,
                        "-DknowledgeBase=" + BASE,
                        "-Dreport=" + folder.resolve("report.md"),
                        Trial.class.getName()))
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("STACKAI_"));
        builder.environment()
                .putAll(Map.of(
                        "STACKAI_BASE_URL", service().baseUrl(),
                        "STACKAI_API_KEY", service().apiKey(),
                        "STACKAI_ORG_ID", service().orgId(),
                        "STACKAI_FLOW_ID", Examined.FLOW));
        return builder.start();
    }
}

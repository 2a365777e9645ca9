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
package io.github.camelstackai.route.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault of the wire against every way to call: what the user is told, how long it takes, and that nothing is left.
 * The table "Fault by fault" of {@code docs/errors.md} has to say the same.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultMatrixTest {
    private static final Path PAGE = Path.of("docs/errors.md");
    private static final String HEADING = "## Fault by fault";
    private static final Path SOCKETS = Path.of("/proc/self/fd");
    /** It keeps a pair to close others by, once the first was closed. */
    private static final int OF_THE_JVM = 2;
    /** Faults at the same time: they mostly wait. */
    private static final int AT_ONCE = 8;

    private static final ExecutorService ROWS = Executors.newFixedThreadPool(AT_ONCE);
    private static final Map<Fault, Future<Map<Call, Outcome>>> OUTCOMES = new LinkedHashMap<>();
    /** Written once, before the first fault. */
    private static long socketsBefore;

    @BeforeAll
    static void begin() throws IOException {
        socketsBefore = sockets();
        Faults.ALL.forEach(fault -> OUTCOMES.put(fault, ROWS.submit(() -> FaultedCalls.meeting(fault))));
    }

    @AfterAll
    static void end() {
        ROWS.shutdownNow();
    }

    static Stream<Fault> faults() {
        return Faults.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultIsToldAsThePageSays(Fault fault) throws Exception {
        List<String> rows = rows(fault, OUTCOMES.get(fault).get());
        assertThat(documented().filter(row -> row.startsWith("| " + fault + " |")))
                .as("what %s says of %s", PAGE, fault)
                .containsExactlyElementsOf(rows);
    }

    @Test
    void pageNamesNoFaultThatIsNotTested() throws IOException {
        assertThat(documented().map(row -> row.split("\\|", 3)[1].strip()).distinct())
                .containsExactlyElementsOf(faults().map(Fault::toString).collect(Collectors.toList()));
    }

    @Test
    void nothingIsLeft() throws Exception {
        for (Future<?> row : OUTCOMES.values()) {
            row.get();
        }
        await("threads and sockets end with the component")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    assertThat(Thread.getAllStackTraces().keySet())
                            .extracting(Thread::getName)
                            .noneMatch(name -> name.startsWith("stackai-") || name.contains("StackAi"));
                    assertThat(sockets()).isLessThanOrEqualTo(socketsBefore + OF_THE_JVM);
                });
    }

    /** A row for each outcome, in the order of the calls that have it. */
    private static List<String> rows(Fault fault, Map<Call, Outcome> outcomes) {
        Map<Outcome, String> calls = outcomes.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        LinkedHashMap::new,
                        Collectors.mapping(entry -> entry.getKey().title(), Collectors.joining("; "))));
        return calls.entrySet().stream()
                .map(entry -> "| %s | %s | %s | %s | %s |"
                        .formatted(
                                fault,
                                calls.size() == 1 ? "all" : entry.getValue(),
                                entry.getKey().exception(),
                                entry.getKey().again(),
                                entry.getKey().when()))
                .toList();
    }

    private static Stream<String> documented() throws IOException {
        return Files.readString(PAGE)
                .lines()
                .dropWhile(line -> !line.equals(HEADING))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| fault") && !line.startsWith("| ---"));
    }

    /** Open sockets of this process, where the system shows them; else 0. */
    private static long sockets() throws IOException {
        if (!Files.isDirectory(SOCKETS)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(SOCKETS)) {
            return files.filter(FaultMatrixTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}

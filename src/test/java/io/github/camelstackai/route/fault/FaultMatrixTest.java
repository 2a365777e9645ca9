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

import static io.github.camelstackai.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

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
 * Every fault on the wire, for every kind of call: the exception, the time that it takes, and that no resource is left. The
 * table "Fault by fault" of {@code docs/errors.md} says the same.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultMatrixTest {
    private static final Path PAGE = Path.of("docs/errors.md");
    private static final String HEADING = "## Fault by fault";
    private static final Path SOCKETS = Path.of("/proc/self/fd");
    /** The JVM keeps a pair of sockets from the first close on. */
    private static final int OF_THE_JVM = 2;
    /** The number of faults that run at the same time; they mostly wait. */
    private static final int AT_ONCE = 8;

    private static final ExecutorService ROWS = Executors.newFixedThreadPool(AT_ONCE);
    private static final ExecutorService CALLS = Executors.newCachedThreadPool();
    private static final Map<Fault, Future<Map<CallVariant, FaultReport>>> OUTCOMES = new LinkedHashMap<>();
    /** Written once, before the first fault. */
    private static long socketsBefore;

    @BeforeAll
    static void begin() throws IOException {
        socketsBefore = sockets();
        Faults.ALL.forEach(fault -> OUTCOMES.put(fault, ROWS.submit(() -> FaultRunner.meeting(fault, CALLS))));
    }

    @AfterAll
    static void end() {
        ROWS.shutdownNow();
        CALLS.shutdownNow();
    }

    static Stream<Fault> faults() {
        return Faults.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void eachFaultFailsAsThePageSays(Fault fault) throws Exception {
        List<String> rows = rows(fault, OUTCOMES.get(fault).get());
        assertThat(documented().filter(row -> row.startsWith("| " + fault + " |")))
                .as("rows of %s for %s", PAGE, fault)
                .containsExactlyElementsOf(rows);
    }

    @Test
    void pageNamesEachTestedFaultAndNoOther() throws IOException {
        assertThat(documented().map(row -> row.split("\\|", 3)[1].strip()).distinct())
                .containsExactlyElementsOf(faults().map(Fault::toString).collect(Collectors.toList()));
    }

    @Test
    void noThreadAndNoSocketIsLeft() throws Exception {
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

    /** One row for each outcome, in the order of the calls; the outcome of most calls is that of all others. */
    private static List<String> rows(Fault fault, Map<CallVariant, FaultReport> outcomes) {
        Map<FaultReport, List<String>> calls = outcomes.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        LinkedHashMap::new,
                        Collectors.mapping(entry -> entry.getKey().title(), Collectors.toList())));
        int most = calls.values().stream().mapToInt(List::size).max().orElseThrow();
        return calls.entrySet().stream()
                .map(entry -> "| %s | %s | %s | %s | %s |"
                        .formatted(
                                fault,
                                entry.getValue().size() < most
                                        ? String.join("; ", entry.getValue())
                                        : calls.size() == 1 ? "all" : "all others",
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

    /** Open sockets of this process; 0 where the system does not list them. */
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
            return false; // closed since it was listed
        }
    }
}

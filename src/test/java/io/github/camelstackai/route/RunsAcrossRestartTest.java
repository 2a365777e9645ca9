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

import static io.github.camelstackai.Eventually.await;
import static io.github.camelstackai.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.JavaProcess;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a repository that keeps its content is worth: no run is lost by a restart or a kill. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunsAcrossRestartTest {
    private static final int RUNS = 10_000;

    @TempDir
    Path directory;

    private final List<Object> told = new CopyOnWriteArrayList<>();

    private CamelContext consume(StackAiSimulator stackAi, String options) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry()
                .bind(
                        "seen",
                        FileIdempotentRepository.fileIdempotentRepository(
                                directory.resolve("seen").toFile()));
        String uri =
                "stackai:runs:f?initialDelay=0&delay=20&idempotentRepository=#seen&apiKey=sim-key&orgId=sim-org&baseUrl="
                        + stackAi.baseUrl() + options;
        RouteBuilder.addRoutes(context, routes -> routes.from(uri)
                .process(exchange -> told.add(exchange.getMessage().getHeader(StackAiConstants.RUN_ID))));
        context.start();
        return context;
    }

    /** With a start of its own, too, the log is not read from there again. */
    @SuppressWarnings("try") // a context runs without being referred to
    @ParameterizedTest
    @ValueSource(strings = {"", "&startFrom=2000-01-01"})
    void runsOfADowntimeAreToldAfterIt(String options) throws Exception {
        try (StackAiSimulator stackAi = StackAiSimulator.start()) {
            try (CamelContext context = consume(stackAi, options)) {
                eventually("the consumer polls", () -> assertThat(stackAi.requestCount())
                        .isGreaterThan(2));
                stackAi.logRun("f", Map.of("run_id", "before"));
                eventually("the run is told", () -> assertThat(told).containsExactly("before"));
                eventually(
                        "the run is remembered",
                        () -> assertThat(directory.resolve("seen")).content().contains("before"));
                eventually("the position reaches the run", () -> assertThat(lastStart(stackAi))
                        .isAfter(Instant.now().minus(Duration.ofHours(3))));
            }
            stackAi.logRun(
                    "f",
                    Map.of(
                            "run_id",
                            "meanwhile",
                            "date",
                            Instant.now().minusSeconds(1800).toString()));
            int polled = stackAi.requests().size();
            try (CamelContext context = consume(stackAi, options)) {
                eventually("the run of the downtime is told", () -> assertThat(told)
                        .containsExactly("before", "meanwhile"));
            }
            Instant from = Instant.parse(stackAi.requests().get(polled).query("start_date"));
            assertThat(from).isAfter(Instant.now().minus(Duration.ofHours(3)));
        }
    }

    private static Instant lastStart(StackAiSimulator stackAi) {
        return stackAi.requests().stream()
                .map(request -> Instant.parse(request.query("start_date")))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    /**
     * The log grows by {@code runs.rate} runs a second while the consumer is killed and started again; some are logged up to two
     * seconds late. The issue's own pace is {@code -Druns.rate=200}.
     */
    @Test
    void noRunIsLostByAKill() throws Exception {
        int rate = Integer.getInteger("runs.rate", 5000);
        Queue<String> logged = new ConcurrentLinkedQueue<>();
        Random random = new Random(1);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (StackAiSimulator stackAi =
                StackAiSimulator.builder().remember(RUNS).start()) {
            Process first = start(stackAi);
            await("the consumer polls").atMost(Duration.ofSeconds(30)).until(() -> stackAi.requestCount() > 0);
            Future<?> unused = clock.scheduleAtFixedRate(
                    () -> log(stackAi, rate / 50, logged, random), 0, 20, TimeUnit.MILLISECONDS);
            await("runs are told")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> toldIds().size() > RUNS / 4);
            first.destroyForcibly().waitFor();
            int before = toldIds().size();
            Process second = start(stackAi);
            try {
                await("all are told")
                        .atMost(Duration.ofSeconds(90))
                        .until(() -> logged.size() == RUNS && new HashSet<>(toldIds()).containsAll(logged));
                assertThat(before).isLessThan(RUNS);
                assertThat(toldIds().size() - RUNS)
                        .as("more than once is told what was in work when the process was killed, if any")
                        .isLessThanOrEqualTo(1);
            } finally {
                second.destroyForcibly().waitFor();
            }
        } finally {
            clock.shutdownNow();
        }
    }

    private Process start(StackAiSimulator stackAi) throws IOException {
        String uri = "stackai:runs:f?initialDelay=0&delay=50&lookback=5s&startFrom=2000-01-01";
        return JavaProcess.of(List.of("-Xmx256m"), RunsAuditor.class, stackAi.baseUrl(), uri, directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private List<String> toldIds() throws IOException {
        Path file = directory.resolve("told");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** One tick of the clock that logs runs. */
    private static void log(StackAiSimulator stackAi, int count, Queue<String> ids, Random random) {
        for (int i = 0; i < count && ids.size() < RUNS; i++) {
            Instant date = Instant.now().minusMillis(random.nextInt(10) == 0 ? random.nextInt(2000) : 0);
            ids.add(stackAi.logRun("f", Map.of("date", date.toString())));
        }
    }
}

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
package io.github.camelstackai.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.examples.benchmark.Figures.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short run of the whole benchmark: checks that everything is measured and written, not how fast it is. */
class BenchmarkTest {
    private static final Scale SCALE = Scale.smoke();

    @TempDir
    static Path results;

    private static Figures figures;

    @BeforeAll
    @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    static void measure() throws Exception {
        figures = new Benchmark(SCALE, Set.of("all")).measure();
        new Report(SCALE, figures).write(results);
    }

    @Test
    void measuresEveryGoal() {
        assertThat(Goal.all(SCALE)).allSatisfy(goal -> {
            assertThat(goal.measured(figures)).as(goal.text()).isTrue();
            assertThat(goal.spread(figures).median()).as(goal.text()).isFinite();
        });
    }

    @Test
    void everyFigureIsFiniteAndRatesArePositive() {
        assertThat(figures.keys()).allSatisfy(key -> {
            assertThat(figures.rounds(key)).as(key.toString()).hasSizeGreaterThanOrEqualTo(SCALE.rounds());
            assertThat(figures.of(key).median()).as(key.toString()).isFinite();
        });
        for (String contender : Scenario.runs(SCALE).contenders()) {
            assertThat(median(Scenario.runs(SCALE), contender, "runsPerSecond")).isPositive();
        }
    }

    @Test
    void deliversEveryChunk() {
        for (Scenario scenario : List.of(Scenario.manyStreams(SCALE), Scenario.slowStreams(SCALE))) {
            for (String contender : scenario.contenders()) {
                assertThat(median(scenario, contender, "delivered"))
                        .as(contender)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void measuresTheComponentWithoutANetwork() {
        assertThat(figures.keys()).extracting(Key::contender).contains("runOfText", "runOfMap");
    }

    @Test
    void runsInFlightBlockNoThreads() {
        assertThat(median(Scenario.inFlight(SCALE), Scenario.STACKAI, "threads"))
                .isLessThan(SCALE.inFlight() / 2.0);
    }

    @Test
    void writesResults() throws Exception {
        assertThat(results.resolve("results.md"))
                .content()
                .contains(
                        "| what | goal |", "÷ bare client", Scenario.runs(SCALE).title());
        assertThat(Files.readAllLines(results.resolve("results.csv")))
                .hasSizeGreaterThan(figures.keys().size());
        for (String chart : new String[] {"performance.svg", "growth.svg"}) {
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(results.resolve(chart).toFile())
                            .getDocumentElement()
                            .getTagName())
                    .isEqualTo("svg");
        }
    }

    @Test
    void publishReplacesOnlyTheFiguresOfAPage() throws Exception {
        Path page = results.resolve("page.md");
        Files.createDirectories(results.resolve("pictures"));
        Files.writeString(page, "before\n" + Report.BEGIN + "old\n" + Report.END + "after\n");

        new Report(SCALE, figures).publish(page);

        assertThat(page)
                .content()
                .startsWith("before\n" + Report.BEGIN)
                .contains("| what | goal |")
                .doesNotContain("old\n")
                .endsWith(Report.END + "after\n");
    }

    private static double median(Scenario scenario, String contender, String figure) {
        return figures.of(new Key(scenario.title(), contender, figure)).median();
    }
}

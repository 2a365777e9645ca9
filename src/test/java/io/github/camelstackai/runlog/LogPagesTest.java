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
package io.github.camelstackai.runlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.protocol.LoggedRun;
import io.github.camelstackai.protocol.RunQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a reading ends. */
class LogPagesTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final RunQuery ALL = new RunQuery(Set.of(), null, null);

    private final List<LoggedRun> taken = new ArrayList<>();
    private final LogPages.Walk walk = walk(runs -> {
        taken.addAll(runs);
        return true;
    });

    private static LogPages.Walk walk(RunSelection selection) {
        return new LogPages(null, null, null, 0).walk(null, null, ALL, 0, selection);
    }

    /** Runs {@code r<first>} to {@code r<end - 1>}, a second before one another. */
    private static List<Map<String, Object>> page(int first, int end) {
        return IntStream.range(first, end)
                .mapToObj(i -> Map.<String, Object>of(
                        "run_id", "r" + i, "date", NOON.minusSeconds(i).toString(), "state", "COMPLETED"))
                .toList();
    }

    private boolean isCompleteAfter(List<Map<String, Object>> page) {
        walk.take(page);
        return walk.isComplete();
    }

    @Test
    void serviceMayReturnFewerThanAPageAsksFor() {
        assertThat(isCompleteAfter(page(0, 10))).isFalse();
        assertThat(isCompleteAfter(page(10, 20))).isFalse();
        assertThat(isCompleteAfter(page(20, 27))).isTrue();
        assertThat(taken).hasSize(27);
    }

    @Test
    void emptyPageIsTheLast() {
        assertThat(isCompleteAfter(List.of())).isTrue();
    }

    /** A hundred runs were logged between two requests. */
    @Test
    void pageThatIsKnownIsNotTheLast() {
        assertThat(isCompleteAfter(page(0, 100))).isFalse();
        assertThat(isCompleteAfter(page(0, 100))).isFalse();
        assertThat(isCompleteAfter(page(100, 150))).isTrue();
        assertThat(taken).hasSize(150);
    }

    @Test
    void serviceThatIgnoresThePageIsNotReadForEver() {
        assertThat(isCompleteAfter(page(0, 100))).isFalse();
        assertThat(isCompleteAfter(page(0, 100))).isFalse();
        assertThat(isCompleteAfter(page(0, 100))).isTrue();
        assertThat(taken).hasSize(100);
    }

    /** Neither a run without a date nor a page that shifted is another order than the newest first. */
    @Test
    void newestRunsAreFoundOnTheFirstPages() {
        NewestRuns newest = new NewestRuns(ALL, 150);
        LogPages.Walk newestFirst = walk(newest);
        List<Map<String, Object>> first = new ArrayList<>(page(0, 99));
        first.add(20, Map.of("run_id", "undated", "state", "COMPLETED"));

        newestFirst.take(first);
        newestFirst.take(page(95, 195));

        assertThat(newestFirst.isComplete()).isTrue();
        assertThat(newest.runs()).extracting(LoggedRun::id).contains("r149").doesNotContain("undated");
    }

    @Test
    void runWithoutADateIsTheOldest() {
        NewestRuns newest = new NewestRuns(ALL, 5);
        newest.take(List.of(
                LoggedRun.of(Map.of("run_id", "undated")),
                LoggedRun.of(page(0, 1).get(0))));

        assertThat(newest.runs()).extracting(LoggedRun::id).containsExactly("r0", "undated");
    }
}

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

import io.github.camelstackai.protocol.LoggedRun;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Selects the oldest of the runs that have yet to be processed. Those that failed give way to those that did not. */
final class UntoldRuns implements RunSelection {
    private final Predicate<LoggedRun> untold;
    private final int limit;
    private final TreeSet<LoggedRun> selected;
    private Instant newest;
    private Instant left;

    /**
     * @param untold whether a run has yet to be processed
     * @param failures how often it has failed
     * @param limit the maximum number of runs; 0 for no limit
     */
    UntoldRuns(Predicate<LoggedRun> untold, ToIntFunction<LoggedRun> failures, int limit) {
        this.untold = untold;
        this.limit = limit;
        this.selected = new TreeSet<>(Comparator.comparingInt(failures).thenComparing(LoggedRun.OLDEST_FIRST));
    }

    @Override
    public boolean take(List<LoggedRun> runs) {
        runs.forEach(this::take);
        return true;
    }

    private void take(LoggedRun run) {
        if (run.isDated() && (newest == null || run.date().isAfter(newest))) {
            newest = run.date();
        }
        if (untold.test(run)) {
            select(run);
        }
    }

    /** Selects a run that has yet to be processed. */
    void select(LoggedRun run) {
        selected.add(run);
        if (limit > 0 && selected.size() > limit) {
            Instant dropped = selected.pollLast().date();
            left = left == null || dropped.isBefore(left) ? dropped : left;
        }
    }

    /** The selected runs, the oldest first. */
    Queue<LoggedRun> runs() {
        return selected.stream().sorted(LoggedRun.OLDEST_FIRST).collect(Collectors.toCollection(ArrayDeque::new));
    }

    /** The latest date of the log that was read; null for none. */
    Instant newest() {
        return newest;
    }

    /** The earliest date of a run that exceeds the limit; null for none. */
    Instant left() {
        return left;
    }
}

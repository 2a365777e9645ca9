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
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Selects the oldest of the runs that have yet to be processed. */
final class UntoldRuns implements RunSelection {
    private final Predicate<LoggedRun> untold;
    private final int limit;
    private final Set<String> keys = new HashSet<>();
    private final TreeSet<LoggedRun> oldest = new TreeSet<>(LoggedRun.OLDEST_FIRST);
    private Instant newest;
    private Instant left;

    /**
     * @param untold whether a run has yet to be processed
     * @param limit the maximum number of runs; 0 for no limit
     */
    UntoldRuns(Predicate<LoggedRun> untold, int limit) {
        this.untold = untold;
        this.limit = limit;
    }

    @Override
    public boolean take(List<LoggedRun> page) {
        int known = keys.size();
        page.forEach(this::take);
        return keys.size() > known;
    }

    private void take(LoggedRun run) {
        if (!keys.add(run.key())) {
            return;
        }
        if (!run.date().equals(Instant.MAX) && (newest == null || run.date().isAfter(newest))) {
            newest = run.date();
        }
        if (untold.test(run)) {
            oldest.add(run);
            if (limit > 0 && oldest.size() > limit) {
                Instant dropped = oldest.pollLast().date();
                left = left == null || dropped.isBefore(left) ? dropped : left;
            }
        }
    }

    /** The selected runs, the oldest first. */
    Queue<LoggedRun> runs() {
        return new ArrayDeque<>(oldest);
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

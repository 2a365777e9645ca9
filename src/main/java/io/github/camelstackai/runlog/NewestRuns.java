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
import io.github.camelstackai.protocol.RunQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Selects the newest runs. The service promises no order: as long as it lists the newest first, the first pages are enough; else the
 * whole log is read, of which no more than the newest are kept.
 */
public final class NewestRuns implements RunSelection {
    private static final Comparator<LoggedRun> UNDATED_FIRST =
            Comparator.comparing(LoggedRun::isDated).thenComparing(LoggedRun.OLDEST_FIRST);

    private final RunQuery query;
    private final int limit;
    private final PriorityQueue<LoggedRun> newest = new PriorityQueue<>(UNDATED_FIRST);
    private final Set<String> ids = new HashSet<>();
    private Instant last = Instant.MAX;
    private boolean newestFirst = true;

    public NewestRuns(RunQuery query, int limit) {
        this.query = query;
        this.limit = limit;
    }

    @Override
    public boolean take(List<LoggedRun> runs) {
        runs.forEach(this::take);
        return !newestFirst || newest.size() < limit;
    }

    private void take(LoggedRun run) {
        if (run.isDated()) {
            newestFirst &= !run.date().isAfter(last);
            last = run.date();
        }
        if (ids.add(run.id()) && query.selects(run)) {
            newest.add(run);
            if (newest.size() > limit) {
                newest.remove();
            }
        }
    }

    /** The selected runs, the newest first. */
    public List<LoggedRun> runs() {
        List<LoggedRun> sorted = new ArrayList<>(newest);
        sorted.sort(UNDATED_FIRST.reversed());
        return sorted;
    }
}

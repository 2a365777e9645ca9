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
import io.github.camelstackai.protocol.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that the log has shown and that have not ended. Their rows keep the date at which they began, so that those that take long
 * have to be looked up. Not thread-safe.
 */
final class OpenRuns {
    static final Set<RunState> STATES = EnumSet.of(RunState.PENDING, RunState.PAUSED, RunState.RESUMED);

    /** How old a run is at most that is looked up. */
    static final Duration MAX_AGE = Duration.ofDays(31);

    private static final Logger LOG = LoggerFactory.getLogger(OpenRuns.class);
    private static final int MAX_RUNS = 1000;
    private static final int MAX_LOOKUPS = 10;

    private record Open(Instant date, String key) {}

    /** By id. Those that were looked up last are the last. */
    private final Map<String, Open> runs = new LinkedHashMap<>();

    /** The log shows a run. */
    void see(LoggedRun run) {
        if (run.hasEnded() || !run.isDated()) {
            runs.remove(run.id());
        } else {
            runs.put(run.id(), new Open(run.date(), run.key()));
        }
    }

    /**
     * The log shows runs that have not ended.
     *
     * @return whether that is true; a service may ignore which states are asked for
     */
    boolean seeAll(List<LoggedRun> all) {
        all.stream().filter(run -> !run.hasEnded()).forEach(this::see);
        return runs.size() < MAX_RUNS && all.stream().noneMatch(LoggedRun::hasEnded);
    }

    /** Whether a run had not ended when it was seen, and is now in another state. */
    boolean isChanged(LoggedRun run) {
        Open open = runs.get(run.id());
        return open != null && !open.key().equals(run.key());
    }

    /** The dates of some runs before a date, of others with each call. */
    List<Instant> due(Instant before, Instant now) {
        forget(now.minus(MAX_AGE));
        List<Map.Entry<String, Open>> due = runs.entrySet().stream()
                .filter(run -> run.getValue().date().isBefore(before))
                .limit(MAX_LOOKUPS)
                .map(Map.Entry::copyOf)
                .toList();
        due.forEach(run -> {
            runs.remove(run.getKey());
            runs.put(run.getKey(), run.getValue());
        });
        return due.stream().map(run -> run.getValue().date()).distinct().toList();
    }

    private void forget(Instant date) {
        int[] excess = {runs.size() - MAX_RUNS};
        runs.entrySet().removeIf(run -> {
            boolean forgotten = excess[0]-- > 0 || run.getValue().date().isBefore(date);
            if (forgotten) {
                LOG.warn(
                        "Run {} of {} has not ended; its end will not be noticed, as only {} such runs of the last {} days are looked up",
                        run.getKey(),
                        run.getValue().date(),
                        MAX_RUNS,
                        MAX_AGE.toDays());
            }
            return forgotten;
        });
    }
}

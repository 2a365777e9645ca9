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
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often runs could not be processed. Not thread-safe. */
final class FailedRuns {
    private static final Logger LOG = LoggerFactory.getLogger(FailedRuns.class);

    private final Map<String, Integer> counts = new HashMap<>();

    void add(LoggedRun run) {
        counts.merge(run.id(), 1, Integer::sum);
    }

    void remove(LoggedRun run) {
        counts.remove(run.id());
    }

    int count(LoggedRun run) {
        return counts.getOrDefault(run.id(), 0);
    }

    /**
     * Warns of the oldest of runs, if it has failed and its date lies before a date.
     *
     * @return whether there is one
     */
    boolean warn(Collection<LoggedRun> runs, Instant before, Instant now) {
        return runs.stream()
                .filter(run -> count(run) > 0 && run.date().isBefore(before))
                .min(LoggedRun.OLDEST_FIRST)
                .map(run -> warn(run, now))
                .isPresent();
    }

    private LoggedRun warn(LoggedRun run, Instant now) {
        LOG.warn(
                "Run {} of {}, {} hours ago, has failed {} times. Until its exchange succeeds, each poll reads the log from that date on",
                run.id(),
                run.date(),
                Duration.between(run.date(), now).toHours(),
                count(run));
        return run;
    }
}

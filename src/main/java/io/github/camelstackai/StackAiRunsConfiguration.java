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
package io.github.camelstackai;

import java.time.Duration;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of the log of runs, and of other lists. Not thread-safe. */
@UriParams
public abstract class StackAiRunsConfiguration extends StackAiOutputConfiguration {
    @UriParam(
            label = "runs",
            description =
                    "Runs: only runs in these states, separated by commas: PENDING, PAUSED, RESUMED, COMPLETED, FAILED,"
                            + " CANCELLED. If not set, a consumer receives all runs that have ended or paused, and a producer all"
                            + " runs.")
    private String states;

    @UriParam(
            label = "runs",
            description =
                    "Runs: only runs from this time on: a date or time such as 2026-11-26 or 2026-11-26T08:00:00Z (UTC"
                            + " unless it has an offset), or a duration before now such as 24h. If not set, a consumer begins at"
                            + " its start, or where idempotentRepository knows that it stopped.")
    private String startFrom;

    @UriParam(
            javaType = "java.time.Duration",
            defaultValue = "1h",
            label = "consumer,runs",
            description =
                    "Runs: how far each poll looks back beyond the runs that it knows, for runs that end or are logged"
                            + " out of order. In milliseconds or as a duration such as 30m.")
    private Duration lookback = Duration.ofHours(1);

    @UriParam(
            defaultValue = "100",
            label = "producer,runs",
            description = "Runs and knowledge: maximum number of entries of a list; of runs the newest.")
    private int limit = 100;

    @UriParam(
            label = "consumer,runs",
            description =
                    "Runs: the repository that remembers which runs have been processed. One that keeps its content, as in"
                            + " a file or a database, lets the consumer continue after a restart. If not set, they are remembered"
                            + " in memory.")
    private IdempotentRepository idempotentRepository;

    StackAiRunsConfiguration() {}

    public String getStates() {
        return states;
    }

    public void setStates(String states) {
        this.states = states;
    }

    public String getStartFrom() {
        return startFrom;
    }

    public void setStartFrom(String startFrom) {
        this.startFrom = startFrom;
    }

    public Duration getLookback() {
        return lookback;
    }

    public void setLookback(Duration lookback) {
        this.lookback = lookback;
    }

    public int getLimit() {
        return limit;
    }

    public void setLimit(int limit) {
        this.limit = limit;
    }

    public IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    public void setIdempotentRepository(IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }
}

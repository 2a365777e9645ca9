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
package io.github.camelstackai.observe;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The calls of one flow or of several, at one moment. Immutable.
 *
 * @param oldest how long the oldest call in flight has taken so far; zero for none
 * @param outcomes the number of calls that have ended, by outcome
 * @param chunks of all streams
 * @param firstChunk times from the beginning of a stream's call to its first chunk
 */
public record CallFigures(
        int inFlight, Duration oldest, Map<String, Long> outcomes, long chunks, Quantiles firstChunk) {
    static CallFigures of(Collection<FlowStatistics> flows) {
        Map<String, Long> outcomes = new TreeMap<>();
        flows.forEach(flow -> flow.addOutcomes(outcomes));
        return new CallFigures(
                flows.stream().mapToInt(FlowStatistics::inFlight).sum(),
                Duration.ofNanos(flows.stream()
                        .mapToLong(FlowStatistics::oldestNanos)
                        .max()
                        .orElse(0)),
                Collections.unmodifiableMap(outcomes),
                flows.stream().mapToLong(FlowStatistics::chunks).sum(),
                LatencyHistogram.quantiles(
                        flows.stream().map(FlowStatistics::firstChunks).toList()));
    }

    /** The number of calls that have ended. */
    public long ended() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The number of calls that have failed, by kind. */
    public Map<String, Long> failures() {
        Map<String, Long> failures = new TreeMap<>(outcomes);
        failures.keySet().removeIf(outcome -> !OutcomeMapper.isFailure(outcome));
        return failures;
    }

    /** The number of calls that have failed. */
    public long failed() {
        return failures().values().stream().mapToLong(Long::longValue).sum();
    }
}

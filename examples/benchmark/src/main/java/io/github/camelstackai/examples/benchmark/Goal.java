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

import io.github.camelstackai.examples.benchmark.Figures.Key;
import io.github.camelstackai.examples.benchmark.Figures.Spread;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * What the component is to reach.
 *
 * @param other what it is compared with; null for nothing
 * @param relation of the two; null without {@code other}
 * @param bound that the median has to reach
 * @param atLeast whether more is better
 */
record Goal(String text, Key one, Key other, DoubleBinaryOperator relation, double bound, boolean atLeast) {
    private static final DoubleBinaryOperator RATIO = (one, other) -> one / other;
    private static final DoubleBinaryOperator DIFFERENCE = (one, other) -> one - other;

    static List<Goal> all(Scale scale) {
        String runs = Scenario.runs(scale).title();
        String inFlight = Scenario.inFlight(scale).title();
        String one = Scenario.oneStream(scale).title();
        String many = Scenario.manyStreams(scale).title();
        String first = Scenario.firstChunk(scale).title();
        return List.of(
                ratio("Runs a second ÷ `camel-http`", runs, "runsPerSecond", Scenario.HTTP, 3, true),
                ratio("Runs a second ÷ `camel-vertx-http`", runs, "runsPerSecond", Scenario.VERTX, 1.15, true),
                ratio("Runs a second ÷ bare client", runs, "runsPerSecond", Scenario.BARE, 0.9, true),
                ratio("CPU a run ÷ bare client", runs, "cpuMicrosPerRun", Scenario.BARE, 1.15, false),
                ratio(
                        "Many in flight: runs a second ÷ bare client",
                        inFlight,
                        "runsPerSecond",
                        Scenario.BARE,
                        0.95,
                        true),
                value("Many in flight: threads", inFlight, Scenario.STACKAI, "threads", 40, false),
                value("Many in flight: KiB of heap a run", inFlight, Scenario.STACKAI, "heapKiBPerRun", 30, false),
                ratio("One stream: chunks a second ÷ bare client", one, "chunksPerSecond", Scenario.BARE, 0.8, true),
                value("Many streams: part of the chunks delivered", many, Scenario.PUBLISHER, "delivered", 1, true),
                new Goal(
                        "Many streams: CPU a chunk ÷ bare client",
                        new Key(many, Scenario.PUBLISHER, "cpuMicrosPerChunk"),
                        new Key(many, Scenario.BARE, "cpuMicrosPerChunk"),
                        RATIO,
                        1.3,
                        false),
                value(
                        "Many streams: p99 of a chunk's delay, ms",
                        many,
                        Scenario.PUBLISHER,
                        "delayMillisP99",
                        50,
                        false),
                new Goal(
                        "First chunk: µs after the bare client",
                        new Key(first, Scenario.STACKAI, "firstChunkMicros"),
                        new Key(first, Scenario.BARE, "firstChunkMicros"),
                        DIFFERENCE,
                        1000,
                        false),
                new Goal(
                        "Start: ms on top of an empty context",
                        new Key(ColdStart.TITLE, Scenario.STACKAI, "startMillis"),
                        new Key(ColdStart.TITLE, ColdStart.EMPTY, "startMillis"),
                        DIFFERENCE,
                        100,
                        false));
    }

    private static Goal ratio(
            String text, String scenario, String figure, String other, double bound, boolean atLeast) {
        return new Goal(
                text,
                new Key(scenario, Scenario.STACKAI, figure),
                new Key(scenario, other, figure),
                RATIO,
                bound,
                atLeast);
    }

    private static Goal value(
            String text, String scenario, String contender, String figure, double bound, boolean atLeast) {
        return new Goal(text, new Key(scenario, contender, figure), null, null, bound, atLeast);
    }

    boolean measured(Figures figures) {
        return figures.has(one) && (other == null || figures.has(other));
    }

    Spread spread(Figures figures) {
        return other == null ? figures.of(one) : figures.of(one, other, relation);
    }

    boolean reached(Figures figures) {
        double median = spread(figures).median();
        return atLeast ? median >= bound : median <= bound;
    }
}

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
import java.util.stream.Stream;

/**
 * A goal of the component.
 *
 * @param other the series to compare with; null for none
 * @param relation of the two series; null without {@code other}
 * @param bound of the median
 * @param atLeast whether the bound is a minimum
 */
record Goal(String text, Key one, Key other, DoubleBinaryOperator relation, double bound, boolean atLeast) {
    private static final DoubleBinaryOperator RATIO = (one, other) -> one / other;
    private static final DoubleBinaryOperator DIFFERENCE = (one, other) -> one - other;

    static List<Goal> all(Scale scale) {
        return Stream.of(runs(scale), inFlight(scale), meters(scale), streams(scale), starts())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Goal> runs(Scale scale) {
        String runs = Scenario.runs(scale).title();
        return List.of(
                ratio("Runs per second ÷ `camel-http`", runs, "runsPerSecond", Scenario.HTTP, 3, true),
                ratio("Runs per second ÷ `camel-vertx-http`", runs, "runsPerSecond", Scenario.VERTX, 1.15, true),
                ratio("Runs per second ÷ bare client", runs, "runsPerSecond", Scenario.BARE, 0.9, true),
                ratio("CPU per run ÷ bare client", runs, "cpuMicrosPerRun", Scenario.BARE, 1.15, false));
    }

    private static List<Goal> inFlight(Scale scale) {
        String runs = Scenario.inFlight(scale).title();
        return List.of(
                ratio("In flight: runs per second ÷ bare client", runs, "runsPerSecond", Scenario.BARE, 0.95, true),
                value("In flight: threads", runs, Scenario.STACKAI, "threads", 40, false),
                value("In flight: KiB of heap per run", runs, Scenario.STACKAI, "heapKiBPerRun", 30, false));
    }

    private static List<Goal> meters(Scale scale) {
        String runs = Scenario.meters(scale).get(0).title();
        Key without = new Key(runs, Scenario.STACKAI, "cpuMicrosPerRun");
        Key with = new Key(runs, Scenario.METERS, "cpuMicrosPerRun");
        return List.of(new Goal("Meters: CPU per run ÷ without", with, without, RATIO, 1.02, false));
    }

    private static List<Goal> streams(Scale scale) {
        String one = Scenario.oneStream(scale).title();
        String many = Scenario.manyStreams(scale).title();
        Key chunk = new Key(many, Scenario.PUBLISHER, "cpuMicrosPerChunk");
        Key bareChunk = new Key(many, Scenario.BARE, "cpuMicrosPerChunk");
        String first = Scenario.firstChunk(scale).title();
        Key firstChunk = new Key(first, Scenario.STACKAI, "firstChunkMicros");
        Key bareFirstChunk = new Key(first, Scenario.BARE, "firstChunkMicros");
        return List.of(
                ratio("One stream: chunks per second ÷ bare client", one, "chunksPerSecond", Scenario.BARE, 0.8, true),
                value("Many streams: delivered part of the chunks", many, Scenario.PUBLISHER, "delivered", 1, true),
                new Goal("Many streams: CPU per chunk ÷ bare client", chunk, bareChunk, RATIO, 1.3, false),
                value("Many streams: p99 delay of a chunk, ms", many, Scenario.PUBLISHER, "delayMillisP99", 50, false),
                new Goal("First chunk: µs after the bare client", firstChunk, bareFirstChunk, DIFFERENCE, 1000, false));
    }

    private static List<Goal> starts() {
        Key start = new Key(ColdStart.TITLE, Scenario.STACKAI, "startMillis");
        Key emptyStart = new Key(ColdStart.TITLE, ColdStart.EMPTY, "startMillis");
        return List.of(new Goal("Start: ms more than an empty context", start, emptyStart, DIFFERENCE, 100, false));
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

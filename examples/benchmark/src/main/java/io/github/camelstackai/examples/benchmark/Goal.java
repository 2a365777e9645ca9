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
 */
record Goal(String text, Key one, Key other, DoubleBinaryOperator relation, Bound bound) {
    private static final DoubleBinaryOperator RATIO = (one, other) -> one / other;
    private static final DoubleBinaryOperator DIFFERENCE = (one, other) -> one - other;
    private static final String CPU_PER_RUN = "cpuMicrosPerRun";
    private static final String CPU_PER_CHUNK = "cpuMicrosPerChunk";
    private static final String RUNS = "runsPerSecond";
    private static final String THREADS = "threads";

    /**
     * The bound of a goal.
     *
     * @param minimum whether it is a minimum
     * @param everyRound whether it bounds each round, not only the median
     */
    record Bound(double value, boolean minimum, boolean everyRound) {
        static Bound atLeast(double value) {
            return new Bound(value, true, false);
        }

        static Bound atMost(double value) {
            return new Bound(value, false, false);
        }

        Bound inEveryRound() {
            return new Bound(value, minimum, true);
        }

        boolean holds(Spread spread) {
            return minimum
                    ? (everyRound ? spread.min() : spread.median()) >= value
                    : (everyRound ? spread.max() : spread.median()) <= value;
        }
    }

    static List<Goal> all(Scale scale) {
        return Stream.of(runs(scale), inFlight(scale), observed(scale), streams(scale), slowStreams(scale), starts())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Goal> runs(Scale scale) {
        Series series = new Series(Scenario.runs(scale).title(), Scenario.STACKAI);
        return List.of(
                series.ratio("Runs per second ÷ `camel-http`", RUNS, Scenario.HTTP, Bound.atLeast(3)),
                series.ratio(
                        "Runs per second ÷ `camel-vertx-http`",
                        RUNS,
                        Scenario.VERTX,
                        Bound.atLeast(1.1).inEveryRound()),
                series.ratio(
                        "CPU per run ÷ `camel-vertx-http`",
                        CPU_PER_RUN,
                        Scenario.VERTX,
                        Bound.atMost(1).inEveryRound()),
                series.ratio("Runs per second ÷ bare client", RUNS, Scenario.BARE, Bound.atLeast(1)),
                series.ratio("CPU per run ÷ bare client", CPU_PER_RUN, Scenario.BARE, Bound.atMost(1.15)));
    }

    private static List<Goal> inFlight(Scale scale) {
        Series series = new Series(Scenario.inFlight(scale).title(), Scenario.STACKAI);
        return List.of(
                series.ratio("In flight: runs per second ÷ bare client", RUNS, Scenario.BARE, Bound.atLeast(0.95)),
                series.value("In flight: threads", THREADS, Bound.atMost(40)),
                series.value("In flight: KiB of heap per run", "heapKiBPerRun", Bound.atMost(30)));
    }

    private static List<Goal> observed(Scale scale) {
        String title = Scenario.observed(scale).get(0).title();
        Series meters = new Series(title, Scenario.METERS);
        Series observed = new Series(title, Scenario.OBSERVED);
        return List.of(
                meters.ratio("Meters: CPU per run ÷ without", CPU_PER_RUN, Scenario.STACKAI, Bound.atMost(1.02)),
                observed.ratio(
                        "Meters, JMX, console and health: CPU per run ÷ without",
                        CPU_PER_RUN,
                        Scenario.STACKAI,
                        Bound.atMost(1.1)));
    }

    private static List<Goal> streams(Scale scale) {
        String title = Scenario.manyStreams(scale).title();
        Series one = new Series(Scenario.oneStream(scale).title(), Scenario.STACKAI);
        Series publisher = new Series(title, Scenario.PUBLISHER);
        Series marked = new Series(title, Scenario.IO_THREAD);
        Series chunkUri = new Series(title, Scenario.CHUNK_URI);
        Series first = new Series(Scenario.firstChunk(scale).title(), Scenario.STACKAI);
        return List.of(
                one.ratio(
                        "One stream: chunks per second ÷ bare client",
                        "chunksPerSecond",
                        Scenario.BARE,
                        Bound.atLeast(0.8)),
                publisher.value("Many streams: delivered part of the chunks", "delivered", Bound.atLeast(1)),
                publisher.value("Many streams: p99 delay of a chunk, ms", "delayMillisP99", Bound.atMost(50)),
                marked.ratio(
                        "Many streams, subscriber that does not block: CPU per chunk ÷ bare client",
                        CPU_PER_CHUNK,
                        Scenario.BARE,
                        Bound.atMost(1.25)),
                chunkUri.ratio(
                        "Many streams, `chunkUri`: CPU per chunk ÷ bare client",
                        CPU_PER_CHUNK,
                        Scenario.BARE,
                        Bound.atMost(1.6)),
                first.difference(
                        "First chunk: µs after the bare client",
                        "firstChunkMicros",
                        Scenario.BARE,
                        Bound.atMost(1000)));
    }

    private static List<Goal> slowStreams(Scale scale) {
        String title = Scenario.slowStreams(scale).title();
        Series chunkUri = new Series(title, Scenario.CHUNK_URI);
        Series collect = new Series(title, Scenario.COLLECT);
        Series held = new Series(Scenario.heldStreams(scale).title(), Scenario.CHUNK_URI);
        return List.of(
                chunkUri.value("Slow streams, `chunkUri`: delivered part of the chunks", "delivered", Bound.atLeast(1)),
                chunkUri.value("Slow streams, `chunkUri`: threads", THREADS, Bound.atMost(40)),
                chunkUri.value(
                        "Slow streams, `chunkUri`: p99 delay of a chunk, ms", "delayMillisP99", Bound.atMost(50)),
                held.value("Slow streams, `chunkUri`: KiB of heap per stream", "heapKiBPerStream", Bound.atMost(40)),
                collect.value("Slow streams, collected: delivered part of the chunks", "delivered", Bound.atLeast(1)),
                collect.value("Slow streams, collected: threads", THREADS, Bound.atMost(40)));
    }

    private static List<Goal> starts() {
        return List.of(new Series(ColdStart.TITLE, Scenario.STACKAI)
                .difference("Start: ms more than an empty context", "startMillis", ColdStart.EMPTY, Bound.atMost(100)));
    }

    /** The figures of a contender in a scenario. */
    private record Series(String scenario, String contender) {
        Goal ratio(String text, String figure, String other, Bound bound) {
            return compared(text, figure, other, RATIO, bound);
        }

        Goal difference(String text, String figure, String other, Bound bound) {
            return compared(text, figure, other, DIFFERENCE, bound);
        }

        private Goal compared(String text, String figure, String other, DoubleBinaryOperator relation, Bound bound) {
            return new Goal(
                    text, new Key(scenario, contender, figure), new Key(scenario, other, figure), relation, bound);
        }

        Goal value(String text, String figure, Bound bound) {
            return new Goal(text, new Key(scenario, contender, figure), null, null, bound);
        }
    }

    boolean measured(Figures figures) {
        return figures.has(one) && (other == null || figures.has(other));
    }

    Spread spread(Figures figures) {
        return other == null ? figures.of(one) : figures.of(one, other, relation);
    }

    boolean reached(Figures figures) {
        return bound.holds(spread(figures));
    }
}

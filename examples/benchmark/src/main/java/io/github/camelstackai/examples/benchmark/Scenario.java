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

import java.util.List;
import java.util.stream.Stream;

/**
 * A measurement of several contenders.
 *
 * @param group its name on the command line
 * @param title its name in the results
 * @param warmUp the first command for {@link Client}, without results
 * @param command the measured command for {@link Client}
 * @param contenders in the order of their turns
 */
record Scenario(String group, String title, String warmUp, String command, List<String> contenders) {
    static final String BARE = "bare";
    static final String STACKAI = "stackai";
    static final String METERS = "stackai-meters";
    static final String OBSERVED = "stackai-observed";
    static final String TRACED = "stackai-traced";
    static final String SPLIT = "stackai-split";
    static final String PUBLISHER = "stackai-publisher";
    static final String IO_THREAD = "stackai-io-thread";
    static final String CHUNK_URI = "stackai-chunk-uri";
    static final String COLLECT = "stackai-collect";
    static final String HTTP = "camel-http";
    static final String VERTX = "camel-vertx-http";

    /** The number of runs that end in a second, for any number of users. */
    private static final int RUNS_PER_SECOND = 2000;

    static Scenario runs(Scale scale) {
        return new Scenario(
                "runs",
                "64 concurrent runs, answered without a delay",
                "runs 64 0 0 " + scale.warmUp(),
                "runs 64 0 0 " + scale.seconds(),
                List.of(BARE, STACKAI, HTTP, VERTX));
    }

    /** What observation costs. */
    static List<Scenario> observed(Scale scale) {
        return Stream.of(runs(scale), manyStreams(scale))
                .map(scenario -> new Scenario(
                        "observed",
                        scenario.title() + ", observed and not",
                        scenario.warmUp(),
                        scenario.command(),
                        List.of(STACKAI, METERS, OBSERVED, TRACED)))
                .toList();
    }

    static Scenario inFlight(Scale scale) {
        String command =
                "runs %d %d %d ".formatted(scale.inFlight(), scale.delayMillis(), Math.max(1, scale.delayMillis()));
        return new Scenario(
                "in-flight",
                scale.inFlight() + " runs in flight, answered after " + scale.delayMillis() + " ms",
                command + scale.seconds(),
                command + 2 * scale.seconds(),
                List.of(BARE, STACKAI));
    }

    static Scenario oneStream(Scale scale) {
        String command = "burst " + scale.burstBytes() + " ";
        return new Scenario(
                "one-stream",
                "One stream, sent without a delay",
                command + 2 * scale.seconds(),
                command + scale.seconds(),
                List.of(BARE, STACKAI, SPLIT, PUBLISHER));
    }

    static Scenario manyStreams(Scale scale) {
        String command = "paced %d %d %d 1000";
        return new Scenario(
                "many-streams",
                scale.streams() + " concurrent streams, each with a chunk every " + Scale.CHUNK_EVERY_MILLIS + " ms",
                command.formatted(scale.streams(), 4 * scale.chunks(), Scale.CHUNK_EVERY_MILLIS),
                command.formatted(scale.streams(), scale.chunks(), Scale.CHUNK_EVERY_MILLIS),
                List.of(BARE, PUBLISHER, IO_THREAD, CHUNK_URI, STACKAI));
    }

    /** Ten thousand slow streams; those that hold a thread each are left out. */
    static Scenario slowStreams(Scale scale) {
        return slowStreams(scale, "paced", "");
    }

    /** The same streams, to measure their heap. */
    static Scenario heldStreams(Scale scale) {
        return slowStreams(scale, "held", ": heap");
    }

    private static Scenario slowStreams(Scale scale, String verb, String what) {
        String command = "%s %d %d %d %d"
                .formatted(
                        verb,
                        scale.inFlight(),
                        scale.slowChunks(),
                        scale.slowEveryMillis(),
                        scale.slowEveryMillis() * 4);
        return new Scenario(
                "slow-streams",
                scale.inFlight() + " concurrent streams, each with a chunk every " + scale.slowEveryMillis() + " ms"
                        + what,
                command,
                command,
                List.of(BARE, CHUNK_URI, COLLECT));
    }

    static Scenario firstChunk(Scale scale) {
        String command = "first " + scale.firstChunks();
        return new Scenario("first-chunk", "Time to the first chunk", command, command, List.of(BARE, STACKAI));
    }

    static List<Scenario> growingRuns(Scale scale) {
        return scale.growingRuns().stream()
                .map(users -> {
                    long delay = 1000L * users / RUNS_PER_SECOND;
                    String command = "runs " + users + " " + delay + " " + Math.max(1, delay) + " " + scale.seconds();
                    boolean first = users.equals(scale.growingRuns().get(0));
                    String warmUp = first ? runs(scale).warmUp() : command;
                    return new Scenario("growth", growingRuns(users), warmUp, command, List.of(BARE, STACKAI));
                })
                .toList();
    }

    static List<Scenario> growingStreams(Scale scale) {
        return scale.growingBytes().stream()
                .map(bytes -> {
                    String command = "burst " + bytes + " " + scale.seconds();
                    return new Scenario("growth", growingStream(bytes), "first 1", command, List.of(BARE, STACKAI));
                })
                .toList();
    }

    static String growingRuns(int users) {
        return users + " runs in flight, " + RUNS_PER_SECOND + " answered per second";
    }

    static String growingStream(long bytes) {
        return (bytes < 1_000_000 ? bytes / 1000 + " KB" : bytes / 1_000_000 + " MB") + " streamed";
    }
}

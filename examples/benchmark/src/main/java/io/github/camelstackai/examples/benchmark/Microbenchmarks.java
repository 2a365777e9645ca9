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

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelstackai.examples.benchmark.Figures.Key;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.RunResult;
import io.github.camelstackai.protocol.frame.FrameDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Decoders and JSON without a network, measured by JMH together with {@link ComponentBenchmarks}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Microbenchmarks {
    private static final String TITLE = "Decoders, JSON and component without a network (JMH)";
    private static final int FRAMES = 1000;
    private static final int MAX_FRAME = 1 << 20;
    private static final int PIECE = 4096;

    private final ObjectMapper jackson = new JsonMapper();
    private final Json json = new Json();
    private final byte[] frame = Server.chunk(" token").getBytes(StandardCharsets.UTF_8);
    private final byte[] lines = Server.chunk(" token").repeat(FRAMES).getBytes(StandardCharsets.UTF_8);
    private final byte[] events =
            ("data: " + Server.chunk(" token") + "\n").repeat(FRAMES).getBytes(StandardCharsets.UTF_8);
    private final byte[] answer = Server.RUN.getBytes();
    private final Map<String, Object> inputs = Map.of("in-0", Contender.QUESTION, "user_id", "user-conversation");

    /** A frame of JSON Lines, in a stream of 4 KiB buffers. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void frameOfJsonLines(Blackhole sink) throws IOException {
        decode(lines, sink);
    }

    /** A frame of server-sent events. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void frameOfServerSentEvents(Blackhole sink) throws IOException {
        decode(events, sink);
    }

    /** The minimum for a frame: Jackson only. */
    @Benchmark
    public Object frameByJacksonAlone() throws IOException {
        return jackson.readValue(frame, Map.class);
    }

    /** The response of a run as a result. */
    @Benchmark
    public Object runResponse() throws IOException {
        return RunResult.of(object(json.read(answer)));
    }

    /** The minimum for the response of a run: Jackson only. */
    @Benchmark
    public Object runResponseByJacksonAlone() throws IOException {
        return jackson.readValue(answer, Map.class);
    }

    /** Inputs as the body of a request. */
    @Benchmark
    public Object inputs() throws IOException {
        return json.write(inputs);
    }

    private void decode(byte[] bytes, Blackhole sink) throws IOException {
        FrameDecoder decoder = new FrameDecoder(json, MAX_FRAME, true, sink::consume);
        for (int offset = 0; offset < bytes.length; offset += PIECE) {
            decoder.feed(bytes, offset, Math.min(PIECE, bytes.length - offset));
        }
    }

    @SuppressWarnings("unchecked") // a JSON object has text keys
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    static void measure(Scale scale, Figures figures) {
        OptionsBuilder options = new OptionsBuilder();
        TimeValue time = TimeValue.milliseconds((long) (scale.seconds() * 200));
        options.include(Microbenchmarks.class.getName() + ".*")
                .include(ComponentBenchmarks.class.getName() + ".*")
                .verbosity(VerboseMode.SILENT)
                .warmupIterations(scale.rounds())
                .warmupTime(time)
                .measurementIterations(scale.rounds())
                .measurementTime(time)
                .forks(scale.separate() ? 1 : 0);
        try {
            new Runner(options.build()).run().forEach(result -> result.getAggregatedResult()
                    .getIterationResults()
                    .forEach(iteration -> {
                        Result<?> each = iteration.getPrimaryResult();
                        figures.add(new Key(TITLE, each.getLabel(), "nanos"), each.getScore());
                    }));
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }
}

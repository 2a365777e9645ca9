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
package io.github.camelstackai.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.http.SimulatedCall;
import io.github.camelstackai.observe.ObservedCalls;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.text.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A stream whose response a test delivers. */
final class TestStreams {
    static final CallDescription CALL = new CallDescription("The stream", Redactor.of(List.of("topsecret")));
    static final StreamOptions INCREMENTS = options(null, true);
    static final StreamOptions SNAPSHOTS = options(null, false);

    record Failure(Throwable cause, boolean sent) {}

    /** The stream, once for each time that it was opened. */
    final List<ChunkStream> opened = new ArrayList<>();

    final List<Failure> failures = new ArrayList<>();
    final ObservedCalls.Events events = new ObservedCalls.Events();
    final SimulatedCall call;

    TestStreams(StreamOptions options) {
        call = new SimulatedCall(new ChunkReceiver(
                options,
                new Json(),
                CALL,
                events,
                Runnable::run,
                opened::add,
                (cause, sent) -> failures.add(new Failure(cause, sent))));
    }

    /** The stream, which has been opened once. */
    ChunkStream stream() {
        assertThat(failures).isEmpty();
        assertThat(opened).hasSize(1);
        return opened.get(0);
    }

    static StreamOptions options(String output, boolean increments) {
        return new StreamOptions(output, increments, true, 1000, 500);
    }

    /** A stream that has delivered {@code frames}. */
    static TestStreams of(String... frames) {
        TestStreams streams = new TestStreams(INCREMENTS);
        streams.call.head(200);
        for (String frame : frames) {
            streams.call.body(frame);
        }
        return streams;
    }

    static String frame(String text) {
        return line(Map.of("run_id", "r-1", "outputs", Map.of("o", text)));
    }

    static String lastFrame(String text) {
        return line(Map.of("run_id", "r-1", "state", "COMPLETED", "outputs", Map.of("o", text)));
    }

    static String line(Map<String, Object> frame) {
        return Json.text(frame) + "\n";
    }
}

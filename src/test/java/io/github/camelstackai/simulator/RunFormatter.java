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
package io.github.camelstackai.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Formats a run as the service does: as one response object, or as the frames of a stream.
 *
 * @param delta whether a frame has the new text alone, or all text so far
 * @param verbose whether frames are full response objects, or outputs alone. How the service ends a stream of the latter is
 *     unknown; here a frame has the state {@code COMPLETED}
 */
record RunFormatter(boolean delta, boolean verbose) {
    private static final List<String> NODES = List.of("Input", "Model", "Output");
    /** Before each space that follows a word, so that each increment begins with its spaces. */
    private static final Pattern INCREMENTS = Pattern.compile("(?<=\\S)(?=\\s)");

    /** The response of a run. */
    static Map<String, Object> response(RecordedRun run) {
        return object(run, run.outputs(), progress("Output", NODES.size(), NODES.size()), run.state());
    }

    /** All frames of the stream, in order. */
    Stream<Map<String, Object>> frames(RecordedRun run) {
        Stream<Map<String, Object>> first = verbose ? progress(run) : Stream.of();
        return Stream.of(first, texts(run), Stream.of(last(run))).flatMap(frames -> frames);
    }

    static String line(Map<String, Object> frame) {
        return JsonCodec.text(frame) + "\n";
    }

    static String event(Map<String, Object> frame) {
        return "data: " + JsonCodec.text(frame) + "\n\n";
    }

    private static Stream<Map<String, Object>> progress(RecordedRun run) {
        return Stream.iterate(0, i -> i < NODES.size(), i -> i + 1)
                .map(i -> object(run, Map.of(), progress(NODES.get(i), i + 1, i), null));
    }

    private Stream<Map<String, Object>> texts(RecordedRun run) {
        return run.outputs().entrySet().stream()
                .flatMap(output -> parts(output.getValue()).stream().map(part -> Map.of(output.getKey(), part)))
                .map(part -> verbose ? object(run, part, null, null) : part);
    }

    private List<Object> parts(Object value) {
        if (!(value instanceof String text)) {
            return List.of(value);
        }
        List<Object> parts = new ArrayList<>();
        StringBuilder soFar = new StringBuilder();
        for (String increment : INCREMENTS.split(text, -1)) {
            soFar.append(increment);
            parts.add(delta ? increment : soFar.toString());
        }
        return parts;
    }

    private Map<String, Object> last(RecordedRun run) {
        if (verbose) {
            return object(run, Map.of(), progress("Output", NODES.size(), NODES.size()), run.state());
        }
        Map<String, Object> end = new LinkedHashMap<>();
        end.put("run_id", run.runId());
        end.put("state", run.state());
        if (run.error() != null) {
            end.put("error", run.error());
        }
        return end;
    }

    private static Map<String, Object> object(
            RecordedRun run, Map<String, Object> outputs, Map<String, Object> progress, String state) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("outputs", outputs);
        object.put("citations", null);
        object.put("run_id", run.runId());
        object.put("metadata", null);
        object.put("progress_data", progress);
        object.put("state", state);
        object.put("pause", null);
        object.put("error", state == null ? null : run.error());
        return object;
    }

    private static Map<String, Object> progress(String node, int started, int completed) {
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("current_node", node);
        progress.put("total_nodes", NODES.size());
        progress.put("started_nodes", started);
        progress.put("completed_nodes", completed);
        return progress;
    }
}

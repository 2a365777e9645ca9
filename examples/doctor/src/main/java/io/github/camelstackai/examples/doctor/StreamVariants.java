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
package io.github.camelstackai.examples.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Streams the flow once for each parameter about which little is known. */
final class StreamVariants {
    private final Service service;
    private final Findings findings;
    private final Map<String, Object> without;

    /** @param inputs without {@code stream} */
    StreamVariants(Service service, Findings findings, Map<String, Object> inputs) {
        this.service = service;
        this.findings = findings;
        this.without = inputs;
    }

    void examine() {
        Map<String, Object> inputs = new LinkedHashMap<>(without);
        inputs.put("stream", true);
        variant(Check.STREAM_WITHOUT_FLAG, "", without)
                .ifPresent(stream -> findings.judge(
                        Check.STREAM_WITHOUT_FLAG,
                        stream.hasOutputs(),
                        stream.texts().size() + " texts"));
        variant(Check.STREAM_SNAPSHOTS, "?delta=false", inputs)
                .flatMap(StreamReading::snapshots)
                .ifPresent(snapshots -> findings.judge(
                        Check.STREAM_SNAPSHOTS, snapshots, snapshots ? "the text so far" : "increments"));
        variant(Check.STREAM_SSE, "?sse=true", inputs)
                .ifPresent(stream -> findings.judge(
                        Check.STREAM_SSE,
                        stream.form() == StreamReading.Form.EVENTS,
                        stream.form() + ", names of events: " + stream.events()));
        variant(Check.STREAM_PREFIX, "?prefix=true", inputs)
                .ifPresent(stream -> findings.judge(
                        Check.STREAM_PREFIX,
                        stream.form() == StreamReading.Form.JSON_LINES && stream.hasOutputs(),
                        stream.form() + ", " + stream.texts().size() + " texts"));
        variant(Check.STREAM_QUIET, "?verbose=false", inputs).ifPresent(this::quiet);
    }

    private void quiet(StreamReading stream) {
        List<JsonNode> contents = stream.contents();
        String seen = stream.items().size() + " objects, the end: "
                + stream.endMarker().orElse("none");
        if (stream.items().stream().anyMatch(item -> Frames.isRefusal(item.object()))) {
            findings.unknown(Check.STREAM_QUIET, seen + ", with an error");
        } else if (contents.isEmpty() && stream.strange().isEmpty()) {
            findings.unknown(Check.STREAM_QUIET, seen);
        } else {
            findings.judge(
                    Check.STREAM_QUIET, !contents.isEmpty() && contents.stream().noneMatch(Frames::isFrame), seen);
        }
    }

    private Optional<StreamReading> variant(Check check, String query, Map<String, Object> body) {
        Response answer = service.run(check.id(), service.flow("inference", "v0", "stream") + query, body);
        if (!answer.isOk() || answer.end() != Response.End.WHOLE) {
            findings.unknown(check, answer.isOk() ? "the body is " + answer.end() : answer.form());
            return Optional.empty();
        }
        if (new Reception(answer.body(), check != Check.STREAM_QUIET).isStopped()) {
            findings.unknown(check, "the run failed or paused");
            return Optional.empty();
        }
        return Optional.of(new StreamReading(answer));
    }
}

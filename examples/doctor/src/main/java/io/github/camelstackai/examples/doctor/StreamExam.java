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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Streams the flow once, and examines what comes and when. */
final class StreamExam {
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;
    private static final int FEW = 3;
    /** A stream that takes less than so many bursts says nothing about buffering. */
    private static final int BURSTS = 10;

    private final Service service;
    private final Limits limits;
    private final Findings findings;
    private final Map<String, Object> inputs;

    StreamExam(Service service, Limits limits, Findings findings, Map<String, Object> inputs) {
        this.service = service;
        this.limits = limits;
        this.findings = findings;
        this.inputs = new LinkedHashMap<>(inputs);
        this.inputs.put("stream", true);
    }

    void examine() {
        Response answer = service.run("stream", service.flow("inference", "v0", "stream"), inputs);
        if (answer.end() == Response.End.NONE) {
            findings.judge(Check.STREAM_WHOLE, false, "no answer");
            return;
        }
        boolean elsewhere =
                answer.status() == NOT_FOUND || answer.status() == WRONG_METHOD || answer.status() / 100 == 3;
        findings.judge(Check.STREAM_BASE_URL, !elsewhere, "status " + answer.status());
        if (answer.isOk()) {
            transport(answer);
            content(new StreamReading(answer), answer.end() == Response.End.WHOLE);
        } else if (!elsewhere) {
            findings.judge(Check.STREAM_COMPLETED, false, answer.form(), answer.detail());
        }
    }

    private void transport(Response answer) {
        Duration silence = answer.silence();
        boolean silent = answer.end() == Response.End.SILENT || silence.compareTo(limits.silence()) >= 0;
        findings.judge(Check.STREAM_SILENCE, !silent, "at most " + ConnectionExam.millis(silence));
        if (answer.end() == Response.End.LATE) {
            findings.unknown(Check.STREAM_WHOLE, "no end within " + ConnectionExam.millis(answer.took()));
        } else if (answer.end() != Response.End.SILENT) {
            findings.judge(Check.STREAM_WHOLE, answer.end() == Response.End.WHOLE, "the body is " + answer.end());
        }
        List<Response.Piece> pieces = answer.pieces();
        if (pieces.isEmpty() || answer.took().compareTo(limits.burst().multipliedBy(BURSTS)) < 0) {
            findings.unknown(Check.STREAM_LIVE, "the stream was too short");
            return;
        }
        Duration first = pieces.get(0).at();
        Duration burst = pieces.get(pieces.size() - 1).at().minus(first);
        boolean live = pieces.size() > 1 && burst.compareTo(limits.burst()) > 0;
        findings.judge(
                Check.STREAM_LIVE,
                live,
                pieces.size() + " pieces in " + ConnectionExam.millis(burst) + ", the first after "
                        + ConnectionExam.millis(first));
    }

    /** Of a stream that was cut off, the missing end says nothing. */
    private void content(StreamReading stream, boolean whole) {
        String seen = stream.form() + ", " + stream.items().size() + " objects";
        findings.judge(Check.STREAM_FORM, stream.form() == StreamReading.Form.JSON_LINES, seen);
        if (stream.items().isEmpty()) {
            return;
        }
        findings.judge(
                Check.STREAM_LINES,
                stream.strange().isEmpty(),
                stream.comments() + " comments, " + stream.prefixed() + " with data:, "
                        + stream.strange().size() + " unknown",
                stream.strange().toString());
        if (whole || stream.endMarker().isPresent()) {
            findings.judge(
                    Check.STREAM_END_MARKER,
                    stream.endMarker().isPresent(),
                    stream.endMarker().orElse("none"));
        }
        frames(stream);
        outcome(stream);
        if (stream.texts().stream().anyMatch(text -> Character.isHighSurrogate(text.charAt(text.length() - 1)))) {
            findings.judge(Check.STREAM_SURROGATES, true, "met");
        }
    }

    private void frames(StreamReading stream) {
        List<JsonNode> others = stream.others();
        if (!others.isEmpty()) {
            boolean known = others.stream().allMatch(Frames::isKeepAlive);
            findings.judge(
                    Check.STREAM_KEEP_ALIVES,
                    known,
                    others.size() + ", such as " + Json.shape(others.get(0)),
                    others.toString());
        }
        boolean runId =
                !stream.frames().isEmpty() && stream.frames().get(0).object().hasNonNull("run_id");
        findings.judge(Check.STREAM_RUN_ID, runId, runId ? "in the first frame" : "not in the first frame");
        findings.judge(Check.STREAM_FLAG, stream.hasOutputs(), stream.texts().size() + " texts");
        if (stream.texts().size() >= FEW) {
            boolean snapshots = stream.snapshots();
            findings.judge(Check.STREAM_DELTAS, !snapshots, snapshots ? "each text repeats the last" : "increments");
        }
    }

    private void outcome(StreamReading stream) {
        Optional<String> error = first(stream, Frames::error);
        Optional<String> strange = first(stream, Frames::strangeError);
        if (error.isPresent()) {
            findings.judge(Check.STREAM_ERROR, true, "in " + error.get());
            findings.judge(Check.STREAM_COMPLETED, false, "an error in " + error.get());
        } else if (strange.isPresent()) {
            findings.judge(Check.STREAM_ERROR, false, "in a key that is not known", strange.get());
        } else if (stream.endMarker().isPresent()) {
            if (Set.of("", "COMPLETED").contains(stream.state())) {
                findings.judge(Check.STREAM_COMPLETED, true, "no error");
            } else {
                findings.unknown(Check.STREAM_COMPLETED, "no error, but another state at the end");
            }
        }
    }

    private static Optional<String> first(StreamReading stream, Function<JsonNode, Optional<String>> place) {
        return stream.items().stream()
                .map(item -> place.apply(item.object()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Streams once for each parameter about which little is known. */
    void variants() {
        Map<String, Object> without = new LinkedHashMap<>(inputs);
        without.remove("stream");
        variant(Check.STREAM_WITHOUT_FLAG, "", without)
                .ifPresent(stream -> findings.judge(
                        Check.STREAM_WITHOUT_FLAG,
                        stream.hasOutputs(),
                        stream.texts().size() + " texts"));
        variant(Check.STREAM_SNAPSHOTS, "?delta=false", inputs)
                .filter(stream -> stream.texts().size() >= FEW)
                .ifPresent(stream -> findings.judge(
                        Check.STREAM_SNAPSHOTS,
                        stream.snapshots(),
                        stream.snapshots() ? "the text so far" : "increments"));
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
        if (!answer.isOk()) {
            findings.unknown(check, answer.form());
            return Optional.empty();
        }
        return Optional.of(new StreamReading(answer));
    }
}

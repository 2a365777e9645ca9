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
        if (answer.isNone()) {
            whole(answer);
            return;
        }
        boolean elsewhere =
                answer.status() == NOT_FOUND || answer.status() == WRONG_METHOD || answer.status() / 100 == 3;
        StreamReading stream = new StreamReading(answer);
        boolean api = answer.json().isContainerNode() || !stream.items().isEmpty();
        if (elsewhere || api && !answer.isFault()) {
            String words = elsewhere ? answer.detail() : "";
            findings.judge(Check.STREAM_BASE_URL, !elsewhere, "status " + answer.status(), words);
        } else {
            findings.unknown(Check.STREAM_BASE_URL, answer.form());
        }
        if (answer.isOk()) {
            Reception reception = new Reception(answer.body(), true);
            transport(answer);
            live(answer, reception);
            content(answer, stream, reception);
        } else if (!elsewhere) {
            findings.refused(Check.STREAM_COMPLETED, answer);
        }
    }

    private void whole(Response answer) {
        if (answer.end() == Response.End.LATE) {
            findings.unknown(Check.STREAM_WHOLE, "no end within " + ConnectionExam.millis(answer.took()));
        } else if (answer.end() == Response.End.UNCONNECTED) {
            findings.unknown(Check.STREAM_WHOLE, answer.form());
        } else if (answer.end() != Response.End.SILENT) {
            String seen = answer.isNone() ? "no answer" : "the body is " + answer.end();
            findings.judge(Check.STREAM_WHOLE, answer.end() == Response.End.WHOLE, seen);
        }
    }

    private void transport(Response answer) {
        Duration silence = answer.silence();
        boolean silent = answer.end() == Response.End.SILENT || silence.compareTo(limits.silence()) >= 0;
        findings.judge(Check.STREAM_SILENCE, !silent, "at most " + ConnectionExam.millis(silence));
        whole(answer);
    }

    /** What a stream that failed, paused or was cut off has in one piece may be all that it has. */
    private void live(Response answer, Reception reception) {
        List<Response.Piece> pieces = answer.pieces();
        if (pieces.isEmpty() || answer.took().compareTo(limits.burst().multipliedBy(BURSTS)) < 0) {
            findings.unknown(Check.STREAM_LIVE, "the stream was too short");
            return;
        }
        Duration first = pieces.get(0).at();
        Duration burst = pieces.get(pieces.size() - 1).at().minus(first);
        boolean live = pieces.size() > 1 && burst.compareTo(limits.burst()) > 0;
        String seen = pieces.size() + " pieces in " + ConnectionExam.millis(burst) + ", the first after "
                + ConnectionExam.millis(first);
        if (!live && answer.end() != Response.End.WHOLE) {
            findings.unknown(Check.STREAM_LIVE, seen + "; the body is " + answer.end());
        } else {
            judge(Check.STREAM_LIVE, reception, live, seen, "");
        }
    }

    private void content(Response answer, StreamReading stream, Reception reception) {
        form(answer, stream, reception);
        if (stream.items().isEmpty() && !reception.isFailed()) {
            return;
        }
        if (stream.form() != StreamReading.Form.CONCATENATED) {
            findings.judge(
                    Check.STREAM_LINES,
                    !reception.isMalformed(),
                    stream.comments() + " comments, " + stream.prefixed() + " with data:, "
                            + stream.strange().size() + " unknown",
                    stream.strange().toString());
        }
        end(answer, stream, reception);
        frames(stream, reception);
        outcome(stream, reception);
        if (stream.texts().stream().anyMatch(text -> Character.isHighSurrogate(text.charAt(text.length() - 1)))) {
            findings.judge(Check.STREAM_SURROGATES, true, "met");
        }
    }

    private void form(Response answer, StreamReading stream, Reception reception) {
        String seen = stream.form() + ", " + stream.items().size() + " objects";
        if (stream.items().isEmpty() && answer.end() != Response.End.WHOLE) {
            findings.unknown(Check.STREAM_FORM, seen);
        } else {
            judge(Check.STREAM_FORM, reception, stream.form() == StreamReading.Form.JSON_LINES, seen, "");
        }
    }

    /** What is missing in the stream of a run that failed or paused may be in that of a run that completes. */
    private void judge(Check check, Reception reception, boolean asAssumed, String seen, String detail) {
        if (reception.isStopped() && !asAssumed) {
            findings.unknown(check, seen + "; the run failed or paused");
        } else {
            findings.judge(check, asAssumed, seen, detail);
        }
    }

    /** What is missing in a stream that was cut off may follow. */
    private void end(Response answer, StreamReading stream, Reception reception) {
        boolean whole = answer.end() == Response.End.WHOLE && !reception.isMalformed();
        if (reception.isComplete()) {
            boolean more = new StreamReading(answer, reception.length()).hasOutputs();
            String marker = stream.endMarker().orElse("another one");
            findings.judge(Check.STREAM_END_MARKER, !more, marker + (more ? ", and outputs after it" : ""));
        } else if (whole) {
            judge(Check.STREAM_END_MARKER, reception, false, "none", "");
        }
        if (whole || stream.hasOutputs()) {
            judge(
                    Check.STREAM_FLAG,
                    reception,
                    stream.hasOutputs(),
                    stream.texts().size() + " texts",
                    "");
        }
    }

    private void frames(StreamReading stream, Reception reception) {
        List<JsonNode> others = stream.others();
        if (!others.isEmpty()) {
            boolean known = others.stream().allMatch(Frames::isKeepAlive);
            String seen = others.size() + ", such as " + Json.shape(others.get(0));
            judge(Check.STREAM_KEEP_ALIVES, reception, known, seen, others.toString());
        }
        if (stream.frames().isEmpty()) {
            findings.unknown(Check.STREAM_RUN_ID, "no frame");
        } else {
            boolean runId = stream.frames().get(0).object().hasNonNull("run_id");
            judge(Check.STREAM_RUN_ID, reception, runId, runId ? "in the first frame" : "not in the first frame", "");
        }
        stream.snapshots()
                .ifPresent(snapshots -> findings.judge(
                        Check.STREAM_DELTAS, !snapshots, snapshots ? "each text repeats the last" : "increments"));
    }

    private void outcome(StreamReading stream, Reception reception) {
        Optional<String> strange = first(stream, Frames::strangeError);
        if (reception.isFailed()) {
            failed(first(stream, Frames::error).or(stream::errorEvent), reception.error());
        } else if (strange.isPresent()) {
            findings.judge(Check.STREAM_ERROR, false, "in a key that is not known", strange.get());
        } else if (reception.isComplete()) {
            if (Set.of("", "COMPLETED").contains(stream.state())) {
                findings.judge(Check.STREAM_COMPLETED, true, "no error");
            } else {
                findings.unknown(Check.STREAM_COMPLETED, "no error, but another state at the end");
            }
        } else if (reception.isStopped()) {
            findings.unknown(Check.STREAM_COMPLETED, "paused");
        }
    }

    /** @param place where a stream has its errors; empty for an object that an answer of a run can be, too */
    private void failed(Optional<String> place, String words) {
        Check check = place.isPresent() ? Check.STREAM_ERROR : Check.RUN_DISGUISED_ERROR;
        String seen = "in " + place.orElse("an object without outputs");
        findings.judge(check, true, seen);
        findings.judge(Check.STREAM_COMPLETED, false, "an error " + seen, words);
    }

    private static Optional<String> first(StreamReading stream, Function<JsonNode, Optional<String>> place) {
        return stream.items().stream()
                .map(item -> place.apply(item.object()))
                .flatMap(Optional::stream)
                .findFirst();
    }
}

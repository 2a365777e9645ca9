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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the flow once, and examines the answer. */
final class RunExam {
    private final Service service;
    private final Limits limits;
    private final Findings findings;
    private final Map<String, Object> inputs;

    RunExam(Service service, Limits limits, Findings findings, Map<String, Object> inputs) {
        this.service = service;
        this.limits = limits;
        this.findings = findings;
        this.inputs = inputs;
    }

    /** Returns the run's id; null if there is none. */
    String examine() {
        Response answer = run("run", "", inputs);
        connection(answer);
        if (answer.end() != Response.End.WHOLE) {
            return null;
        }
        if (!answer.isOk()) {
            findings.refused(Check.RUN_COMPLETED, answer);
            return null;
        }
        JsonNode json = answer.json();
        if (!json.isObject()) {
            findings.judge(Check.RUN_RESPONSE, false, answer.form());
            return null;
        }
        outcome(json);
        if (json.has("outputs")) {
            outputs(json.path("outputs"));
        }
        return json.hasNonNull("run_id") ? json.path("run_id").asText() : null;
    }

    /** A quick answer does not show how long a silent connection stays open. */
    private void connection(Response answer) {
        if (answer.end() == Response.End.UNCONNECTED) {
            findings.unknown(Check.RUN_CONNECTION, answer.form());
            return;
        }
        boolean whole = answer.end() == Response.End.WHOLE;
        String seen = (whole ? "answer" : answer.isNone() ? "no answer" : "an answer without its end") + " after "
                + answer.took().toSeconds() + " s";
        boolean cut = answer.end() == Response.End.CUT || answer.end() == Response.End.NONE;
        if (cut || whole && answer.answered().compareTo(limits.silence()) >= 0) {
            findings.judge(Check.RUN_CONNECTION, whole, seen);
        } else {
            findings.unknown(Check.RUN_CONNECTION, seen);
        }
    }

    private Response run(String operation, String query, Map<String, Object> body) {
        return service.run(operation, service.flow("inference", "v0", "run") + query, body);
    }

    private void outcome(JsonNode json) {
        if (!json.has("outputs") && !json.has("run_id")) {
            boolean disguised = Stream.of("detail", "message", "error").anyMatch(json::hasNonNull);
            findings.judge(Check.RUN_DISGUISED_ERROR, disguised, Json.shape(json), json.toString());
            if (disguised) {
                findings.judge(Check.RUN_COMPLETED, false, "an error with status 200", json.toString());
            }
            return;
        }
        boolean both = json.has("outputs") && json.has("run_id");
        findings.judge(Check.RUN_RESPONSE, both, both ? json.size() + " keys" : Json.shape(json));
        JsonNode state = json.path("state");
        boolean known = state.isNull() || state.isMissingNode() || Frames.STATES.contains(state.asText());
        findings.judge(Check.RUN_STATE, known, state(json), known ? "" : state.toString());
        completed(json);
        if (json.hasNonNull("pause")) {
            findings.judge(Check.RUN_PAUSE, json.path("pause").isObject(), Json.shape(json.path("pause")));
        }
    }

    private void completed(JsonNode json) {
        boolean failed = Frames.has(json, "error");
        boolean contradiction = failed && state(json).equals("COMPLETED");
        if (failed) {
            findings.judge(Check.RUN_ERROR, !contradiction, "error, and state " + state(json));
        }
        if (contradiction) {
            return;
        }
        Optional<String> error = Frames.error(json);
        if (error.isPresent()) {
            findings.judge(
                    Check.RUN_COMPLETED,
                    false,
                    "an error in " + error.get(),
                    json.path("error").toString());
        } else if (!Frames.isPaused(json) && Set.of("null", "COMPLETED").contains(state(json))) {
            findings.judge(Check.RUN_COMPLETED, true, "state " + state(json));
        } else {
            findings.unknown(Check.RUN_COMPLETED, Frames.isPaused(json) ? "paused" : "state " + state(json));
        }
    }

    private static String state(JsonNode json) {
        String state = json.path("state").asText("null");
        return Frames.STATES.contains(state) || state.equals("null") ? state : "‹text›";
    }

    private void outputs(JsonNode outputs) {
        if (outputs.isEmpty()) {
            findings.unknown(Check.RUN_OUTPUT_VALUES, "no outputs");
            return;
        }
        String kinds = outputs.properties().stream()
                .map(entry -> kind(entry.getValue()))
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
        boolean usual = outputs.properties().stream()
                .allMatch(entry ->
                        entry.getValue().isTextual() || entry.getValue().isContainerNode());
        findings.judge(Check.RUN_OUTPUT_VALUES, usual, outputs.size() + " outputs: " + kinds);
    }

    private static String kind(JsonNode value) {
        String text = value.asText().strip();
        if (text.startsWith("```")) {
            return "a fenced block";
        }
        boolean braces = text.matches("(?s)\\{.*}|\\[.*]");
        if (braces) {
            return Json.read(text).isMissingNode() ? "text in braces, no JSON" : "text with JSON";
        }
        return Json.kind(value);
    }

    /** Runs with {@code verbose=false}. */
    void quiet() {
        Response answer = run("run, verbose=false", "?verbose=false", inputs);
        JsonNode json = answer.json();
        boolean nothing = json.isContainerNode() && json.isEmpty();
        if (answer.isOk() && !nothing && !Frames.isRefusal(json)) {
            findings.judge(
                    Check.RUN_QUIET,
                    answer,
                    json.isObject() && !Frames.isFrame(json),
                    json.size() + " keys, " + (Frames.isFrame(json) ? "with" : "without") + " those of a frame");
        } else {
            findings.unknown(Check.RUN_QUIET, answer.form());
        }
    }

    /** Runs with a file's address as the value of a node. */
    void document(String node, String url) {
        Map<String, Object> body = new LinkedHashMap<>(inputs);
        body.put(node, List.of(url));
        Response answer = run("run, with a document's URL", "", body);
        boolean completed = answer.isOk() && Frames.error(answer.json()).isEmpty();
        String name = url.replaceFirst("[?#].*", "").replaceFirst(".*/", "");
        boolean shown = !name.isEmpty()
                && !inputs.toString().contains(name)
                && Frames.outputs(answer.json()).toString().contains(name);
        if (completed && !shown) {
            findings.unknown(Check.DOCUMENT_URL, answer.form() + ", and the outputs do not name the file");
        } else if (!completed && !findings.is(Check.RUN_COMPLETED, Verdict.AS_ASSUMED)) {
            findings.unknown(Check.DOCUMENT_URL, answer.form() + "; no run without the file completed");
        } else {
            findings.judge(Check.DOCUMENT_URL, answer, completed);
        }
    }

    void feedback(String runId) {
        Response answer = service.post(
                "feedback",
                service.flow("inference", "v0", "feedback"),
                Map.of("run_id", runId, "feedback", "doctor: please ignore"));
        findings.judge(Check.FEEDBACK_TEXT, answer, answer.isOk());
        if (answer.isOk()) {
            JsonNode counts = answer.json();
            if (counts.isObject() && counts.isEmpty()) {
                findings.unknown(Check.FEEDBACK_COUNTS, "an empty object");
                return;
            }
            boolean integers = counts.isObject()
                    && counts.properties().stream()
                            .allMatch(entry -> entry.getValue().isIntegralNumber());
            findings.judge(Check.FEEDBACK_COUNTS, answer, integers, Json.shape(counts));
        }
    }

    void metadata(String runId) {
        String path = service.flow("inference", "v0", "run") + "/metadata?run_id=" + Service.encode(runId);
        Response answer = service.get("metadata of the run", path);
        findings.judge(
                Check.METADATA_RUN, answer, answer.isOk() && answer.json().isObject());
    }
}

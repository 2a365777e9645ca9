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

import static io.github.camelstackai.examples.doctor.Requests.isRun;
import static io.github.camelstackai.examples.doctor.Requests.isStream;
import static io.github.camelstackai.examples.doctor.Requests.metadata;
import static io.github.camelstackai.examples.doctor.Requests.path;
import static io.github.camelstackai.examples.doctor.Requests.query;

import io.github.camelstackai.simulator.LogOrder;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A service that behaves otherwise in the point of one check. */
record Difference(Check check, String what, Consumer<StackAiSimulator> service) {
    /** The id of a run that the simulator accepts although it has not made it. */
    static final String RUN = "run-of-a-script";

    private static final String FRAME = frame("\"outputs\":{\"out-0\":\"Hi\"}", "null");
    private static final String END = frame("\"outputs\":{}", "\"COMPLETED\"");

    @Override
    public String toString() {
        return check.id() + ": " + what;
    }

    static Stream<Difference> all() {
        return Stream.of(account(), refusals(), log(), run(), stream(), variants(), afterRun(), FileDifferences.all())
                .flatMap(differences -> differences);
    }

    private static Stream<Difference> account() {
        DateTimeFormatter http = DateTimeFormatter.RFC_1123_DATE_TIME;
        String tomorrow = ZonedDateTime.now(ZoneOffset.UTC).plusDays(1).format(http);
        Reply empty = Reply.json(Map.of());
        return Stream.of(
                of(
                        Check.BASE_URL,
                        "a page",
                        metadata(),
                        Reply.text("<html>Hello</html>").contentType("text/html")),
                of(
                        Check.BASE_URL,
                        "a redirect",
                        metadata(),
                        empty.withStatus(308).header("Location", "https://x.example")),
                of(Check.CREDENTIAL, "not allowed", metadata(), Reply.error(403, "Not allowed")),
                of(Check.ORGANISATION, "unknown", metadata(), Reply.error(404, "Organization does not exist")),
                of(Check.FLOW, "unknown", metadata(), Reply.error(404, "No such project")),
                of(Check.CLOCK, "a day ahead", metadata(), empty.header("Date", tomorrow)),
                of(Check.CONTENT_ENCODING, "compressed", metadata(), empty.header("Content-Encoding", "br")));
    }

    private static Stream<Difference> refusals() {
        Predicate<RecordedRequest> invented = Requests.inventedFlow();
        return Stream.of(
                of(
                        Check.ERROR_401,
                        "403",
                        request -> !request.header("Authorization").equals("Bearer sim-key"),
                        Reply.error(403, "No")),
                of(Check.ERROR_404, "200", invented, Reply.json(Map.of())),
                of(
                        Check.ERROR_404,
                        "no detail",
                        invented,
                        Reply.json(Map.of("message", "No")).withStatus(404)),
                of(
                        Check.ERROR_422,
                        "400",
                        path("/feedback/").and(request -> request.text().equals("{}")),
                        Reply.error(400, "No")),
                of(
                        Check.ERROR_402,
                        "no detail",
                        query("sse"),
                        Reply.json(Map.of("message", "Pay")).withStatus(402)),
                of(Check.ERROR_500, "no detail", query("sse"), Reply.text("Oh").withStatus(500)),
                of(
                        Check.ERROR_BUSY,
                        "a word",
                        query("sse"),
                        Reply.error(429, "Slow").header("Retry-After", "soon")));
    }

    private static Stream<Difference> log() {
        Predicate<RecordedRequest> log = path("/analytics/");
        Predicate<RecordedRequest> search = log.and(request -> "100".equals(request.query("page_size")));
        String later = Instant.now().plusSeconds(20_000).toString().replace("Z", "");
        return Stream.of(
                of(Check.LOG_KEY, "403", log, Reply.error(403, "Private keys only")),
                of(Check.LOG_ARRAY, "an object", log, Reply.json(Map.of("data", List.of()))),
                new Difference(
                        Check.LOG_NEWEST_FIRST, "oldest first", service -> service.logOrder(LogOrder.OLDEST_FIRST)),
                new Difference(
                        Check.LOG_DATES,
                        "a word",
                        service -> service.logRun(Examined.FLOW, Map.of("date", "yesterday"))),
                of(Check.LOG_DELAY, "never", search, Reply.json(List.of())),
                of(
                        Check.LOG_BY_USER,
                        "no user",
                        search.and(request -> request.query("user_id") != null),
                        Reply.json(List.of())),
                logged(Check.LOG_BY_USER, "of others", Map.of("user_id", "another")),
                logged(Check.LOG_UTC, "local time", Map.of("date", later)),
                logged(Check.LOG_TEXTS, "an object", Map.of("inputs", Map.of("in-0", "x"))));
    }

    /** The log has the first run with this field. */
    static Difference logged(Check check, String what, Map<String, Object> field) {
        return new Difference(
                check,
                what,
                service -> service.script(request -> {
                    if (!request.path().contains("/analytics/") || !"100".equals(request.query("page_size"))) {
                        return null;
                    }
                    Map<String, Object> run = new HashMap<>(Map.of(
                            "run_id",
                            service.runs().get(0).runId(),
                            "date",
                            Instant.now().toString(),
                            "state",
                            "COMPLETED"));
                    run.putAll(field);
                    return Reply.json(List.of(run));
                }));
    }

    private static Stream<Difference> run() {
        return Stream.of(
                of(Check.RUN_CONNECTION, "reset", isRun(), Reply.reset()),
                of(
                        Check.RUN_CONNECTION,
                        "cut",
                        isRun(),
                        Reply.json("{\"outputs\":")
                                .header("Content-Length", "99")
                                .thenClose()),
                run(Check.RUN_COMPLETED, "failed", "\"outputs\":{}", "\"FAILED\",\"error\":\"x\""),
                run(Check.RUN_ERROR, "error and completed", "\"outputs\":{}", "\"COMPLETED\",\"error\":\"x\""),
                run(Check.RUN_STATE, "another", "\"outputs\":{}", "\"DONE\""),
                run(Check.RUN_OUTPUT_VALUES, "a number", "\"outputs\":{\"out-0\":5}", "null"),
                run(Check.RUN_PAUSE, "no object", "\"outputs\":{},\"pause\":true", "\"PAUSED\""),
                of(Check.RUN_RESPONSE, "no run id", isRun(), Reply.json(Map.of("outputs", Map.of()))),
                of(Check.RUN_RESPONSE, "no JSON", isRun(), Reply.text("Hi")),
                of(Check.RUN_DISGUISED_ERROR, "another key", isRun(), Reply.json(Map.of("reason", "x"))));
    }

    private static Difference run(Check check, String what, String outputs, String state) {
        return of(check, what, isRun(), Reply.json(frame(outputs, state)));
    }

    private static Stream<Difference> stream() {
        return Stream.of(
                of(Check.STREAM_BASE_URL, "unknown", isStream(), Reply.error(404, "Not Found")),
                stream(Check.STREAM_COMPLETED, "failed", FRAME, frame("\"outputs\":{}", "\"FAILED\",\"error\":\"x\"")),
                stream(Check.STREAM_FORM, "events", "data: " + FRAME + "\n\n", "data: " + END + "\n\n"),
                stream(Check.STREAM_COMPLETED, "failed at once", frame("\"outputs\":{}", "\"FAILED\",\"error\":\"x\"")),
                stream(Check.STREAM_COMPLETED, "a detail", "{\"detail\":\"Quota\"}"),
                stream(Check.STREAM_COMPLETED, "a detail after frames", FRAME, "{\"detail\":\"Quota\"}"),
                stream(Check.STREAM_COMPLETED, "an event", "event: error", "data: quota", ""),
                stream(Check.STREAM_COMPLETED, "an event after frames", FRAME, "event: error", "data: quota", ""),
                of(Check.STREAM_FORM, "no line ends", isStream(), Reply.chunks(FRAME + END)),
                of(Check.STREAM_FORM, "a page", isStream(), Reply.text("<html>Hello</html>")),
                stream(Check.STREAM_LINES, "a word", FRAME, "hello", END),
                stream(
                        Check.STREAM_LINES,
                        "a word after a ping",
                        "event: ping",
                        "data: x",
                        "",
                        "data: y",
                        "",
                        FRAME,
                        END),
                stream(Check.STREAM_DELTAS, "snapshots", text("a"), text("ab"), text("abc"), END),
                stream(Check.STREAM_RUN_ID, "none", "{\"outputs\":{\"out-0\":\"Hi\"}}", END),
                stream(Check.STREAM_END_MARKER, "none", FRAME),
                stream(Check.STREAM_END_MARKER, "before an output", FRAME, END, FRAME),
                of(Check.STREAM_WHOLE, "cut", isStream(), Reply.usual().thenClose()),
                of(
                        Check.STREAM_WHOLE,
                        "cut in the first line",
                        isStream(),
                        Reply.chunks("{\"outputs\":").thenClose()),
                of(
                        Check.STREAM_WHOLE,
                        "cut at once",
                        isStream(),
                        Reply.chunks(lines(text(""))).thenClose()),
                stream(
                        Check.STREAM_ERROR,
                        "another key",
                        "{\"outputs\":{},\"exception\":\"x\",\"run_id\":\"r\"}",
                        FRAME,
                        END),
                stream(Check.STREAM_KEEP_ALIVES, "another type", FRAME, "{\"type\":\"tick\"}", END),
                stream(Check.STREAM_FLAG, "no outputs", END),
                of(Check.STREAM_LIVE, "held back", isStream(), Reply.usual().after(Duration.ofMillis(2100))),
                of(
                        Check.STREAM_SILENCE,
                        "silent",
                        isStream(),
                        Reply.chunks(FRAME + "\n").thenSilence()));
    }

    private static Difference stream(Check check, String what, String... lines) {
        return of(check, what, isStream(), Reply.chunks(lines(lines)));
    }

    private static Stream<Difference> variants() {
        Reply increments = Reply.chunks(lines(text("one"), text(" two"), text(" three"), END));
        return Stream.of(
                of(
                        Check.RUN_QUIET,
                        "outputs",
                        path("/run/").and(query("verbose")),
                        Reply.json(Map.of("outputs", Map.of()))),
                of(
                        Check.STREAM_WITHOUT_FLAG,
                        "no outputs",
                        path("/stream/")
                                .and(request ->
                                        request.query().isEmpty() && !isStream().test(request)),
                        Reply.chunks(lines(END))),
                of(Check.STREAM_SNAPSHOTS, "increments", query("delta"), increments),
                of(Check.STREAM_SSE, "lines", query("sse"), increments),
                of(Check.STREAM_PREFIX, "events", query("prefix"), Reply.chunks("data: " + FRAME + "\n\n")),
                of(Check.STREAM_QUIET, "frames", path("/stream/").and(query("verbose")), increments));
    }

    private static Stream<Difference> afterRun() {
        Predicate<RecordedRequest> feedback =
                path("/feedback/").and(request -> request.text().contains("doctor"));
        return Stream.of(
                of(Check.FEEDBACK_TEXT, "a word of two", feedback, Reply.error(422, "good or bad")),
                of(Check.FEEDBACK_COUNTS, "text", feedback, Reply.json(Map.of("ok", "yes"))),
                of(Check.METADATA_RUN, "a list", path("/metadata").and(query("run_id")), Reply.json(List.of())));
    }

    static Difference of(Check check, String what, Predicate<RecordedRequest> which, Reply reply) {
        return new Difference(check, what, service -> service.script(script(which, reply)));
    }

    /** Accepts the run of a script as one of the service's. */
    private static Function<RecordedRequest, Reply> script(Predicate<RecordedRequest> which, Reply reply) {
        return request -> which.test(request)
                ? reply
                : RUN.equals(request.query("run_id")) ? Reply.json(Map.of("run_id", RUN)) : null;
    }

    static String frame(String outputs, String state) {
        return "{" + outputs + ",\"run_id\":\"" + RUN + "\",\"state\":" + state + "}";
    }

    static String text(String text) {
        return frame("\"outputs\":{\"out-0\":\"" + text + "\"}", "null");
    }

    static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }
}

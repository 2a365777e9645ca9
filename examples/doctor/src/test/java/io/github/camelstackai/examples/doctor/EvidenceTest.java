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

import static io.github.camelstackai.examples.doctor.Difference.frame;
import static io.github.camelstackai.examples.doctor.Difference.lines;
import static io.github.camelstackai.examples.doctor.Difference.text;
import static io.github.camelstackai.examples.doctor.Requests.isRun;
import static io.github.camelstackai.examples.doctor.Requests.isStream;
import static io.github.camelstackai.examples.doctor.Requests.metadata;
import static io.github.camelstackai.examples.doctor.Requests.method;
import static io.github.camelstackai.examples.doctor.Requests.path;
import static io.github.camelstackai.examples.doctor.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer that proves nothing: the check is neither as assumed nor otherwise. */
@Timeout(60)
class EvidenceTest {
    private static final String NO_OUTPUTS = "\"outputs\":{}";
    private static final Reply CUT = Reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"detail\":")
            .thenClose();
    private static final Map<String, Object> LOGGED =
            Map.of("run_id", "r", "state", "COMPLETED", "date", "2026-11-27T04:00:00Z");

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension();

    @TempDir
    private Path folder;

    private static StackAiSimulator service() {
        return STACK_AI.simulator();
    }

    @BeforeEach
    void start() {
        Examined.prepare(service());
        String date = Instant.now().minusSeconds(5).toString();
        service().logRun(Examined.FLOW, Map.of("run_id", Difference.RUN, "user_id", Examined.USER, "date", date));
    }

    static Stream<Difference> answers() {
        Predicate<RecordedRequest> quietRun = path("/run/").and(query("verbose"));
        Predicate<RecordedRequest> withoutFlag = path("/stream/")
                .and(request -> request.query().isEmpty() && !isStream().test(request));
        Reply failed = Reply.chunks(lines(text("Hi"), "{\"error\":\"x\"}"));
        Predicate<RecordedRequest> quietStream = path("/stream/").and(query("verbose"));
        return Stream.of(
                run(Check.RUN_COMPLETED, "paused", frame(NO_OUTPUTS, "\"PAUSED\"")),
                run(
                        Check.RUN_COMPLETED,
                        "paused without a state",
                        frame(NO_OUTPUTS + ",\"pause\":{\"node\":\"x\"}", "null")),
                run(Check.RUN_COMPLETED, "pending", frame(NO_OUTPUTS, "\"PENDING\"")),
                run(Check.RUN_OUTPUT_VALUES, "none", frame(NO_OUTPUTS, "null")),
                Difference.of(Check.RUN_QUIET, "a detail", quietRun, Reply.json(Map.of("detail", "x"))),
                Difference.of(Check.RUN_QUIET, "nothing", quietRun, Reply.json(Map.of())),
                Difference.of(
                        Check.STREAM_COMPLETED,
                        "paused",
                        isStream(),
                        Reply.chunks(lines(text("Hi"), frame(NO_OUTPUTS, "\"PAUSED\"")))),
                Difference.of(
                        Check.STREAM_END_MARKER,
                        "paused without a state",
                        isStream(),
                        Reply.chunks(lines(frame(NO_OUTPUTS + ",\"pause\":{\"node\":\"x\"}", "null")))),
                Difference.of(Check.STREAM_WITHOUT_FLAG, "failed", withoutFlag, failed),
                Difference.of(
                        Check.STREAM_WITHOUT_FLAG,
                        "cut",
                        withoutFlag,
                        Reply.chunks(lines(text(""))).thenClose()),
                Difference.of(Check.STREAM_SNAPSHOTS, "failed", query("delta"), failed),
                Difference.of(Check.STREAM_SSE, "failed", query("sse"), failed),
                Difference.of(Check.STREAM_PREFIX, "failed", query("prefix"), failed),
                Difference.of(Check.STREAM_BASE_URL, "a gateway", isStream(), Reply.error(502, "Bad gateway")),
                Difference.of(Check.ERROR_BUSY, "no Retry-After", query("sse"), Reply.error(503, "Later")),
                Difference.of(Check.RUN_CONNECTION, "a quick answer", request -> false, Reply.never()),
                Difference.of(Check.STREAM_QUIET, "a message", quietStream, Reply.chunks("{\"message\":\"x\"}\n")),
                Difference.of(
                        Check.STREAM_QUIET, "the end", quietStream, Reply.chunks("{\"event\":\"stream_complete\"}\n")),
                Difference.of(
                        Check.STREAM_DELTAS,
                        "one text, empty ones and the end",
                        isStream(),
                        Reply.chunks(lines(
                                text(""),
                                text("Hi"),
                                text(""),
                                frame("\"outputs\":{\"type\":\"stream_complete\",\"message\":\"Done\"}", "null")))),
                Difference.of(
                        Check.FEEDBACK_COUNTS,
                        "nothing",
                        path("/feedback/").and(request -> request.text().contains("doctor")),
                        Reply.json(Map.of())),
                Difference.of(
                        Check.LOG_ARRAY,
                        "no run",
                        path("/analytics/").and(request -> "20".equals(request.query("page_size"))),
                        Reply.json(List.of())),
                Difference.of(
                        Check.DOCUMENTS_DELETE,
                        "nothing",
                        path("/documents/").and(method("DELETE")),
                        Reply.json(Map.of())),
                Difference.logged(Check.LOG_BY_USER, "runs without a user", Map.of()),
                Difference.of(
                        Check.LOG_NEWEST_FIRST,
                        "equal dates",
                        path("/analytics/").and(request -> "20".equals(request.query("page_size"))),
                        Reply.json(List.of(LOGGED, LOGGED))),
                Difference.of(Check.BASE_URL, "cut", metadata(), CUT),
                new Difference(
                        Check.DOCUMENT_URL,
                        "no run completes",
                        service -> service.script(request -> {
                            if (isRun().test(request)) {
                                return Reply.json(frame(NO_OUTPUTS, "\"PAUSED\""));
                            }
                            return request.text().contains("doc-0") ? Reply.error(422, List.of()) : run(request);
                        })),
                new Difference(Check.LOG_UTC, "a date with an offset", service -> {}),
                new Difference(Check.DOCUMENT_URL, "outputs without the file", service -> {}));
    }

    /** The answer to a question about the run of a script. */
    private static Reply run(RecordedRequest request) {
        return Difference.RUN.equals(request.query("run_id")) ? Reply.json(Map.of()) : null;
    }

    private static Difference run(Check check, String what, String answer) {
        return Difference.of(check, what, isRun(), Reply.json(answer));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answerThatProvesNothingIsUnknown(Difference answer) throws Exception {
        answer.service().accept(service());
        Examined examined = Examined.of(
                Examined.target(service()), Examined.examination(Examination.Paid.ALL), Examined.LIMITS, folder);
        assertThat(examined.otherwise()).as(examined.terminal()).isEmpty();
        assertThat(examined.with(Verdict.AS_ASSUMED)).doesNotContain(answer.check());
    }

    /** What marks the end is no output. */
    @ParameterizedTest
    @MethodSource("ends")
    void endIsNoOutput(Difference end) throws Exception {
        end.service().accept(service());
        Examined examined = Examined.of(
                Examined.target(service()), Examined.examination(Examination.Paid.ALL), Examined.LIMITS, folder);
        assertThat(examined.otherwise()).as(examined.terminal()).containsExactly(end.check());
    }

    static Stream<Difference> ends() {
        Stream<String> frames = Stream.of(
                        "{\"type\":\"stream_complete\"}", "{\"stream_complete\":\"x\"}", "{\"out-0\":\"\"}")
                .map(outputs -> frame("\"outputs\":" + outputs, "\"COMPLETED\""));
        return Stream.concat(frames, Stream.of("{\"event\":\"stream_complete\"}"))
                .map(end -> Difference.of(Check.STREAM_FLAG, end, isStream(), Reply.chunks(lines(end))));
    }

    /** What is all that a stream has, at its end, does not show that something holds it back. */
    @ParameterizedTest
    @MethodSource("pieces")
    void onePieceOfAStreamWithoutItsEndProvesNothing(Reply reply) throws Exception {
        service().script(request -> isStream().test(request) ? reply.after(Duration.ofMillis(400)) : null);
        Limits usual = Examined.LIMITS;
        Limits limits = new Limits(
                usual.latency(),
                usual.clock(),
                usual.expiry(),
                Duration.ofMillis(300),
                usual.logged(),
                usual.poll(),
                Duration.ofMillis(20),
                usual.call(),
                usual.run());
        Examined examined =
                Examined.of(Examined.target(service()), Examined.examination(Examination.Paid.ONE), limits, folder);
        assertThat(examined.with(Verdict.UNKNOWN)).as(examined.terminal()).contains(Check.STREAM_LIVE);
    }

    static Stream<Reply> pieces() {
        String text = lines(text("Hi"));
        return Stream.of(
                Reply.chunks(lines("{\"error\":\"x\"}")),
                Reply.chunks(lines(frame(NO_OUTPUTS, "\"PAUSED\""))),
                Reply.chunks(text).thenClose(),
                Reply.chunks(text).thenSilence());
    }

    /** The check of the connection is otherwise; a call that was not made says nothing else. */
    @Test
    void callWithoutAConnectionProvesNothing() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        Target target = Examined.target("http://localhost:" + closed, "some-key", "some-organisation");
        Findings findings = new Findings();
        Service service = new Service(target, Examined.LIMITS, findings);
        new RunExam(service, Examined.LIMITS, findings, Map.of()).examine();
        new StreamExam(service, Examined.LIMITS, findings, Map.of()).examine();
        assertThat(findings.with(Verdict.OTHERWISE)).extracting(Finding::check).containsExactly(Check.TCP);
        assertThat(findings.with(Verdict.UNKNOWN)).extracting(Finding::seen).allSatisfy(seen -> assertThat(seen)
                .startsWith("no connection"));
    }
}

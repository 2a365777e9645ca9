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

import static io.github.camelstackai.examples.doctor.Difference.lines;
import static io.github.camelstackai.examples.doctor.Difference.text;
import static io.github.camelstackai.examples.doctor.Requests.isRun;
import static io.github.camelstackai.examples.doctor.Requests.isStream;
import static io.github.camelstackai.examples.doctor.Requests.path;
import static io.github.camelstackai.examples.doctor.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A form that the component accepts is as assumed. */
@Timeout(60)
class AssumedTest {
    private static final String END = Difference.frame("\"outputs\":{}", "\"COMPLETED\"");

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
        String date = Instant.now().toString();
        service().logRun(Examined.FLOW, Map.of("run_id", Difference.RUN, "user_id", Examined.USER, "date", date));
    }

    static Stream<Difference> forms() {
        String event = "data: {\ndata: \"outputs\":{\"out-0\":\"Hi\"}}\n\ndata: " + END + "\n\n";
        Predicate<RecordedRequest> list = path("/knowledge-bases/").and(query("page_size"));
        return Stream.of(
                Difference.of(
                        Check.STREAM_SNAPSHOTS,
                        "of two nodes",
                        query("delta"),
                        Reply.chunks(lines(
                                two("out-0", "A"), two("out-1", "X"), two("out-0", "AB"), two("out-1", "XY"), END))),
                Difference.of(Check.STREAM_SSE, "several lines", query("sse"), Reply.chunks(event)),
                Difference.of(
                        Check.STREAM_SSE, "lines end with CR", query("sse"), Reply.chunks(event.replace('\n', '\r'))),
                Difference.of(Check.STREAM_SSE, "and LF", query("sse"), Reply.chunks(event.replace("\n", "\r\n"))),
                Difference.of(
                        Check.STREAM_LINES,
                        "pings",
                        isStream(),
                        Reply.chunks(
                                lines("event: ping", "data: now", "", text("Hi"), "event: ping", "data:", "", END))),
                Difference.of(
                        Check.RUN_COMPLETED,
                        "an empty error",
                        isRun(),
                        Reply.json(Difference.frame("\"outputs\":{\"out-0\":\"Hi\"}", "null,\"error\":\"\""))),
                Difference.of(Check.KNOWLEDGE_LIST, "data alone", list, Reply.json(Map.of("data", List.of()))),
                Difference.of(
                        Check.STREAM_END_MARKER,
                        "and a text that says it",
                        isStream(),
                        Reply.chunks(
                                lines(
                                        text("Hi"),
                                        END,
                                        "{\"event\":\"stream_complete\",\"outputs\":{\"out-0\":\"Stream completed successfully\"}}"))),
                Difference.of(
                        Check.STREAM_COMPLETED,
                        "no error in words",
                        isStream(),
                        Reply.chunks(lines(
                                text("Hi"),
                                Difference.frame(
                                        "\"has_error\":false,\"failed_nodes\":[],\"outputs\":{}", "\"COMPLETED\"")))),
                new Difference(Check.LOG_BY_USER, "the run comes between two answers", service -> {
                    AtomicBoolean logged = new AtomicBoolean();
                    service.script(request -> "100".equals(request.query("page_size")) && !logged(request, logged)
                            ? Reply.json(List.of())
                            : null);
                }));
    }

    /** The log has the run since it was asked without a user. */
    private static boolean logged(RecordedRequest request, AtomicBoolean logged) {
        if (request.query("user_id") == null) {
            logged.set(true);
        }
        return logged.get();
    }

    private static String two(String node, String text) {
        return Difference.frame("\"outputs\":{\"" + node + "\":\"" + text + "\"}", "null");
    }

    @ParameterizedTest
    @MethodSource({"forms", "dates"})
    void formIsAsAssumed(Difference form) throws Exception {
        form.service().accept(service());
        Examination.Paid paid = form.check() == Check.LOG_DATES ? Examination.Paid.NONE : Examination.Paid.ALL;
        Examined examined =
                Examined.of(Examined.target(service()), Examined.examination(paid), Examined.LIMITS, folder);
        assertThat(examined.otherwise()).as(examined.terminal()).isEmpty();
        assertThat(examined.with(Verdict.AS_ASSUMED)).contains(form.check());
    }

    static Stream<Difference> dates() {
        return Stream.of(
                        "2026-11-27 04:00:00+00:00",
                        "2026-11-27T04:00:00+0000",
                        "2026-11-27T04:00:00.123456",
                        "2026-11-27",
                        1_795_752_000L)
                .map(date -> new Difference(
                        Check.LOG_DATES, date.toString(), service -> service.script(request -> logged(request, date))));
    }

    private static Reply logged(RecordedRequest request, Object date) {
        Map<String, Object> run = Map.of("run_id", "r", "state", "COMPLETED", "date", date);
        return request.path().contains("/analytics/") ? Reply.json(List.of(run, run)) : null;
    }

    /** The service refuses what is no UUID before it looks the flow up. */
    @Test
    void inventedFlowHasTheFormOfTheFlow() throws Exception {
        String flow = "6561d0e0-63c5-4d2e-9a5b-0d6b5c1f2a3b";
        service().flow(flow, inputs -> Map.of());
        service()
                .script(request -> request.path().matches(".*/(support|.*-invented-.*)/metadata")
                        ? Reply.error(422, List.of())
                        : null);
        Target target = Examined.target(service());
        Examined examined =
                Examined.of(new Target(target.base(), target.apiKey(), target.orgId(), flow, null, null), folder);
        assertThat(examined.otherwise()).as(examined.terminal()).isEmpty();
        assertThat(examined.with(Verdict.AS_ASSUMED)).contains(Check.ERROR_404, Check.FLOW);
    }

    @Test
    void errorsInAStreamAreFound() throws Exception {
        service().script(request -> isStream().test(request) ? Reply.chunks("{\"detail\":\"Quota\"}\n") : null);
        Examined examined = examine(Examined.LIMITS);
        assertThat(examined.with(Verdict.AS_ASSUMED)).contains(Check.RUN_DISGUISED_ERROR);
        assertThat(examined.terminal()).contains("in full: Quota");
    }

    @Test
    void silentConnectionIsAsAssumedIfItsAnswerComes() throws Exception {
        service().script(request -> isRun().test(request) ? Reply.usual().after(Duration.ofMillis(300)) : null);
        Examined examined = examine(limits(Duration.ofMillis(200), Examined.LIMITS.run()));
        assertThat(examined.with(Verdict.AS_ASSUMED)).contains(Check.RUN_CONNECTION);
    }

    @Test
    void answerForWhichTheDoctorDoesNotWaitIsUnknown() throws Exception {
        service().script(request -> isRun().or(isStream()).test(request) ? Reply.never() : null);
        Examined examined = examine(limits(Examined.LIMITS.silence(), Duration.ofMillis(500)));
        assertThat(examined.otherwise()).as(examined.terminal()).isEmpty();
        assertThat(examined.with(Verdict.UNKNOWN)).contains(Check.RUN_CONNECTION, Check.STREAM_WHOLE);
    }

    private Examined examine(Limits limits) throws Exception {
        return Examined.of(Examined.target(service()), Examined.examination(Examination.Paid.ONE), limits, folder);
    }

    private static Limits limits(Duration silence, Duration run) {
        Limits usual = Examined.LIMITS;
        return new Limits(
                usual.latency(),
                usual.clock(),
                usual.expiry(),
                silence,
                usual.logged(),
                usual.poll(),
                usual.burst(),
                usual.call(),
                run);
    }
}

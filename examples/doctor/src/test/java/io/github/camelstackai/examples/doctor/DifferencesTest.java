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
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A service that behaves otherwise in one point: the doctor finds it, names it, and finds nothing else. */
@Timeout(60)
class DifferencesTest {
    /** These are tested elsewhere: with connections that fail, and with slow calls. */
    private static final Set<Check> OF_CONNECTION =
            EnumSet.of(Check.DNS, Check.TCP, Check.PROXY, Check.TLS_TRUST, Check.TLS_EXPIRY, Check.LATENCY);

    /** These can be met, but no answer contradicts them. */
    private static final Set<Check> MET = EnumSet.of(Check.JSON_NAN, Check.STREAM_SURROGATES);

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        Examined.prepare(service());
        Instant now = Instant.now();
        service().logRun(Examined.FLOW, Map.of("date", now.minusSeconds(60).toString()));
        service()
                .logRun(
                        Examined.FLOW,
                        Map.of(
                                "run_id",
                                Difference.RUN,
                                "user_id",
                                Examined.USER,
                                "date",
                                now.minusSeconds(5).toString()));
    }

    private static StackAiSimulator service() {
        return STACK_AI.simulator();
    }

    private Examined examine(Limits limits) throws Exception {
        return Examined.of(Examined.target(service()), Examined.examination(Examination.Paid.ALL), limits, folder);
    }

    private Examined examine() throws Exception {
        return examine(Examined.LIMITS);
    }

    @Test
    void usualServiceIsAsAssumed() throws Exception {
        Examined examined = examine();
        assertThat(examined.otherwise()).as(examined.terminal()).isEmpty();
        assertThat(examined.status()).isZero();
        assertThat(examined.with(Verdict.AS_ASSUMED))
                .as("all that can be seen in a quick service without TLS, faults and clock")
                .containsExactlyElementsOf(EnumSet.complementOf(EnumSet.of(
                        Check.TLS_TRUST,
                        Check.TLS_EXPIRY,
                        Check.CLOCK,
                        Check.JSON_NAN,
                        Check.ERROR_402,
                        Check.ERROR_500,
                        Check.ERROR_BUSY,
                        Check.RUN_CONNECTION,
                        Check.RUN_ERROR,
                        Check.RUN_PAUSE,
                        Check.RUN_DISGUISED_ERROR,
                        Check.LOG_UTC,
                        Check.DOCUMENT_URL,
                        Check.STREAM_ERROR,
                        Check.STREAM_KEEP_ALIVES,
                        Check.STREAM_LIVE,
                        Check.STREAM_SURROGATES)));
    }

    static Stream<Difference> differences() {
        return Difference.all();
    }

    @ParameterizedTest
    @MethodSource("differences")
    void differenceIsFoundAndNothingElse(Difference difference) throws Exception {
        difference.service().accept(service());
        Examined examined = examine(limits(difference.check()));

        assertThat(examined.otherwise()).as(examined.terminal()).containsExactly(difference.check());
        assertThat(examined.terminal())
                .containsPattern("OTHERWISE +" + difference.check().id())
                .contains("do: " + difference.check().advice());
        assertThat(examined.report()).contains("| " + difference.check().id());
        boolean notExamined = Set.of(Check.BASE_URL, Check.CREDENTIAL).contains(difference.check());
        assertThat(examined.status()).isEqualTo(notExamined ? 2 : 1);
    }

    /** Only the checks of these times depend on short ones, so that a busy machine changes no other. */
    private static Limits limits(Check check) {
        Limits usual = Examined.LIMITS;
        return new Limits(
                usual.latency(),
                usual.clock(),
                usual.expiry(),
                check == Check.STREAM_SILENCE ? Duration.ofMillis(300) : usual.silence(),
                usual.logged(),
                usual.poll(),
                check == Check.STREAM_LIVE ? Duration.ofMillis(200) : usual.burst(),
                usual.call(),
                usual.run());
    }

    @Test
    void eachCheckHasItsDifference() {
        Set<Check> tested = Difference.all().map(Difference::check).collect(Collectors.toSet());
        assertThat(Arrays.stream(Check.values())
                        .filter(check -> !OF_CONNECTION.contains(check) && !MET.contains(check)))
                .allSatisfy(check -> assertThat(tested).contains(check));
    }

    @Test
    void whatMayHappenIsAsAssumedWhenItIsMet() throws Exception {
        service().script(request -> {
            if (Requests.isRun().test(request)) {
                return Reply.json("{\"outputs\":{\"out-0\":{\"score\":NaN}},\"run_id\":\"" + Difference.RUN + "\"}");
            }
            if (Requests.isStream().test(request)) {
                return Reply.chunks(": hello\n\n", "data: " + text("a\\ud83d") + "\n", "{\"type\":\"keepalive\"}\n")
                        .chunk(lines(text("\\ude00b"), "", "event: stream_complete"));
            }
            if (request.query("sse") != null) {
                return Reply.error(503, "Busy").header("Retry-After", "Fri, 27 Nov 2026 10:00:00 GMT");
            }
            if (Requests.path("/run/").test(request) && request.text().contains("doc-0")) {
                return Reply.json(Difference.text("It is secret-contract.pdf"));
            }
            if ("100".equals(request.query("page_size"))) {
                String date = LocalDateTime.now(ZoneOffset.UTC).toString();
                return Reply.json(List.of(Map.of(
                        "run_id", Difference.RUN, "date", date, "state", "COMPLETED", "user_id", Examined.USER)));
            }
            return Difference.RUN.equals(request.query("run_id")) ? Reply.json(Map.of()) : null;
        });
        Examined examined = examine();
        assertThat(examined.otherwise()).as(examined.terminal()).isEmpty();
        assertThat(examined.with(Verdict.AS_ASSUMED))
                .contains(Check.JSON_NAN, Check.STREAM_SURROGATES, Check.STREAM_KEEP_ALIVES, Check.ERROR_BUSY)
                .contains(Check.LOG_UTC, Check.LOG_BY_USER, Check.DOCUMENT_URL);
        assertThat(examined.finding(Check.STREAM_END_MARKER).seen()).isEqualTo("event: stream_complete");
        assertThat(examined.finding(Check.STREAM_LINES).seen()).isEqualTo("1 comments, 1 with data:, 0 unknown");
    }

    @Test
    void answerThatAnInventedFlowGetsTooSaysNothingOfTheFlow() throws Exception {
        service().script(request -> request.path().endsWith("/metadata") ? Reply.json(Map.of()) : null);
        Examined examined = examine();
        assertThat(examined.with(Verdict.UNKNOWN)).contains(Check.CREDENTIAL, Check.ORGANISATION, Check.FLOW);
        assertThat(examined.otherwise()).containsExactly(Check.ERROR_401, Check.ERROR_404);
        assertThat(examined.status()).isEqualTo(1);
    }
}

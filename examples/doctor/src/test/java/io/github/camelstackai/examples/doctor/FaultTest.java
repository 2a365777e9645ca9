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
import static io.github.camelstackai.examples.doctor.Requests.method;
import static io.github.camelstackai.examples.doctor.Requests.path;
import static io.github.camelstackai.examples.doctor.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A service that is busy, fails or does not answer proves nothing, whatever is examined. */
@Timeout(60)
class FaultTest {
    private static final Reply CUT = Reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"detail\":")
            .thenClose();

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension();

    @TempDir
    private Path folder;

    private static StackAiSimulator service() {
        return STACK_AI.simulator();
    }

    /**
     * @param which the requests that fail
     * @param open the checks of other requests
     */
    private record Fault(String name, Predicate<RecordedRequest> which, Reply reply, Set<Check> open) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeEach
    void start() {
        Examined.prepare(service());
        Instant now = Instant.now();
        service().logRun(Examined.FLOW, Map.of("date", now.minusSeconds(60).toString()));
        service().logRun(Examined.FLOW, Map.of("date", now.minusSeconds(50).toString()));
    }

    static Stream<Fault> faults() {
        Set<Check> ofConnection = EnumSet.range(Check.DNS, Check.CONTENT_ENCODING);
        Set<Check> before = EnumSet.range(Check.DNS, Check.LOG_DATES);
        before.addAll(EnumSet.range(Check.RUN_CONNECTION, Check.RUN_DISGUISED_ERROR));
        before.addAll(EnumSet.range(Check.STREAM_BASE_URL, Check.STREAM_SURROGATES));
        before.addAll(List.of(Check.DOCUMENTS_API, Check.KNOWLEDGE_UPLOAD));
        return Map.of(
                        "429", Reply.error(429, "Slow down"),
                        "500", Reply.error(500, "Overloaded"),
                        "503", Reply.error(503, "Later"),
                        "no answer", Reply.reset(),
                        "cut", CUT)
                .entrySet()
                .stream()
                .flatMap(fault -> Stream.of(
                        new Fault(fault.getKey() + " to all", metadata().negate(), fault.getValue(), ofConnection),
                        new Fault(fault.getKey() + " to what follows", follows(), fault.getValue(), before)));
    }

    /** The requests for which others have to be answered. */
    private static Predicate<RecordedRequest> follows() {
        AtomicInteger uploads = new AtomicInteger();
        Predicate<RecordedRequest> files = path("/documents/").or(path("/knowledge-bases/"));
        Predicate<RecordedRequest> first = method("POST")
                .and(request -> path("/knowledge-bases/").test(request) || uploads.incrementAndGet() == 1);
        return files.and(first.negate())
                .or(path("/upload_to_supabase_user"))
                .or(path("/analytics/").and(request -> "100".equals(request.query("page_size"))))
                .or(path("/feedback/").and(request -> request.text().contains("doctor")))
                .or(query("run_id"))
                .or(path("/run/").and(method("POST")).and(isRun().negate()))
                .or(path("/stream/").and(isStream().negate()));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultProvesNothing(Fault fault) throws Exception {
        service().script(request -> fault.which().test(request) ? fault.reply() : null);
        Examined examined = Examined.of(
                Examined.target(service()), Examined.examination(Examination.Paid.ALL), Examined.LIMITS, folder);
        Set<Check> proved = EnumSet.noneOf(Check.class);
        Stream.concat(examined.with(Verdict.AS_ASSUMED), examined.otherwise().stream())
                .filter(check -> !fault.open().contains(check))
                .forEach(proved::add);
        proved.removeAll(shownByTheFault(fault));
        assertThat(proved).as(examined.terminal()).isEmpty();
    }

    /** A run that is refused has not completed; a connection that is reset was not kept open; a status is known before the body. */
    private static Set<Check> shownByTheFault(Fault fault) {
        if (fault.toString().startsWith("cut")) {
            return EnumSet.of(Check.RUN_CONNECTION, Check.STREAM_WHOLE, Check.STREAM_SILENCE, Check.LOG_KEY);
        }
        return fault.toString().startsWith("no answer")
                ? EnumSet.of(Check.RUN_CONNECTION, Check.STREAM_WHOLE)
                : fault.toString().startsWith("500")
                        ? EnumSet.of(Check.ERROR_500, Check.RUN_COMPLETED, Check.STREAM_COMPLETED)
                        : Set.of();
    }
}

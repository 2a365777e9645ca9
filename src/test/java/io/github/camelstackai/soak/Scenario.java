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
package io.github.camelstackai.soak;

import static io.github.camelstackai.soak.SoakCall.CallKind.CHUNKS;
import static io.github.camelstackai.soak.SoakCall.CallKind.COLLECT;
import static io.github.camelstackai.soak.SoakCall.CallKind.DOWNLOAD;
import static io.github.camelstackai.soak.SoakCall.CallKind.RUN;

import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.soak.SoakCall.CallKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A fault of the service or a behaviour of the reader, with the expected outcome and number of requests of the call. */
@SuppressWarnings("ImmutableEnumChecker") // the sets are not written to, and the functions have no state
enum Scenario {
    ANSWERED(50, any(), 1, CallOutcome.ANSWER),
    TRICKLED(4, any(), 1, CallOutcome.ANSWER, answer -> answer.trickle(97, Duration.ofMillis(2))),
    THROTTLED_TWICE(5, any(), 3, CallOutcome.ANSWER),
    DOWN(3, any(), 1 + Scenario.REDELIVERIES, CallOutcome.status(503), answer -> Reply.error(503, "Down")),
    REFUSED(3, any(), 1, CallOutcome.status(422), answer -> Reply.error(422, "Wrong")),
    PAGE(2, answers(), 1, "StackAiResponseException", answer -> Reply.text("<html>Wrong host</html>")),
    RESET_AT_ONCE(2, any(), 1, "SocketException", answer -> Reply.reset()),
    CLOSED_AT_ONCE(2, any(), 1, "SocketException", answer -> Reply.close()),
    RESET_IN_HEAD(2, any(), 1, "SocketException", answer -> answer.resetAfter(12)),
    NO_HTTP(1, any(), 1, "ProtocolException", answer -> Reply.raw("SSH-2.0-OpenSSH_9.2\r\n")),
    SILENT(1, any(), 1, CallOutcome.TIMEOUT, answer -> Reply.never()),

    CUT_IN_BODY(3, EnumSet.complementOf(streams()), 1, "SocketException", answer -> answer.closeAfter(80)),
    FAILED(3, EnumSet.of(RUN), 1, "StackAiRunFailedException", answer -> Reply.json(SoakReplies.failed())),

    TRUNCATED(3, streams(), 1, CallOutcome.stream("TRUNCATED"), answer -> begun().thenClose()),
    RESET(3, streams(), 1, CallOutcome.stream("TRUNCATED"), answer -> begun().chunk(Duration.ofSeconds(1), "{}\n")
            .thenReset()),
    MALFORMED(3, streams(), 1, CallOutcome.stream("MALFORMED"), answer -> begun().chunk("no frame\n")),
    REPORTED(3, streams(), 1, CallOutcome.stream("REPORTED"), answer -> begun().chunk(
                    Duration.ofMillis(50), SoakReplies.failed() + "\n")),
    IDLE(1, streams(), 1, CallOutcome.stream("IDLE"), answer -> begun().thenSilence()),

    LEFT(6, EnumSet.of(CHUNKS), 1, CallOutcome.LEFT),
    CLOSED_EARLY(6, EnumSet.of(CHUNKS), 1, CallOutcome.CLOSED),
    READ_SLOWLY(6, EnumSet.of(CHUNKS), 1, CallOutcome.ANSWER);

    static final int REDELIVERIES = 3;
    private static final String SHORT = "3s";
    private static final String LONG = "60s";
    private static final Map<CallKind, List<Scenario>> BY_KIND = Arrays.stream(CallKind.values())
            .collect(Collectors.toMap(kind -> kind, kind -> Arrays.stream(values())
                    .filter(scenario -> scenario.kinds.contains(kind))
                    .toList()));

    private final int weight;
    private final Set<CallKind> kinds;
    private final int requests;
    private final String outcome;
    private final UnaryOperator<Reply> reply;

    Scenario(int weight, Set<CallKind> kinds, int requests, String outcome) {
        this(weight, kinds, requests, outcome, answer -> answer);
    }

    Scenario(int weight, Set<CallKind> kinds, int requests, String outcome, UnaryOperator<Reply> reply) {
        this.weight = weight;
        this.kinds = kinds;
        this.requests = requests;
        this.outcome = outcome;
        this.reply = reply;
    }

    /** The scenarios that apply to a call of this kind. */
    static List<Scenario> of(CallKind kind) {
        return BY_KIND.get(kind);
    }

    /** The frequency of the scenario, relative to the others. */
    int weight() {
        return weight;
    }

    /** The expected number of requests. */
    int requests() {
        return requests;
    }

    /** The expected outcome; see {@link CallOutcome}. */
    String outcome() {
        return outcome;
    }

    /** The {@code responseTimeout} of the call. */
    String responseTimeout() {
        return this == SILENT ? SHORT : LONG;
    }

    /** The {@code streamIdleTimeout} of the call. */
    String idleTimeout() {
        return this == IDLE ? SHORT : LONG;
    }

    /** The pause of the reader before each chunk. */
    long pauseMillis() {
        return this == READ_SLOWLY ? 10 : 0;
    }

    /** The reply to a request; {@code request} is 1 for the first request of a call. */
    Reply reply(Reply answer, int request) {
        if (this == THROTTLED_TWICE && request < requests) {
            return Reply.error(429, "Slow down").header("Retry-After", request == 1 ? "0" : "1");
        }
        return reply.apply(answer);
    }

    private static Set<CallKind> any() {
        return EnumSet.allOf(CallKind.class);
    }

    private static EnumSet<CallKind> streams() {
        return EnumSet.of(CHUNKS, COLLECT);
    }

    /** Calls whose answer is JSON; a file can be anything. */
    private static Set<CallKind> answers() {
        return EnumSet.complementOf(EnumSet.of(DOWNLOAD));
    }

    private static Reply begun() {
        return Reply.chunks(SoakReplies.text("é0 ") + "\n", SoakReplies.text("é1 ") + "\n");
    }
}

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

import static io.github.camelstackai.soak.Call.Kind.CHUNKS;
import static io.github.camelstackai.soak.Call.Kind.COLLECT;
import static io.github.camelstackai.soak.Call.Kind.FEEDBACK;
import static io.github.camelstackai.soak.Call.Kind.METADATA;
import static io.github.camelstackai.soak.Call.Kind.RUN;

import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.soak.Call.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What the service does to a call, or the reader to its answer; how the call then has to end, and after how many requests. */
@SuppressWarnings("ImmutableEnumChecker") // nobody writes to the sets, and the functions keep nothing
enum Scenario {
    ANSWERED(50, any(), 1, Outcome.ANSWER),
    TRICKLED(4, any(), 1, Outcome.ANSWER, answer -> answer.trickle(97, Duration.ofMillis(2))),
    THROTTLED_TWICE(5, any(), 3, Outcome.ANSWER),
    DOWN(3, any(), 1 + Scenario.REDELIVERIES, Outcome.status(503), answer -> Reply.error(503, "Down")),
    REFUSED(3, any(), 1, Outcome.status(422), answer -> Reply.error(422, "Wrong")),
    PAGE(2, any(), 1, "StackAiResponseException", answer -> Reply.text("<html>Wrong host</html>")),
    RESET_AT_ONCE(2, any(), 1, "SocketException", answer -> Reply.reset()),
    CLOSED_AT_ONCE(2, any(), 1, "SocketException", answer -> Reply.close()),
    RESET_IN_HEAD(2, any(), 1, "SocketException", answer -> answer.resetAfter(12)),
    NO_HTTP(1, any(), 1, "ProtocolException", answer -> Reply.raw("SSH-2.0-OpenSSH_9.2\r\n")),
    SILENT(1, any(), 1, Outcome.TIMEOUT, answer -> Reply.never()),

    CUT_IN_BODY(3, EnumSet.of(RUN, FEEDBACK, METADATA), 1, "SocketException", answer -> answer.closeAfter(80)),
    FAILED(3, EnumSet.of(RUN), 1, "StackAiRunFailedException", answer -> Reply.json(Frames.failed())),

    TRUNCATED(3, streams(), 1, Outcome.stream("TRUNCATED"), answer -> begun().thenClose()),
    RESET(3, streams(), 1, Outcome.stream("TRUNCATED"), answer -> begun().chunk(Duration.ofSeconds(1), "{}\n")
            .thenReset()),
    MALFORMED(3, streams(), 1, Outcome.stream("MALFORMED"), answer -> begun().chunk("no frame\n")),
    REPORTED(3, streams(), 1, Outcome.stream("REPORTED"), answer -> begun().chunk(
                    Duration.ofMillis(50), Frames.failed() + "\n")),
    IDLE(1, streams(), 1, Outcome.stream("IDLE"), answer -> begun().thenSilence()),

    LEFT(6, EnumSet.of(CHUNKS), 1, Outcome.LEFT),
    CLOSED_EARLY(6, EnumSet.of(CHUNKS), 1, Outcome.CLOSED),
    READ_SLOWLY(6, EnumSet.of(CHUNKS), 1, Outcome.ANSWER);

    static final int REDELIVERIES = 3;
    private static final String SHORT = "3s";
    private static final String LONG = "60s";
    private static final Map<Kind, List<Scenario>> BY_KIND = Arrays.stream(Kind.values())
            .collect(Collectors.toMap(kind -> kind, kind -> Arrays.stream(values())
                    .filter(scenario -> scenario.kinds.contains(kind))
                    .toList()));

    private final int weight;
    private final Set<Kind> kinds;
    private final int requests;
    private final String outcome;
    private final UnaryOperator<Reply> reply;

    Scenario(int weight, Set<Kind> kinds, int requests, String outcome) {
        this(weight, kinds, requests, outcome, answer -> answer);
    }

    Scenario(int weight, Set<Kind> kinds, int requests, String outcome, UnaryOperator<Reply> reply) {
        this.weight = weight;
        this.kinds = kinds;
        this.requests = requests;
        this.outcome = outcome;
        this.reply = reply;
    }

    /** Those that a call of this kind can meet. */
    static List<Scenario> of(Kind kind) {
        return BY_KIND.get(kind);
    }

    /** How often it is met, relative to the others. */
    int weight() {
        return weight;
    }

    /** How many requests of the call the service has to see. */
    int requests() {
        return requests;
    }

    /** How the call has to end; see {@link Outcome}. */
    String outcome() {
        return outcome;
    }

    /** How long the route waits for an answer to begin. */
    String responseTimeout() {
        return this == SILENT ? SHORT : LONG;
    }

    /** How long it waits for the answer to go on. */
    String idleTimeout() {
        return this == IDLE ? SHORT : LONG;
    }

    /** What the service replies to a request, the first of its call being number 1. */
    Reply reply(Reply answer, int request) {
        if (this == THROTTLED_TWICE && request < requests) {
            return Reply.error(429, "Slow down").header("Retry-After", request == 1 ? "0" : "1");
        }
        return reply.apply(answer);
    }

    private static Set<Kind> any() {
        return EnumSet.allOf(Kind.class);
    }

    private static Set<Kind> streams() {
        return EnumSet.of(CHUNKS, COLLECT);
    }

    private static Reply begun() {
        return Reply.chunks(Frames.text("é0 ") + "\n", Frames.text("é1 ") + "\n");
    }
}

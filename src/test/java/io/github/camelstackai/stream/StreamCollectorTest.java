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
package io.github.camelstackai.stream;

import static io.github.camelstackai.stream.TestStreams.frame;
import static io.github.camelstackai.stream.TestStreams.lastFrame;
import static io.github.camelstackai.stream.TestStreams.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.http.SimulatedCall;
import io.github.camelstackai.observe.ObservedCalls;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.RunResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamCollectorTest {
    private static final int MAX = 500;

    private final List<RunResult> results = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final ObservedCalls.Events events = new ObservedCalls.Events();
    private SimulatedCall call = collect(TestStreams.INCREMENTS);

    private SimulatedCall collect(StreamOptions options) {
        call = new SimulatedCall(new StreamCollector(
                options, new Json(), TestStreams.CALL, events, results::add, (cause, sent) -> failures.add(cause)));
        return call.head(200);
    }

    private RunResult result() {
        assertThat(failures).isEmpty();
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private StackAiStreamException failure() {
        assertThat(results).isEmpty();
        assertThat(failures).hasSize(1);
        return (StackAiStreamException) failures.get(0);
    }

    @Test
    void incrementsAddUpToTheResult() {
        call.body(frame("Hel")).body(lastFrame("lo"));
        assertThat(result().outputs()).isEqualTo(Map.of("o", "Hello"));
        assertThat(result().runId()).isEqualTo("r-1");
        assertThat(result().state()).isEqualTo("COMPLETED");
    }

    @Test
    void lastSnapshotIsTheResult() {
        collect(TestStreams.SNAPSHOTS).body(frame("Hel") + frame("Hello") + lastFrame(""));
        assertThat(result().outputs()).isEqualTo(Map.of("o", "Hello"));
    }

    @Test
    void resultComesWithTheLastFrameAndTheConnectionServesOthers() {
        call.body(lastFrame("a"));
        assertThat(results).as("before the end of the body").hasSize(1);
        assertThat(call.isDraining()).isTrue();
        assertThat(call.isClosed()).isFalse();
        assertThat(call.granted()).as("nothing is withheld").isEqualTo(Integer.MAX_VALUE);
        call.body(frame("late")).end();
        assertThat(result().outputs()).isEqualTo(Map.of("o", "a"));
    }

    @Test
    void keysOfEarlyFramesAreKept() {
        call.body(line(Map.of("run_id", "r-1", "citations", List.of("c"), "metadata", Map.of("m", 1))));
        call.body(frame("a") + lastFrame(""));
        assertThat(result().citations()).isEqualTo(List.of("c"));
        assertThat(result().raw()).containsEntry("metadata", Map.of("m", 1)).containsEntry("outputs", Map.of("o", "a"));
    }

    @Test
    void laterValueReplacesAnEarlierOneUnlessItIsNull() {
        call.body("{\"run_id\":\"r-1\",\"citations\":[1],\"more\":null,\"state\":\"RUNNING\",\"outputs\":{}}\n");
        call.body(
                "{\"run_id\":null,\"citations\":null,\"more\":2,\"state\":\"COMPLETED\",\"outputs\":{\"o\":\"a\"}}\n");
        assertThat(result().runId()).isEqualTo("r-1");
        assertThat(result().citations()).isEqualTo(List.of(1));
        assertThat(result().raw()).containsEntry("more", 2).containsEntry("state", "COMPLETED");
    }

    @Test
    void outputsBesideTheOtherKeysAreCollectedOnce() {
        call.body("{\"run_id\":\"r-1\",\"out-0\":\"Hel\"}\n{\"out-0\":\"lo\",\"state\":\"COMPLETED\"}\n");
        assertThat(result().raw())
                .isEqualTo(Map.of("run_id", "r-1", "state", "COMPLETED", "outputs", Map.of("out-0", "Hello")));
    }

    @Test
    void keepAlivesLeaveNothingBehind() {
        call.body("{\"type\":\"ping\"}\n" + lastFrame("a"));
        assertThat(result().raw()).doesNotContainKey("type");
    }

    @Test
    void pausedRunIsAResult() {
        call.body(frame("a") + line(Map.of("pause", Map.of("reason", "approval"))));
        assertThat(result().paused()).isTrue();
        assertThat(result().outputs()).isEqualTo(Map.of("o", "a"));
    }

    @Test
    void failureThatTheServiceReportsHasTheTextSoFar() {
        call.body(frame("abc") + line(Map.of("error", "no credits")));
        assertThat(failure().getReason()).isEqualTo(Reason.REPORTED);
        assertThat(failure().getRunId()).isEqualTo("r-1");
        assertThat(failure().getText()).isEqualTo("abc");
        assertThat(call.isClosed()).isTrue();
    }

    @Test
    void answerBeyondTheLimitIsRefusedOnce() {
        String part = "x".repeat(200);
        call.body(frame(part) + frame(part));
        assertThat(failures).isEmpty();
        call.body(frame(part) + frame(part) + lastFrame(""));
        assertThat(failure().getReason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(failure()).hasMessageContainingAll("maxResponseSize", MAX + " bytes");
        assertThat(call.isClosed()).isTrue();
    }

    @Test
    void answerAtTheLimitIsComplete() {
        String half = "x".repeat(MAX / 2);
        call.body(frame(half)).body(frame(half)).body(lastFrame(""));
        assertThat(result().outputs().get("o").toString()).hasSize(MAX);
    }

    @Test
    void frameBeyondTheLimitIsRefused() {
        call.body(frame("a")).body("{\"x\":\"" + "x".repeat(MAX));
        assertThat(failure().getReason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(failure().getText()).isEqualTo("a");
    }

    @Test
    void bodyThatEndsBeforeTheLastFrameIsTruncated() {
        call.body(frame("abc")).end();
        assertThat(failure().getReason()).isEqualTo(Reason.TRUNCATED);
        assertThat(failure().getText()).isEqualTo("abc");
        assertThat(failure().getRunId()).isEqualTo("r-1");
    }

    @Test
    void lastFrameNeedsNoLineEnd() {
        call.body(frame("a") + lastFrame("b").strip()).end();
        assertThat(result().outputs()).isEqualTo(Map.of("o", "ab"));
    }

    @Test
    void connectionThatBreaksFailsTheCallWithTheTextSoFar() {
        call.body(frame("abc")).fail(new IOException("reset"), true);
        assertThat(failure().getReason()).isEqualTo(Reason.TRUNCATED);
        assertThat(failure().getText()).isEqualTo("abc");
        assertThat(failure()).hasMessageContaining("reset");
    }

    @Test
    void connectionThatBreaksBehindTheLastFrameDoesNotMatter() {
        call.body(lastFrame("a")).fail(new IOException("reset"), true);
        assertThat(result().outputs()).isEqualTo(Map.of("o", "a"));
    }

    @Test
    void bodyThatIsNoStreamIsNoResponseOfTheService() {
        call.body("<html>\n");
        assertThat(failures).hasSize(1);
        assertThat(failures.get(0)).isInstanceOf(StackAiResponseException.class);
    }

    @Test
    void nonsenseBehindTheFirstFrameIsMalformed() {
        call.body(frame("abc") + "<html>\n");
        assertThat(failure().getReason()).isEqualTo(Reason.MALFORMED);
        assertThat(failure().getText()).isEqualTo("abc");
    }

    @Test
    void textOfAFailureIsThatOfTheNamedOutput() {
        collect(TestStreams.options("p", true))
                .body(line(Map.of("outputs", Map.of("o", "a", "p", "b"))))
                .end();
        assertThat(failure().getText()).isEqualTo("b");
    }
}

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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.http.SimulatedCall;
import io.github.camelstackai.observe.ObservedCalls;
import io.github.camelstackai.observe.OutcomeMapper;
import io.github.camelstackai.protocol.Json;
import java.net.SocketException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the observer of a call is told of its stream. */
class ObservedStreamTest {
    private static final String FAILED = line(Map.of("run_id", "r-1", "state", "FAILED", "error", "boom"));

    @Test
    void streamThatIsReadToItsEndHasSucceeded() {
        TestStreams test = TestStreams.of(frame("a"), frame("b") + lastFrame("c"));
        assertThat(test.events.all()).containsExactly("first chunk");
        test.stream().forEachRemaining(chunk -> {});
        test.stream().close();
        assertThat(test.events.all()).containsExactly("first chunk", "chunk", "chunk", "chunk", "ended success");
    }

    @Test
    void streamThatItsReaderClosesIsCancelled() {
        TestStreams test = TestStreams.of(frame("a"), frame("b"));
        test.stream().next();
        test.stream().close();
        assertThat(test.events.all()).containsExactly("first chunk", "chunk", "ended cancelled");
    }

    @Test
    void streamOfAStoppedRouteIsStopped() {
        TestStreams test = TestStreams.of(frame("a"));
        test.stream().cancel(OutcomeMapper.STOPPED, "the route was stopped");
        assertThat(test.events.all()).containsExactly("first chunk", "ended stopped");
    }

    @Test
    void streamThatIsReadWhenItIsStoppedHasSucceeded() {
        TestStreams test = TestStreams.of(frame("a") + lastFrame("b"));
        test.stream().forEachRemaining(chunk -> {});
        test.stream().cancel(OutcomeMapper.STOPPED, "the route was stopped");
        assertThat(test.events.all()).endsWith("ended success");
    }

    @Test
    void brokenStreamFailsWhenItsReaderGetsThere() {
        TestStreams test = TestStreams.of(frame("a"));
        test.call.fail(new SocketException("reset"), true);
        test.stream().next();
        assertThat(test.events.all()).containsExactly("first chunk", "chunk");
        assertThatThrownBy(test.stream()::next).isInstanceOf(StackAiStreamException.class);
        assertThat(test.events.all()).containsExactly("first chunk", "chunk", "ended stream_truncated");
    }

    @Test
    void runThatFailsInTheStreamIsReported() {
        TestStreams test = TestStreams.of(frame("a") + FAILED);
        test.stream().next();
        assertThatThrownBy(test.stream()::next).isInstanceOf(StackAiStreamException.class);
        assertThat(test.events.all()).containsExactly("first chunk", "chunk", "ended stream_reported");
    }

    @Test
    void failureInTheFirstFrameIsNoChunk() {
        assertThat(TestStreams.of(FAILED).events.all()).isEmpty();
    }

    @Test
    void collectedFramesAreChunks() {
        ObservedCalls.Events events = new ObservedCalls.Events();
        SimulatedCall call = new SimulatedCall(new StreamCollector(
                TestStreams.INCREMENTS, new Json(), TestStreams.CALL, events, result -> {}, (cause, sent) -> {}));
        call.head(200).body(frame("a")).body(lastFrame("b"));
        assertThat(events.all()).as("the call ends it").containsExactly("first chunk", "chunk", "chunk");
    }
}

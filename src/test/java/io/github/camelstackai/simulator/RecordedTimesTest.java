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
package io.github.camelstackai.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.simulator.RecordedCall.Ending;
import io.github.camelstackai.simulator.RecordedCall.Piece;
import io.github.camelstackai.simulator.TestClient.End;
import io.github.camelstackai.simulator.TestClient.Received;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When the pieces of a response come, and when it stops, in a recording and its replay. */
class RecordedTimesTest extends RecordingTest {
    private static final int BUFFER = 64 * 1024;

    @Test
    void resetWithinAStreamIsOne() throws Exception {
        service.enqueue(Reply.chunks(FRAME).thenSilence());
        try (StackAiSimulator recorder = recorder(recording());
                TestClient client = new TestClient(recorder).post("stream/sim-org/f", "")) {
            client.receiveUntil("r1\"}\n\r\n");
            service.reset();
            assertThat(client.receive().end()).isEqualTo(End.RESET);
        }
        try (StackAiSimulator player = player(recording())) {
            assertThat(call(player, "stream/sim-org/f").end()).isEqualTo(End.RESET);
        }
    }

    @Test
    void silenceUntilTheCallerGivesUpIsReplayedAsSilence() throws Exception {
        service.enqueue(Reply.chunks(FRAME).thenSilence(), Reply.never());
        try (StackAiSimulator recorder = recorder(recording())) {
            try (TestClient client = new TestClient(recorder).post("stream/sim-org/f", "")) {
                client.receiveUntil("r1\"}\n\r\n");
            }
            await().until(() -> calls().size() == 1);
            TestClient caller = new TestClient(recorder).post("run/sim-org/f", "");
            await().until(() -> service.requestCount() == 2);
            caller.close();
            await().until(() -> calls().size() == 2);
            await("calls of the service end with those of callers").until(() -> service.openRequests() == 0);
        }
        assertThat(calls()).extracting(RecordedCall::ending).containsOnly(Ending.TIMEOUT);
        try (StackAiSimulator player = player(recording());
                TestClient stream = new TestClient(player).post("stream/sim-org/f", "");
                TestClient run = new TestClient(player).timeout(PAUSE).post("run/sim-org/f", "")) {
            stream.receiveUntil("r1\"}\n\r\n");
            assertThat(stream.timeout(PAUSE).receive()).isEqualTo(new Received("", End.SILENT));
            assertThat(run.receive()).isEqualTo(new Received("", End.SILENT));
        }
    }

    @Test
    void replayKeepsTheTimesOfPiecesOnRequest() throws Exception {
        service.enqueue(Reply.chunks("a")
                .chunk(PAUSE, "b")
                .chunk(PAUSE, "c")
                .after(PAUSE)
                .bodyAfter(PAUSE));
        try (StackAiSimulator recorder = recorder(recording())) {
            call(recorder, "stream/sim-org/f");
        }
        RecordedCall call = calls().get(0);
        assertThat(call.headMillis()).isGreaterThanOrEqualTo(PAUSE.toMillis());
        assertThat(call.pieces()).extracting(Piece::bytes).containsExactly("a", "b", "c");
        assertThat(IntStream.range(1, 3)
                        .mapToLong(i -> call.pieces().get(i).millis()
                                - call.pieces().get(i - 1).millis()))
                .allSatisfy(pause -> assertThat(pause).isBetween(PAUSE.toMillis() / 2, PAUSE.toMillis() * 5));
        assertThat(duration(recording().withTimes())).isBetween(PAUSE.multipliedBy(4), PAUSE.multipliedBy(12));
        assertThat(duration(recording())).isLessThan(PAUSE.multipliedBy(4));
    }

    private Duration duration(StackAiRecording recording) throws IOException {
        try (StackAiSimulator player = player(recording)) {
            long start = System.nanoTime();
            call(player, "stream/sim-org/f");
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    @Test
    void slowCallerSlowsTheServiceDown() throws Exception {
        byte[] piece = "x".repeat(BUFFER).getBytes(UTF_8);
        service.enqueue(Reply.streaming(() -> piece));
        try (StackAiSimulator recorder = recorder(recording());
                TestClient client = new TestClient(recorder, BUFFER).post("stream/sim-org/f", "")) {
            RecordedRequest request = service.takeRequest(Duration.ofSeconds(5));
            long[] last = {-1};
            await().pollInterval(Duration.ofMillis(200)).until(() -> last[0] == (last[0] = request.bytesSent()));
            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                client.receive(BUFFER);
                return request.bytesSent() > last[0];
            });
        }
    }
}

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

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.simulator.RecordedCall.Ending;
import io.github.camelstackai.simulator.RecordedCall.Piece;
import io.github.camelstackai.simulator.TestClient.End;
import io.github.camelstackai.simulator.TestClient.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client gets of a service through a recording simulator, it gets of the recording. */
@Timeout(30)
class RecordReplayTest {
    private static final Duration PAUSE = Duration.ofMillis(120);
    private static final String FRAME = "{\"outputs\":{\"out-0\":\"one\"},\"run_id\":\"r1\"}\n";

    private static final Reply CUT =
            Reply.chunks(FRAME).chunk(Duration.ofMillis(20), "{\"out").thenClose();

    private final StackAiSimulator service =
            StackAiSimulator.builder().apiKey("account-key").orgId("account-org").start();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        service.close();
    }

    /** One call, and what the service replies. */
    private record Case(String name, String path, Reply reply) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Case> cases() {
        String run = "run/sim-org/f";
        String stream = "stream/sim-org/f";
        Reply halves = Reply.chunks("é").chunk(PAUSE, new byte[] {(byte) 0xC3}).chunk(PAUSE, new byte[] {(byte) 0xA9});
        return Stream.of(
                new Case("run", run, Reply.usual()),
                new Case("stream", stream, Reply.usual()),
                new Case("events", stream + "?sse=true", Reply.usual()),
                new Case("feedback", "feedback/sim-org/f", Reply.json(Map.of("matched_count", 1))),
                new Case("invalid", "feedback/sim-org/f", Reply.usual()),
                new Case("refused", run, Reply.error(429, "Slow down").header("Retry-After", "2")),
                new Case("cut", stream, CUT),
                new Case("too short", run, Reply.text("{\"outputs\"").header("Content-Length", "99").thenClose()),
                new Case("closed", run, Reply.close()),
                new Case("reset", run, Reply.reset()),
                new Case("until close", run, Reply.text("{\"outputs\":{}}").untilClose()),
                new Case("empty", run, Reply.text("")),
                new Case("no content", run, Reply.text("").withStatus(204)),
                new Case("half characters", stream, halves),
                new Case("binary", run, Reply.bytes(new byte[] {0, -1, 13, 10, 0x22})));
    }

    private StackAiRecording recording() {
        return StackAiRecording.at(folder.resolve("calls.json")).from(service.baseUrl(), "account-key", "account-org");
    }

    private StackAiSimulator recorder(StackAiRecording recording) {
        StackAiSimulator simulator = StackAiSimulator.start();
        simulator.record(recording);
        return simulator;
    }

    private StackAiSimulator player(StackAiRecording recording) {
        StackAiSimulator simulator = StackAiSimulator.start();
        simulator.replay(recording);
        return simulator;
    }

    private List<RecordedCall> calls() {
        return RecordingFile.read(folder.resolve("calls.json")).calls();
    }

    private static Received call(StackAiSimulator simulator, String path) throws IOException {
        try (TestClient client = new TestClient(simulator)) {
            return client.post(path, "Connection: close\r\n").receive();
        }
    }

    private static String body(Received received) {
        int end = received.text().indexOf("\r\n\r\n");
        return end < 0 ? "" : received.text().substring(end + 4);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void replayIsTheRecordedResponseByteForByte(Case one) throws Exception {
        service.enqueue(one.reply);
        Received recorded;
        try (StackAiSimulator recorder = recorder(recording())) {
            recorded = call(recorder, one.path);
        }
        assertThat(service.requestCount()).isEqualTo(1);
        try (StackAiSimulator player = player(recording())) {
            Received replayed = call(player, one.path);
            assertThat(player.unmatched()).isEmpty();
            assertThat(replayed.end()).isEqualTo(recorded.end());
            assertThat(body(replayed)).isEqualTo(body(recorded));
            assertThat(replayed.text().lines().findFirst())
                    .isEqualTo(recorded.text().lines().findFirst());
            assertThat(replayed.text().toLowerCase(Locale.ROOT).contains("retry-after: 2")).isEqualTo(one.name.equals("refused"));
        }
        assertThat(service.requestCount()).as("a replay calls no service").isEqualTo(1);
    }

    @Test
    void responseIsPassedOnAsTheServiceSendsIt() throws Exception {
        Received direct;
        service.enqueue(CUT, CUT);
        try (TestClient client = new TestClient(service)) {
            direct = client.post("stream/account-org/f", "Connection: close\r\n").receive();
        }
        try (StackAiSimulator recorder = recorder(recording())) {
            Received relayed = call(recorder, "stream/sim-org/f");
            assertThat(body(relayed)).isEqualTo(body(direct)).startsWith("2b\r\n{\"outputs\"");
            assertThat(relayed.end()).isEqualTo(direct.end()).isEqualTo(End.CLOSED);
        }
        RecordedRequest request = service.requests().get(1);
        assertThat(request.path()).isEqualTo("/inference/v0/stream/account-org/f");
        assertThat(request.headers("Authorization")).containsExactly("Bearer account-key");
        assertThat(calls()).singleElement().satisfies(call -> {
            assertThat(call.ending()).isEqualTo(Ending.CUT);
            assertThat(call.request().path()).isEqualTo("/inference/v0/stream/{org}/f");
            assertThat(call.request().inputs().toString()).isEqualTo("{\"in-0\":\"a\"}");
            assertThat(call.pieces()).extracting(Piece::bytes).containsExactly(FRAME, "{\"out");
        });
    }

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
            try (TestClient client = new TestClient(recorder).post("run/sim-org/f", "")) {
                await().until(() -> service.requestCount() == 2);
            }
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
        service.enqueue(
                Reply.chunks("a").chunk(PAUSE, "b").chunk(PAUSE, "c").after(PAUSE).bodyAfter(PAUSE));
        try (StackAiSimulator recorder = recorder(recording())) {
            call(recorder, "stream/sim-org/f");
        }
        RecordedCall call = calls().get(0);
        assertThat(call.headMillis()).isGreaterThanOrEqualTo(PAUSE.toMillis());
        assertThat(call.pieces()).extracting(Piece::bytes).containsExactly("a", "b", "c");
        assertThat(IntStream.range(1, 3).mapToLong(i -> call.pieces().get(i).millis()
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
        byte[] piece = "x".repeat(64 * 1024).getBytes(UTF_8);
        service.enqueue(Reply.streaming(() -> piece));
        try (StackAiSimulator recorder = recorder(recording());
                TestClient client = new TestClient(recorder, 8 * 1024).post("stream/sim-org/f", "")) {
            RecordedRequest request = service.takeRequest(Duration.ofSeconds(5));
            long[] last = {-1};
            await().pollInterval(Duration.ofMillis(300)).until(() -> last[0] == (last[0] = request.bytesSent()));
            client.receive(1 << 20);
            await().until(() -> request.bytesSent() > last[0]);
        }
    }

    @Test
    void fileUploadIsRecordedByNameTypeAndSize() throws Exception {
        String form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"note.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\nprivate\r\n--b--\r\n";
        String head = "POST /documents/sim-org/f/doc-0/u HTTP/1.1\r\nHost: s\r\nAuthorization: Bearer sim-key\r\n"
                + "Connection: close\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n%s";
        String request = head.formatted(form.length(), form);
        Received recorded;
        try (StackAiSimulator recorder = recorder(recording());
                TestClient client = new TestClient(recorder)) {
            recorded = client.send(request).receive();
        }
        assertThat(service.documents("f", "doc-0", "u")).singleElement().satisfies(file -> assertThat(file.text())
                .isEqualTo("private"));
        assertThat(Files.readString(folder.resolve("calls.json"), ISO_8859_1)).doesNotContain("private");
        try (StackAiSimulator player = player(recording());
                TestClient client = new TestClient(player)) {
            assertThat(body(client.send(request).receive())).isEqualTo(body(recorded));
        }
    }

    @Test
    void equalCallsAreReplayedInTheirOrderAndThenTheLast() throws Exception {
        service.enqueue(Reply.text("1"), Reply.text("2"));
        try (StackAiSimulator recorder = recorder(recording())) {
            call(recorder, "run/sim-org/f");
            call(recorder, "run/sim-org/f");
        }
        try (StackAiSimulator player = player(recording())) {
            for (String expected : List.of("1", "2", "2")) {
                assertThat(body(call(player, "run/sim-org/f"))).isEqualTo(expected);
            }
        }
    }

    @Test
    void concurrentCallsAreAllRecorded() {
        int count = 50;
        try (StackAiSimulator recorder = recorder(recording())) {
            concurrently(recorder, count);
        }
        assertThat(calls()).hasSize(count).allMatch(call -> call.ending() == Ending.COMPLETE);
        try (StackAiSimulator player = player(recording())) {
            concurrently(player, count);
        }
    }

    private static void concurrently(StackAiSimulator simulator, int count) {
        CompletableFuture<?>[] calls = IntStream.range(0, count)
                .mapToObj(i -> RecordingTestClient.send(simulator, "stream/sim-org/f", Map.of("in-0", "q" + i))
                        .thenAccept(response ->
                                assertThat(response.body()).contains("q" + i).contains("COMPLETED")))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(calls).join();
    }

    @Test
    void unreachableServiceIsToldAndNotRecorded() throws Exception {
        StackAiRecording nowhere = recording().from("http://127.0.0.1:" + service.port(), "account-key", "account-org");
        service.close();
        try (StackAiSimulator recorder = recorder(nowhere)) {
            assertThat(call(recorder, "run/sim-org/f").text())
                    .startsWith("HTTP/1.1 502")
                    .contains("cannot connect to the service");
        }
        assertThat(calls()).isEmpty();
    }
}

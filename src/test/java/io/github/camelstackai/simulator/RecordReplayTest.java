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
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.RecordedCall.Ending;
import io.github.camelstackai.simulator.RecordedCall.Piece;
import io.github.camelstackai.simulator.TestClient.End;
import io.github.camelstackai.simulator.TestClient.Received;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client gets of a service through a recording simulator, it gets of the recording. */
class RecordReplayTest extends RecordingTest {
    private static final Reply CUT =
            Reply.chunks(FRAME).chunk(Duration.ofMillis(20), "{\"out").thenClose();

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
        Reply halves = Reply.chunks("é")
                .chunk(Duration.ofMillis(10), new byte[] {(byte) 0xC3})
                .chunk(Duration.ofMillis(10), new byte[] {(byte) 0xA9});
        return Stream.of(
                new Case("run", run, Reply.usual()),
                new Case("stream", stream, Reply.usual()),
                new Case("events", stream + "?sse=true", Reply.usual()),
                new Case("feedback", "feedback/sim-org/f", Reply.json(Map.of("matched_count", 1))),
                new Case("invalid", "feedback/sim-org/f", Reply.usual()),
                new Case("refused", run, Reply.error(429, "Slow down").header("Retry-After", "2")),
                new Case("cut", stream, CUT),
                new Case(
                        "too short",
                        run,
                        Reply.text("{\"outputs\"")
                                .header("Content-Length", "99")
                                .thenClose()),
                new Case("closed", run, Reply.close()),
                new Case("reset", run, Reply.reset()),
                new Case("until close", run, Reply.text("{\"outputs\":{}}").untilClose()),
                new Case("empty", run, Reply.text("")),
                new Case("no content", run, Reply.text("").withStatus(204)),
                new Case("half characters", stream, halves),
                new Case("binary", run, Reply.bytes(new byte[] {0, -1, 13, 10, 0x22})));
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
            assertThat(replayed.text().toLowerCase(Locale.ROOT).contains("retry-after: 2"))
                    .isEqualTo(one.name.equals("refused"));
        }
        assertThat(service.requestCount()).as("a replay calls no service").isEqualTo(1);
    }

    @Test
    void responseIsPassedOnAsTheServiceSendsIt() throws Exception {
        Received direct;
        service.enqueue(CUT, CUT);
        try (TestClient client = new TestClient(service)) {
            direct =
                    client.post("stream/account-org/f", "Connection: close\r\n").receive();
        }
        try (StackAiSimulator recorder = recorder(recording())) {
            Received relayed = call(recorder, "stream/sim-org/f");
            assertThat(body(relayed)).isEqualTo(body(direct)).startsWith("2a\r\n{\"outputs\"");
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
    void fileUploadIsRecordedByNameTypeAndSize() throws Exception {
        String form = String.join(
                "\r\n",
                "--b",
                "Content-Disposition: form-data; name=\"file\"; filename=\"note.txt\"",
                "Content-Type: text/plain\r\n",
                "private",
                "--b--\r\n");
        String head = String.join(
                "\r\n",
                "POST /documents/sim-org/f/doc-0/u HTTP/1.1",
                "Host: s",
                "Authorization: Bearer sim-key",
                "Connection: close",
                "Content-Type: multipart/form-data; boundary=b",
                "Content-Length: " + form.length(),
                "\r\n");
        String request = head + form;
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

    @ParameterizedTest
    @CsvSource({
        "version=1, version=2",
        "version=2, version=1",
        "'', delta=false",
        "delta=false, ''",
        "sse=true, 'sse=true&delta=false'",
        "'user_id=a&version=1', version=2"
    })
    void callIsAnsweredByTheOneWithTheSameQuery(String first, String second) throws Exception {
        service.enqueue(Reply.text("1"), Reply.text("2"));
        try (StackAiSimulator recorder = recorder(recording())) {
            call(recorder, "stream/sim-org/f?" + first);
            call(recorder, "stream/sim-org/f?" + second);
        }
        try (StackAiSimulator player = player(recording().ignoring("user_id"))) {
            List<String> answers = new ArrayList<>();
            for (String query : List.of(second, second + "&user_id=b", first, first, second, "prefix=true")) {
                answers.add(body(call(player, "stream/sim-org/f?" + query)));
            }
            assertThat(answers).containsExactly("2", "2", "1", "1", "2", "2");
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
        assertThat(folder).as("a recording without calls replaces no file").isEmptyDirectory();
    }
}

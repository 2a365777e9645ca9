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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelstackai.simulator.RecordedCall.Piece;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recording contains, and what it must not contain. */
@Timeout(30)
class RecordingContentTest {
    private static final String KEY = "account/key+0";
    private static final String JWT = "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.c2lnbmF0dXJl";
    private static final List<String> SECRETS = List.of(
            KEY,
            "account%2Fkey%2B0",
            "account-org",
            "sim-org",
            "sim-key",
            "user-token-1",
            "sim-password",
            "sim-user",
            JWT,
            "embedded-1",
            "cookie-1",
            "header-1",
            "in-a-field-1");

    private final StackAiSimulator service =
            StackAiSimulator.builder().apiKey(KEY).orgId("account-org").start();
    private final StackAiSimulator recorder = StackAiSimulator.start();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("sub/calls.json");
    }

    @AfterEach
    void stop() {
        recorder.close();
        service.close();
    }

    private StackAiRecording recording() {
        return StackAiRecording.at(file).from(service.baseUrl(), KEY, "account-org");
    }

    private HttpResponse<String> run(Map<String, ?> inputs) {
        return RecordingTestClient.send(recorder, "run/sim-org/f", inputs).join();
    }

    private String written() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(path -> {
                        try {
                            return Files.readString(path, ISO_8859_1);
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .collect(Collectors.joining());
        }
    }

    @Test
    void noCredentialAndNoOrganisationIsWritten() throws Exception {
        recorder.record(recording());
        service.acceptToken("user-token-1");
        service.enqueue(Reply.json(Map.of(
                        "outputs",
                        Map.of("out-0", "key " + KEY + " of account-org, " + JWT),
                        "nested",
                        "{\"refresh_token\": \"embedded-1\"}"))
                .header("Set-Cookie", "session=cookie-1")
                .header("X-Token", "header-1"));
        String answer = run(Map.of("in-0", "sim-key", "api_key", "in-a-field-1", "org", "sim-org"))
                .body();
        assertThat(answer).as("the caller gets all").contains(KEY).contains(JWT);
        String half = KEY.substring(0, 6);
        service.enqueue(Reply.chunks("{\"outputs\":{\"out-0\":\"" + half)
                .chunk(Duration.ofMillis(30), KEY.substring(6) + "\"}}\n"));
        RecordingTestClient.send(recorder, "stream/sim-org/f", Map.of()).join();
        String base = recorder.baseUrl();
        RecordingTestClient.send(base + "/inference/v0/sso/stream/sim-org/f", "user-token-1", "{\"in-0\":\"a\"}")
                .join();
        String form = "grant_type=password&username=sim-user&password=sim-password";
        String token =
                RecordingTestClient.send(base + "/token", "none", form).join().body();
        assertThat(token).contains("access_token");
        RecordingTestClient.send(base + "/unknown?key=account%2Fkey%2B0", "sim-key", "{}")
                .join();

        assertThat(written()).doesNotContain(SECRETS).doesNotContain(token).doesNotContain("access_token");
        List<RecordedCall> calls = RecordingFile.read(file).calls();
        assertThat(calls).extracting(call -> call.request().operation()).containsExactly("run", "stream", "sso_stream");
        assertThat(calls.get(1).pieces())
                .extracting(Piece::bytes)
                .containsExactly("{\"outputs\":{\"out-0\":\"***", "\"}}\n");
    }

    @Test
    void replayHasTheOrganisationOfItsSimulator() {
        service.enqueue(Reply.json(Map.of("org_id", "account-org")));
        recorder.record(recording());
        run(Map.of("in-0", "a"));
        try (StackAiSimulator player =
                StackAiSimulator.builder().orgId("another").start()) {
            player.replay(recording());
            assertThat(RecordingTestClient.send(player, "run/another/f", Map.of("in-0", "a"))
                            .join()
                            .body())
                    .isEqualTo("{\"org_id\":\"another\"}");
        }
    }

    @Test
    void maskedRecordingHasNoTextAndIsReplayed() throws Exception {
        service.flow("f", inputs -> Map.of("out-0", "Madame Curie, né 1867", "out-1", "{\"score\": 42}"));
        recorder.record(recording().masked());
        Map<String, Object> inputs = Map.of("in-0", "Where is Curie?", "user_id", "marie", "amount", 1867.50);
        String original = run(inputs).body();

        assertThat(written()).doesNotContain("Curie", "Madame", "marie");
        try (StackAiSimulator player = StackAiSimulator.start()) {
            player.replay(recording());
            String masked = RecordingTestClient.send(player, "run/sim-org/f", inputs)
                    .join()
                    .body();
            assertThat(player.unmatched()).isEmpty();
            assertThat(masked).hasSameSizeAs(original.replace("é", "éé"));
            Map<String, Object> response = JsonCodec.object(masked.getBytes(ISO_8859_1));
            assertThat(response.get("outputs"))
                    .isEqualTo(Map.of("out-0", "xxxxxx xxxxx, xxx 1111", "out-1", "{\"score\": 11}"));
            assertThat(response.get("state")).isEqualTo("COMPLETED");
            assertThat(response.get("run_id"))
                    .as("a UUID stays")
                    .isEqualTo(JsonCodec.object(original.getBytes(UTF_8)).get("run_id"));
        }
    }

    @Test
    void fileHasOneLineForEachPiece() throws Exception {
        service.enqueue(Reply.chunks("{\"a\":1}\n", "{\"b\":2}\n"));
        recorder.record(recording());
        run(Map.of("in-0", "fire"));
        String text = Files.readString(file).replaceAll("\"ms\":\\d+", "\"ms\":0");
        assertThat(text).isEqualTo("""
                {
                "stackaiRecording": 1,
                "masked": false,
                "calls": [
                {
                  "request": {"operation":"run","flow":"f","method":"POST","path":"/inference/v0/run/{org}/f","query":{}},
                  "inputs": {"in-0":"fire"},
                  "head": {"ms":0,"status":200,"headers":[["content-type","application/json"],["transfer-encoding","chunked"]]},
                  "pieces": [
                    {"ms":0,"text":"{\\"a\\":1}\\n"},
                    {"ms":0,"text":"{\\"b\\":2}\\n"}
                  ],
                  "ended": {"ms":0,"how":"complete"}
                }
                ]
                }
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"stackaiRecording": 1, "calls": [       | is damaged: .* at line 1
            not json                                 | is damaged
            {"calls": []}                            | is not a recording
            {"stackaiRecording": 2, "calls": []}     | has version 2, and this simulator reads version 1
            {"stackaiRecording": 1, "calls": [{}]}   | Call 1 of the recording .* is damaged: .*ended
            """)
    void unreadableFileIsAnError(String content, String message) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        assertThatThrownBy(() -> recorder.replay(recording()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString())
                .hasMessageFindingMatch(message);
    }

    /** Other forms in which a secret comes: a parameter's value, a hyphen in the name, a Python literal. */
    @Test
    void secretIsKnownByItsName() throws Exception {
        recorder.record(recording());
        service.enqueue(Reply.json(
                Map.of("outputs", Map.of("out-0", "{'api_key': 'python-1', 'a': 1}", "x-api-key", "hyphen-1"))));
        RecordingTestClient.send(
                        recorder, "run/sim-org/f?access_token=in-a-query-1&code=in-a-query-2&version=3", Map.of())
                .join();
        assertThat(written())
                .doesNotContain("python-1", "hyphen-1", "in-a-query-1", "in-a-query-2")
                .contains("'a': 1", "\"version\"");
    }

    /** The JDK's client repeats the value of a header that it refuses. */
    @Test
    void keyThatNoHeaderCanHaveIsNotShown() {
        recorder.record(StackAiRecording.at(file).from(service.baseUrl(), "account-key\n", "account-org"));
        assertThat(run(Map.of()).body()).contains("cannot pass the request on").doesNotContain("account-key");
        assertThatThrownBy(() -> recording().from("http://user:in-the-address@127.0.0.1", "k", "o"))
                .hasMessageContaining("contains a user name")
                .hasMessageNotContaining("in-the-address");
    }

    @Test
    void missingFileAndUnwritableFileAreErrors() throws IOException {
        assertThatThrownBy(() -> recorder.replay(recording()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There is no recording " + file);
        Files.createDirectories(file);
        assertThatThrownBy(() -> recorder.record(recording()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Cannot write the recording " + file);
        assertThatThrownBy(() -> recording().from("api.stack-ai.com", "k", "o"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not http or https");
    }

    @Test
    void callsAreMatchedByOperationFlowAndInputs() {
        recorder.record(recording());
        run(inputs("{\"in-0\":\"smoke\",\"user_id\":\"u\",\"n\":1.0,\"o\":{\"a\":1,\"b\":2}}"));
        recorder.reset();
        recorder.replay(recording().ignoring("user_id"));
        assertThat(run(inputs("{\"o\":{\"b\":2,\"a\":1.0},\"n\":1,\"in-0\":\"smoke\",\"user_id\":\"v\"}"))
                        .statusCode())
                .as("other order of keys, equal numbers, an ignored key")
                .isEqualTo(200);
        HttpResponse<String> other = run(Map.of("in-0", "fire", "n", 1));
        assertThat(other.statusCode()).isEqualTo(501);
        RecordingTestClient.send(recorder, "stream/sim-org/g", Map.of("in-0", "smoke"))
                .join();

        assertThat(recorder.unmatched()).hasSize(2);
        assertThat(recorder.unmatched().get(0))
                .contains("has no call like run /inference/v0/run/{org}/f")
                .contains(
                        "The nearest is call 1: in-0 is \"smoke\" there and \"fire\" here, o is {\"a\":1,\"b\":2} there and absent here")
                .isEqualTo(JsonCodec.object(other.body().getBytes(UTF_8)).get("detail"));
        assertThat(recorder.unmatched().get(1)).contains("operation is run there and stream here");
    }

    /** Inputs with the numbers of the JSON. */
    private static Map<String, JsonNode> inputs(String json) {
        Map<String, JsonNode> inputs = new LinkedHashMap<>();
        JsonCodec.tree(json.getBytes(UTF_8)).properties().forEach(one -> inputs.put(one.getKey(), one.getValue()));
        return inputs;
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of docs/testing.md, which contains the lines between the tags unchanged. */
class DocsExamplesTest {
    @RegisterExtension
    static final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void extension(StackAiSimulator simulator) throws Exception {
        // tag::flow
        simulator.flow("triage", inputs -> Map.of("out-0", "urgent: " + inputs.get("in-0")));
        // end::flow

        assertThat(run(simulator, "triage").body()).contains("urgent: fire");

        // tag::requests
        RecordedRequest request = simulator.takeRequest(Duration.ofSeconds(5));
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + simulator.apiKey());
        assertThat(request.json()).isEqualTo(Map.of("in-0", "fire"));
        // end::requests
    }

    @Test
    void answers(StackAiSimulator simulator) throws Exception {
        // tag::answers
        simulator.enqueue(
                Reply.error(429, "Slow down").header("Retry-After", "2"), // the first request
                Reply.usual().after(Duration.ofSeconds(1)), // the second
                Reply.json(Map.of("outputs", Map.of("out-0", "Hi"), "state", "COMPLETED"))); // the third
        // end::answers

        assertThat(run(simulator, "f").statusCode()).isEqualTo(429);
        assertThat(run(simulator, "f").body()).contains("Answer to: fire");
        assertThat(run(simulator, "f").body()).contains("Hi");

        // tag::script
        simulator.script(
                "triage", request -> request.query("version") == null ? null : Reply.error(404, "No such version"));
        // end::script

        assertThat(run(simulator, "triage").statusCode()).isEqualTo(200);
        assertThat(run(simulator, "triage?version=3").statusCode()).isEqualTo(404);
    }

    @Test
    void faults(StackAiSimulator simulator) throws Exception {
        // tag::faults
        simulator.enqueue(
                Reply.reset(), // a TCP reset instead of an answer
                Reply.usual().resetAfter(100), // or after exactly 100 bytes of it, head included
                Reply.usual().thenClose(), // the whole body, then a close where its end should be
                Reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"), // a response that is too short
                Reply.raw("SSH-2.0-OpenSSH_9.2\r\n")); // no HTTP at all
        // end::faults

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> HTTP.send(request(simulator, "stream", "f"), HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void streams(StackAiSimulator simulator) throws Exception {
        // tag::streams
        simulator.enqueue(
                Reply.chunks("{\"outputs\":{\"out-0\":\"Hel\"}}\n")
                        .chunk(Duration.ofMillis(50), "{\"outputs\":{\"out-0\":\"lo\"}}\n")
                        .thenSilence(), // and then nothing, on an open connection
                Reply.usual().trickle(1, Duration.ofMillis(1)), // one byte at a time
                Reply.streaming(() -> "{}\n".getBytes(StandardCharsets.UTF_8))); // without end, as fast as it is read
        // end::streams

        try (TestClient client = stream(simulator)) {
            assertThat(client.receiveUntil("lo\"}}\n\r\n")).doesNotContain("COMPLETED");
            assertThat(client.timeout(Duration.ofMillis(300)).receive().text()).isEmpty();
        }
        try (TestClient client = stream(simulator)) {
            assertThat(client.receiveUntil("\r\n0\r\n\r\n")).contains("COMPLETED");
        }
        try (TestClient client = stream(simulator)) {
            assertThat(client.receive(10_000).text()).hasSize(10_000);
        }
    }

    @Test
    void concurrency(StackAiSimulator simulator) {
        // tag::concurrency
        CompletableFuture<Void> release = new CompletableFuture<>();
        simulator.script(request -> Reply.usual().when(release));
        // end::concurrency
        CompletableFuture<?>[] calls = new CompletableFuture<?>[100];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = HTTP.sendAsync(request(simulator, "run", "f"), HttpResponse.BodyHandlers.ofString());
        }
        // tag::counters
        await().until(() -> simulator.openRequests() == 100);
        release.complete(null);
        // end::counters
        CompletableFuture.allOf(calls).join();
        assertThat(simulator.openRequests()).isZero();
    }

    @Test
    void recording(StackAiSimulator simulator, @TempDir Path folder) throws Exception {
        System.setProperty("stackai.recordings", folder.toString());
        try (StackAiSimulator service = StackAiSimulator.start()) {
            simulator.record(StackAiRecording.named("triage").from(service.baseUrl(), "sim-key", "sim-org"));
            run(simulator, "triage");
            // tag::recording
            StackAiRecording recording = StackAiRecording.named("triage") // or at(path)
                    .ignoring("user_id") // an input that each run of the test changes
                    .withTimes(); // the pieces at their times; without it at once
            simulator.replay(recording); // or record(recording)
            // end::recording
        } finally {
            System.clearProperty("stackai.recordings");
        }
        assertThat(run(simulator, "triage").body()).contains("Answer to: fire");
    }

    @Test
    void pageContainsTheseLines() throws IOException {
        String page = Files.readString(Path.of("docs/testing.md"));
        String test = Files.readString(Path.of("src/test/java/io/github/camelstackai/simulator/DocsExamplesTest.java"));
        Matcher examples = Pattern.compile("// tag::(\\w+)\n(.*?) *// end::\\1", Pattern.DOTALL)
                .matcher(test);
        int count = 0;
        for (; examples.find(); count++) {
            String code = examples.group(2).stripTrailing().stripIndent();
            assertThat(page).contains("<!-- " + examples.group(1) + " -->\n```java\n" + code + "\n```");
        }
        assertThat(page.split("<!-- ", -1)).hasSize(count + 1);
    }

    private static HttpResponse<String> run(StackAiSimulator simulator, String flow) throws Exception {
        return HTTP.send(request(simulator, "run", flow), HttpResponse.BodyHandlers.ofString());
    }

    private static TestClient stream(StackAiSimulator simulator) throws IOException {
        return new TestClient(simulator).post("stream/sim-org/f1", "");
    }

    private static HttpRequest request(StackAiSimulator simulator, String operation, String flow) {
        return HttpRequest.newBuilder(
                        URI.create(simulator.baseUrl() + "/inference/v0/" + operation + "/sim-org/" + flow))
                .header("Authorization", "Bearer " + simulator.apiKey())
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString("{\"in-0\":\"fire\"}"))
                .build();
    }
}

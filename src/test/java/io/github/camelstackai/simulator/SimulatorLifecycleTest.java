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

import io.github.camelstackai.simulator.TestClient.End;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Start and stop of a simulator, and the settings of the builder. */
class SimulatorLifecycleTest {
    @Test
    void closeLeavesNoThreadAndNoSocket() throws Exception {
        Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
        StackAiSimulator simulator =
                StackAiSimulator.builder().answerAfter(Duration.ofMinutes(1)).start();
        try (TestClient waiting = new TestClient(simulator).run();
                TestClient idle = new TestClient(simulator)) {
            simulator.takeRequest(Duration.ofSeconds(5));
            await().until(() -> simulator.openConnections() == 2);
            simulator.close();

            assertThat(newThreads(before)).isEmpty();
            assertThat(simulator.openConnections()).isZero();
            waiting.receive();
            assertThat(idle.receive().end()).isIn(End.CLOSED, End.RESET);
            assertThatThrownBy(() -> new TestClient(simulator)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void closeDoesNotWaitForOpenRequests() throws Exception {
        StackAiSimulator simulator = StackAiSimulator.start();
        simulator.enqueue(Reply.never(), Reply.text("late").after(Duration.ofMinutes(1)));
        try (TestClient silent = new TestClient(simulator).run();
                TestClient late = new TestClient(simulator).run()) {
            await().until(() -> simulator.openRequests() == 2);
            long start = System.nanoTime();
            simulator.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(silent.receive().end()).isEqualTo(End.RESET);
            assertThat(late.receive().end()).isEqualTo(End.RESET);
            assertThat(simulator.openRequests()).isZero();
            assertThat(simulator.abortedRequests()).isZero();
        }
    }

    @Test
    void portInUseIsAnError() {
        try (StackAiSimulator simulator = StackAiSimulator.start()) {
            assertThatThrownBy(() ->
                            StackAiSimulator.builder().port(simulator.port()).start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("port " + simulator.port());
        }
    }

    @Test
    void portIsFreeAfterClose() throws Exception {
        int port;
        try (StackAiSimulator first = StackAiSimulator.start();
                TestClient client = new TestClient(first).run()) {
            port = first.port();
            client.receive(10);
        }
        try (StackAiSimulator second = StackAiSimulator.builder().port(port).start()) {
            assertThat(second.port()).isEqualTo(port);
        }
    }

    @Test
    void builderSetsCredentialsOrganisationAndPath() throws Exception {
        try (StackAiSimulator simulator = StackAiSimulator.builder()
                .apiKey("k")
                .orgId("o")
                .user("u", "p")
                .tokenLifetime(Duration.ofMillis(1))
                .pathPrefix("gateway/v2/")
                .start()) {
            assertThat(simulator.baseUrl()).isEqualTo("http://127.0.0.1:" + simulator.port() + "/gateway/v2");
            assertThat(post(HttpClient.newHttpClient(), simulator, "/inference/v0/run/o/f", "k")
                            .statusCode())
                    .isEqualTo(200);
            HttpResponse<String> token = post(
                    HttpClient.newHttpClient(),
                    simulator,
                    "/token",
                    "none",
                    "grant_type=password&username=u&password=p");
            String access = token.body().replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
            assertThat(access).startsWith("sim-");
            await().until(() -> post(HttpClient.newHttpClient(), simulator, "/inference/v0/run/o/f", access)
                            .statusCode()
                    == 401);
        }
    }

    @Test
    void simulatorKeepsTheLastRequestsAlone() throws Exception {
        try (StackAiSimulator simulator = StackAiSimulator.builder().remember(2).start()) {
            for (int i = 0; i < 3; i++) {
                post(HttpClient.newHttpClient(), simulator, "/inference/v0/run/sim-org/f" + i, "sim-key");
            }
            assertThat(simulator.requestCount()).isEqualTo(3);
            assertThat(simulator.requests()).extracting(RecordedRequest::path).allMatch(path -> !path.endsWith("f0"));
            assertThat(simulator.runs()).extracting(RecordedRun::flowId).containsExactly("f1", "f2");
            assertThat(simulator.takeRequest(Duration.ZERO).path()).endsWith("f1");
        }
    }

    @Test
    void mainRunsUntilTheEndOfItsInput() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SimulatorMain.run(
                new String[] {"--port=0", "--api-key=k", "--path-prefix=/p", "--answer-after-ms=1"},
                new ByteArrayInputStream("counts\nhold\nrelease\nwhat\n".getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines.get(0)).matches("http://127\\.0\\.0\\.1:\\d+/p");
        assertThat(lines.get(1)).startsWith("requests=0 open=0 maxOpen=0 aborted=0 connections=0 threads=");
        assertThat(lines.subList(2, 5))
                .containsExactly("held", "released", "? hold, release, fail FAULT [COUNT] or counts");
        assertThatThrownBy(() -> SimulatorMain.run(new String[] {"--prot=1"}, System.in, System.out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Unknown option --prot;")
                .hasMessageContaining("--port");
    }

    private static Set<String> newThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("stackai-simulator"))
                .collect(Collectors.toSet());
    }

    private static HttpResponse<String> post(HttpClient http, StackAiSimulator simulator, String path, String token)
            throws Exception {
        return post(http, simulator, path, token, "{}");
    }

    private static HttpResponse<String> post(
            HttpClient http, StackAiSimulator simulator, String path, String token, String body) throws Exception {
        return http.send(request(simulator, path, token, body), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(StackAiSimulator simulator, String path, String token, String body) {
        return HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}

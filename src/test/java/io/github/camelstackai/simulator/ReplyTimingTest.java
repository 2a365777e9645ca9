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
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.simulator.TestClient.End;
import io.github.camelstackai.simulator.TestClient.Received;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The timing of replies, the choice of a reply, and the effects of clients that are slow or have gone. */
class ReplyTimingTest {
    private static final Duration PAUSE = Duration.ofMillis(120);
    private static final int HEAD = 80;

    @RegisterExtension
    static final StackAiSimulatorExtension stackAi =
            new StackAiSimulatorExtension(StackAiSimulator.builder().sendBufferSize(16 * 1024));

    @Test
    void headAndBodyWaitForTheirPauses() throws Exception {
        long start = System.nanoTime();
        try (TestClient client = run(Reply.text("0123456789").after(PAUSE).bodyAfter(PAUSE))) {
            assertThat(client.receive(HEAD).text()).endsWith("\r\n\r\n");
            assertThat(since(start)).isGreaterThanOrEqualTo(PAUSE);
            assertThat(client.receive(10).text()).isEqualTo("0123456789");
            assertThat(since(start)).isGreaterThanOrEqualTo(PAUSE.multipliedBy(2));
        }
    }

    @Test
    void headDoesNotWaitForTheBody() throws Exception {
        try (TestClient client = run(Reply.text("0123456789").bodyAfter(Duration.ofMinutes(5)))) {
            assertThat(client.receive(HEAD).text()).endsWith("\r\n\r\n");
            assertThat(client.timeout(PAUSE).receive()).isEqualTo(new Received("", End.SILENT));
        }
    }

    @Test
    void eachChunkWaitsForItsPause() throws Exception {
        long start = System.nanoTime();
        Reply reply = Reply.chunks("a", "b").chunkEvery(PAUSE).chunk(Duration.ofMillis(300), "c");
        try (TestClient client = run(reply.thenClose())) {
            assertThat(client.receive().text()).endsWith("1\r\na\r\n1\r\nb\r\n1\r\nc\r\n");
            assertThat(since(start)).isBetween(Duration.ofMillis(420), Duration.ofSeconds(5));
        }
    }

    @Test
    void usualStreamArrivesFrameByFrame() throws Exception {
        stackAi.simulator().enqueue(Reply.usual().chunkEvery(Duration.ofMillis(40)));
        long start = System.nanoTime();
        try (TestClient client = new TestClient(stackAi.simulator())) {
            client.post("stream/sim-org/f1", "");
            assertThat(client.receiveUntil("\r\n0\r\n\r\n")).contains("COMPLETED");
            assertThat(since(start)).isGreaterThan(Duration.ofMillis(6 * 40));
        }
    }

    @Test
    void answerWaitsForASignal() throws Exception {
        CompletableFuture<Void> signal = new CompletableFuture<>();
        try (TestClient client = run(Reply.usual().when(signal))) {
            stackAi.simulator().takeRequest(Duration.ofSeconds(5));
            assertThat(client.timeout(PAUSE).receive()).isEqualTo(new Received("", End.SILENT));
            assertThat(stackAi.simulator().openRequests()).isEqualTo(1);
            signal.complete(null);
            assertThat(client.timeout(Duration.ofSeconds(10)).receiveUntil("\"error\":null}"))
                    .contains("Answer to: a");
            assertThat(stackAi.simulator().openRequests()).isZero();
        }
    }

    @Test
    void queuePrecedesTheFlowsScriptTheScriptOfAllAndTheService() throws Exception {
        stackAi.simulator().script(request -> request.path().endsWith("f2") ? null : Reply.text("all"));
        stackAi.simulator().script("f1", request -> request.query().isEmpty() ? Reply.text("flow") : null);
        stackAi.simulator().enqueue(Reply.text("first"), Reply.text("second"));

        assertThat(answer("f1")).endsWith("first");
        assertThat(answer("f1")).endsWith("second");
        assertThat(answer("f1")).endsWith("flow");
        assertThat(answer("f1?version=1")).endsWith("all");
        assertThat(answer("f2")).contains("Answer to: a");
    }

    @Test
    void failingScriptIsAnsweredWith500() throws Exception {
        stackAi.simulator().script(request -> {
            throw new IllegalStateException("no such case");
        });

        assertThat(answer("f1")).startsWith("HTTP/1.1 500 ").contains("no such case");
    }

    @Test
    void failingSourceResetsTheConnection() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Reply reply = Reply.streaming(() -> {
            if (asked.incrementAndGet() > 1) {
                throw new IllegalStateException("broken source");
            }
            return new byte[] {'a'};
        });
        try (TestClient client = run(reply)) {
            assertThat(client.receive().end()).isEqualTo(End.RESET);
            assertThat(stackAi.simulator().abortedRequests()).isZero();
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        stackAi.simulator()
                .enqueue(
                        Reply.text("one").after(PAUSE),
                        Reply.text("two"),
                        Reply.text("three").thenClose());
        try (TestClient client = new TestClient(stackAi.simulator())) {
            assertThat(client.run().run().run().receive().text()).containsSubsequence("one", "two", "three");
        }
        assertThat(stackAi.simulator().maxOpenRequests()).isEqualTo(3);
        assertThat(stackAi.simulator().openRequests()).isZero();
    }

    @Test
    void clientThatExpectsContinueGetsIt() throws Exception {
        try (TestClient client = new TestClient(stackAi.simulator())) {
            client.send("PUT / HTTP/1.1\r\nHost: sim\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.receive(25).text()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.send("{}").receive(12).text()).isEqualTo("HTTP/1.1 404");
        }
    }

    @Test
    void clientOfHttp10GetsNoChunks() throws Exception {
        stackAi.simulator().enqueue(Reply.chunks("a", "b"));
        try (TestClient client = new TestClient(stackAi.simulator())) {
            assertThat(client.send("GET / HTTP/1.0\r\n\r\n").receive())
                    .isEqualTo(new Received(
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\nab",
                            End.CLOSED));
        }
    }

    @Test
    void headHasNoBody() throws Exception {
        stackAi.simulator().enqueue(Reply.text("0123456789"), Reply.text("next").thenClose());
        try (TestClient client = new TestClient(stackAi.simulator())) {
            client.send("HEAD / HTTP/1.1\r\nHost: sim\r\n\r\n");
            assertThat(client.receive(HEAD).text()).endsWith("Content-Length: 10\r\n\r\n");
            assertThat(client.run().receive().text())
                    .startsWith("HTTP/1.1 200 OK")
                    .endsWith("next");
        }
    }

    @Test
    void slowClientStopsTheSource() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        stackAi.simulator().enqueue(Reply.streaming(() -> {
            asked.incrementAndGet();
            return new byte[1000];
        }));
        try (TestClient client = new TestClient(stackAi.simulator(), 16 * 1024).run()) {
            RecordedRequest request = stackAi.simulator().takeRequest(Duration.ofSeconds(2));
            long stalled = stalledAt(request);
            assertThat(stalled).isBetween(1_000L, 500_000L);
            assertThat(asked.get() * 1000L).isBetween(stalled - 5_000, stalled + 5_000);

            client.receive(1_000_000);
            await().until(() -> request.bytesSent() > 1_000_000);
        }
    }

    @Test
    void clientThatHasGoneAbortsItsRequest() throws Exception {
        for (boolean reset : new boolean[] {true, false}) {
            stackAi.simulator().reset();
            try (TestClient client = run(Reply.chunks("a").chunk(Duration.ofMinutes(5), "b"))) {
                client.receive(HEAD);
                if (reset) {
                    client.reset();
                }
            }
            await().until(() -> stackAi.simulator().abortedRequests() == 1);
            assertThat(stackAi.simulator().openRequests()).isZero();
        }
    }

    @Test
    void requestWithoutItsWholeBodyIsAborted() throws Exception {
        try (TestClient client = new TestClient(stackAi.simulator())) {
            client.send("POST / HTTP/1.1\r\nHost: sim\r\nContent-Length: 100\r\n\r\nhalf");
            await().until(() -> stackAi.simulator().openRequests() == 1);
        }
        await().until(() -> stackAi.simulator().abortedRequests() == 1);
        assertThat(stackAi.simulator().requestCount()).isZero();
    }

    @Test
    void resetClosesBusyConnectionsAndKeepsIdleOnes() throws Exception {
        try (TestClient idle = run(Reply.text("0123456789"))) {
            idle.receive(HEAD + 10);
            try (TestClient open = run(Reply.never())) {
                await().until(() -> stackAi.simulator().openRequests() == 1);

                stackAi.simulator().reset();

                assertThat(open.receive()).isEqualTo(new Received("", End.RESET));
            }
            assertThat(stackAi.simulator().openRequests()).isZero();
            assertThat(stackAi.simulator().maxOpenRequests()).isZero();
            assertThat(idle.run().receive(15).text()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(stackAi.simulator().openConnections()).isEqualTo(1);
        }
    }

    private static long stalledAt(RecordedRequest request) {
        long[] last = {-1};
        await().pollInterval(Duration.ofMillis(200)).until(() -> last[0] == (last[0] = request.bytesSent()));
        return last[0];
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static TestClient run(Reply reply) throws Exception {
        stackAi.simulator().enqueue(reply);
        return new TestClient(stackAi.simulator()).run();
    }

    private static String answer(String flowAndQuery) throws Exception {
        try (TestClient client = new TestClient(stackAi.simulator())) {
            client.post("run/sim-org/" + flowAndQuery, "Connection: close\r\n");
            return client.receive().text();
        }
    }
}

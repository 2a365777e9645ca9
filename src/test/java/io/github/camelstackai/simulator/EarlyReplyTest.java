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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replies that start before the simulator has read the request's body. */
class EarlyReplyTest {
    private static final Duration QUIET = Duration.ofMillis(250);

    @RegisterExtension
    static final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();

    @Test
    void faultPrecedesTheRequestBody() throws Exception {
        assertThat(answerHeadOnly(Reply.reset().beforeBody())).isEqualTo(new Received("", End.RESET));
        assertThat(answerHeadOnly(Reply.close().beforeBody())).isEqualTo(new Received("", End.CLOSED));
        assertThat(answerHeadOnly(Reply.never().beforeBody())).isEqualTo(new Received("", End.SILENT));
        assertThat(stackAi.simulator().requests()).hasSize(3).allMatch(request -> request.body().length == 0);
    }

    @Test
    void answerPrecedesTheRequestBody() throws Exception {
        stackAi.simulator().enqueue(Reply.text("0123456789").withStatus(413).beforeBody());
        try (TestClient client = new TestClient(stackAi.simulator())) {
            client.send("POST / HTTP/1.1\r\nHost: sim\r\nContent-Length: 200000\r\n\r\n");
            assertThat(client.receiveUntil("0123456789")).startsWith("HTTP/1.1 413 ");

            client.send("x".repeat(200_000)).run();
            assertThat(client.receiveUntil("Answer to: a"))
                    .as("the same connection")
                    .startsWith("HTTP/1.1 200 ");
        }
        assertThat(stackAi.simulator().requests().get(0).body()).isEmpty();
    }

    @Test
    void silentServerLeavesTheRequestBodyInTheSocket() throws Exception {
        stackAi.simulator().enqueue(Reply.never().beforeBody());
        TestClient client = new TestClient(stackAi.simulator());
        CompletableFuture<Void> sending;
        try (client) {
            client.send("POST / HTTP/1.1\r\nHost: sim\r\nContent-Length: 100000000\r\n\r\n");
            sending = CompletableFuture.runAsync(() -> sendUntilClosed(client), task -> new Thread(task).start());
            long[] last = {-1};
            await().pollInterval(QUIET).until(() -> last[0] == (last[0] = client.sent()));
            assertThat(client.sent()).isLessThan(100_000_000);
        }
        assertThat(sending).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void replyStartsWhileTheBodyArrives() throws Exception {
        stackAi.simulator().enqueue(Reply.text("enough").withStatus(413).duringBody(3));
        try (TestClient client = new TestClient(stackAi.simulator())) {
            client.send("POST / HTTP/1.1\r\nHost: sim\r\nContent-Length: 10\r\n\r\nab");
            assertThat(client.timeout(QUIET).receive().text()).isEmpty();
            client.timeout(Duration.ofSeconds(10)).send("cd");
            assertThat(client.receiveUntil("enough")).startsWith("HTTP/1.1 413 ");
        }
        assertThat(stackAi.simulator().requests()).singleElement().satisfies(request -> assertThat(request.bodyLength())
                .isBetween(3L, 4L));
    }

    @Test
    void bodyIsReadAsSlowlyAsTheReplySays() throws Exception {
        stackAi.simulator().enqueue(Reply.text("read").readingSlowly(1, Duration.ofMillis(20)));
        long begin = System.nanoTime();
        try (TestClient client = new TestClient(stackAi.simulator())) {
            client.send("POST / HTTP/1.1\r\nHost: sim\r\nContent-Length: 10\r\n\r\n");
            await().until(() -> stackAi.simulator().openRequests() == 1);
            client.send("0123456789");
            client.receiveUntil("read");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(150));
        assertThat(stackAi.simulator().requests().get(0).text()).isEqualTo("0123456789");
    }

    @Test
    void ofALargeBodyTheStartIsKeptAndTheRestIsCounted() throws Exception {
        int length = RequestContent.KEPT + 100_000;
        stackAi.simulator().enqueue(Reply.text("read"));
        try (TestClient client = new TestClient(stackAi.simulator())) {
            client.send("POST / HTTP/1.1\r\nHost: sim\r\nContent-Length: " + length + "\r\n\r\n");
            client.send("x".repeat(length));
            client.receiveUntil("read");
        }
        CRC32 checksum = new CRC32();
        checksum.update("x".repeat(length).getBytes(StandardCharsets.US_ASCII));
        RecordedRequest request = stackAi.simulator().requests().get(0);
        assertThat(request.body()).hasSize(RequestContent.KEPT);
        assertThat(request.bodyLength()).isEqualTo(length);
        assertThat(request.bodyChecksum()).isEqualTo(checksum.getValue());
    }

    private static void sendUntilClosed(TestClient client) {
        try {
            for (int i = 0; i < 100_000; i++) {
                client.send("x".repeat(1000));
            }
        } catch (IOException e) {
            // The test has closed the client.
        }
    }

    private static Received answerHeadOnly(Reply reply) throws Exception {
        stackAi.simulator().enqueue(reply);
        try (TestClient client = new TestClient(stackAi.simulator()).timeout(QUIET)) {
            return client.send("POST / HTTP/1.1\r\nHost: sim\r\nContent-Length: 200000\r\n\r\n{\"in-0\":")
                    .receive();
        }
    }
}

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
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults of replies, as a client's socket sees them. */
class ReplyFaultTest {
    /** The head has 80 bytes. */
    private static final String WHOLE =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 10\r\n\r\n0123456789";

    private static final Reply REPLY = Reply.text("0123456789");
    private static final Duration QUIET = Duration.ofMillis(250);

    @RegisterExtension
    static final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();

    @Test
    void responseHasTheBytesOfTheReplyAlone() throws Exception {
        assertThat(answer(REPLY.thenClose())).isEqualTo(new Received(WHOLE, End.CLOSED));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 79, 80, 90})
    void resetFollowsExactlySoManyBytes(int bytes) throws Exception {
        assertThat(answer(REPLY.resetAfter(bytes))).isEqualTo(new Received(WHOLE.substring(0, bytes), End.RESET));
        assertEndedByTheSimulator();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 79, 80, 90})
    void closeFollowsExactlySoManyBytes(int bytes) throws Exception {
        assertThat(answer(REPLY.closeAfter(bytes))).isEqualTo(new Received(WHOLE.substring(0, bytes), End.CLOSED));
        assertEndedByTheSimulator();
    }

    private static void assertEndedByTheSimulator() {
        assertThat(stackAi.simulator().openRequests()).isZero();
        assertThat(stackAi.simulator().openConnections()).isZero();
        assertThat(stackAi.simulator().abortedRequests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 79, 80, 90})
    void silenceFollowsExactlySoManyBytesAndLastsUntilTheClientCloses(int bytes) throws Exception {
        stackAi.simulator().enqueue(REPLY.silentAfter(bytes));
        try (TestClient client = new TestClient(stackAi.simulator()).run()) {
            assertSilentAfter(WHOLE.substring(0, bytes), client);
            assertThat(stackAi.simulator().openRequests()).isEqualTo(1);
            assertThat(stackAi.simulator().requests().get(0).bytesSent()).isEqualTo(bytes);
        }
        await().untilAsserted(() -> {
            assertThat(stackAi.simulator().abortedRequests()).isEqualTo(1);
            assertThat(stackAi.simulator().openRequests()).isZero();
            assertThat(stackAi.simulator().openConnections()).isZero();
        });
    }

    @Test
    void faultBeyondTheResponseDoesNotHappen() throws Exception {
        assertSilentAfter(WHOLE, REPLY.resetAfter(WHOLE.length() + 1));
        assertThat(stackAi.simulator().openRequests()).isZero();
    }

    @Test
    void requestAfterTheOneThatIsCutIsNotAnswered() throws Exception {
        stackAi.simulator()
                .enqueue(Reply.reset(), Reply.text("for the next connection").thenClose());
        try (TestClient client = new TestClient(stackAi.simulator())) {
            client.send("GET / HTTP/1.1\r\nHost: sim\r\n\r\n".repeat(2));
            assertThat(client.receive()).isEqualTo(new Received("", End.RESET));
        }
        await().until(() -> stackAi.simulator().openRequests() == 0);
        assertThat(stackAi.simulator().requestCount()).isEqualTo(1);
        assertThat(answer(REPLY.thenClose()).text()).endsWith("for the next connection");
    }

    @Test
    void neverResetAndCloseReplaceTheResponse() throws Exception {
        assertSilentAfter("", Reply.never());
        assertThat(answer(Reply.reset())).isEqualTo(new Received("", End.RESET));
        assertThat(answer(Reply.close())).isEqualTo(new Received("", End.CLOSED));
    }

    @Test
    void faultInsteadOfTheEndFollowsTheWholeBody() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        String body = head + "2\r\nab\r\n1\r\nc\r\n";
        Reply chunks = Reply.chunks("ab", "c");

        assertSilentAfter(body + "0\r\n\r\n", chunks);
        assertThat(answer(chunks.thenClose())).isEqualTo(new Received(body, End.CLOSED));
        assertThat(answer(chunks.thenReset())).isEqualTo(new Received(body, End.RESET));
        assertSilentAfter(body, chunks.thenSilence());
        assertThat(stackAi.simulator().requests()).hasSize(4);
    }

    /** A client usually finds the last bytes and the end together. A pause before the end would show in each attempt. */
    @ParameterizedTest
    @EnumSource(names = {"CLOSED", "RESET"})
    void faultInsteadOfTheEndFollowsTheBodyWithoutAPause(End end) throws Exception {
        Reply chunks = Reply.chunks("ab", "c");
        String body = "2\r\nab\r\n1\r\nc\r\n";
        boolean together = false;
        for (int attempt = 0; attempt < 100 && !together; attempt++) {
            stackAi.simulator().enqueue(end == End.RESET ? chunks.thenReset() : chunks.thenClose());
            try (TestClient client = new TestClient(stackAi.simulator()).run()) {
                client.receiveUntil(body);
                together = client.timeout(Duration.ofMillis(1)).receive().end() == end;
            }
        }
        assertThat(together).isTrue();
    }

    @Test
    void usualAnswerCanBeCut() throws Exception {
        Received received = answer(Reply.usual().resetAfter(40));

        assertThat(received.text())
                .startsWith("HTTP/1.1 200 OK\r\nContent-Type: ")
                .hasSize(40);
        assertThat(received.end()).isEqualTo(End.RESET);
        assertThat(stackAi.simulator().runs()).as("the run took place").hasSize(1);
    }

    @Test
    void trickleSendsAFewBytesAtATime() throws Exception {
        long start = System.nanoTime();
        Received received = answer(REPLY.trickle(30, Duration.ofMillis(50)).thenClose());

        assertThat(received).isEqualTo(new Received(WHOLE, End.CLOSED));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(2 * 50 - 5));
    }

    @Test
    void trickleOfOneByteLosesNoByte() throws Exception {
        stackAi.simulator().enqueue(REPLY.trickle(1, Duration.ofNanos(1)), REPLY.thenClose());
        try (TestClient client = new TestClient(stackAi.simulator())) {
            assertThat(client.run().receive(WHOLE.length()).text()).isEqualTo(WHOLE);
            assertThat(client.run().receive()).as("the same connection").isEqualTo(new Received(WHOLE, End.CLOSED));
        }
    }

    @Test
    void trickleOfALargeBodyDoesNotStall() throws Exception {
        String large = "x".repeat(100_000);
        for (int i = 0; i < 20; i++) {
            Received received =
                    answer(Reply.text(large).trickle(4000, Duration.ofNanos(1)).thenClose());
            assertThat(received.text()).endsWith("\r\n\r\n" + large);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 2OO OK\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 200 OK\r\nContent-Le", "\0\1\2\3"
            })
    void rawBytesReplaceTheResponse(String garbage) throws Exception {
        assertThat(answer(Reply.raw(garbage))).isEqualTo(new Received(garbage, End.CLOSED));
        assertThat(answer(Reply.raw(garbage).thenReset())).isEqualTo(new Received(garbage, End.RESET));
        assertSilentAfter(garbage, Reply.raw(garbage).thenSilence());
    }

    @Test
    void rawSourceSendsHeadersWithoutEnd() throws Exception {
        byte[] header = "X-More: and more\r\n".getBytes(StandardCharsets.US_ASCII);
        stackAi.simulator().enqueue(Reply.raw(() -> header));
        try (TestClient client = new TestClient(stackAi.simulator()).run()) {
            assertThat(client.receive(18 * 10_000).text()).hasSize(18 * 10_000).endsWith("X-More: and more\r\n");
        }
    }

    @Test
    void wrongContentLengthIsSentUnchanged() throws Exception {
        assertThat(answer(REPLY.header("Content-Length", "99").thenClose()).text())
                .isEqualTo(WHOLE.replace("Length: 10", "Length: 99"));
        assertThat(answer(REPLY.header("Content-Length", "5").thenClose()).text())
                .isEqualTo(WHOLE.replace("Length: 10", "Length: 5"));
    }

    @Test
    void bodyUntilCloseHasNoLength() throws Exception {
        assertThat(answer(REPLY.untilClose()))
                .isEqualTo(new Received(WHOLE.replace("Content-Length: 10", "Connection: close"), End.CLOSED));
    }

    @Test
    void silenceCostsNoProcessorTime() throws Exception {
        stackAi.simulator().enqueue(REPLY.silentAfter(20));
        try (TestClient client = new TestClient(stackAi.simulator()).run()) {
            client.receive(20);
            long before = ioThreadNanos();
            assertThat(client.timeout(Duration.ofMillis(600)).receive().end()).isEqualTo(End.SILENT);
            assertThat(Duration.ofNanos(ioThreadNanos() - before)).isLessThan(Duration.ofMillis(150));
        }
    }

    private static long ioThreadNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("stackai-simulator-io"))
                .mapToLong(ThreadInfo::getThreadId)
                .map(threads::getThreadCpuTime)
                .sum();
    }

    private static Received answer(Reply reply) throws Exception {
        stackAi.simulator().enqueue(reply);
        try (TestClient client = new TestClient(stackAi.simulator()).run()) {
            return client.receive();
        }
    }

    private static void assertSilentAfter(String text, Reply reply) throws Exception {
        stackAi.simulator().enqueue(reply);
        try (TestClient client = new TestClient(stackAi.simulator()).run()) {
            assertSilentAfter(text, client);
        }
    }

    private static void assertSilentAfter(String text, TestClient client) throws IOException {
        assertThat(client.receive(text.length()).text()).isEqualTo(text);
        assertThat(client.timeout(QUIET).receive()).isEqualTo(new Received("", End.SILENT));
    }
}

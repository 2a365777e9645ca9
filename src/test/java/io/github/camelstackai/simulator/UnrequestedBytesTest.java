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

import io.github.camelstackai.simulator.TestClient.End;
import io.github.camelstackai.simulator.TestClient.Received;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no request asked for, after a response on a connection that stays open. */
class UnrequestedBytesTest {
    private static final String WHOLE =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 10\r\n\r\n0123456789";

    private static final Reply REPLY = Reply.text("0123456789");

    @RegisterExtension
    static final StackAiSimulatorExtension stackAi =
            new StackAiSimulatorExtension(StackAiSimulator.builder().sendBufferSize(16 * 1024));

    @ParameterizedTest
    @ValueSource(strings = {"x", "HTTP/1.1 200 OK\r\nContent-Le", WHOLE, "\0\1\2\u00ff"})
    void bytesFollowTheResponseOnAnOpenConnection(String extra) throws Exception {
        stackAi.simulator().enqueue(REPLY.followedBy(Duration.ZERO, extra), REPLY.thenClose());
        try (TestClient client = new TestClient(stackAi.simulator()).run()) {
            assertThat(client.receive(WHOLE.length() + extra.length()).text()).isEqualTo(WHOLE + extra);
            assertThat(stackAi.simulator().openRequests()).isZero();
            assertThat(client.run().receive()).as("the next request").isEqualTo(new Received(WHOLE, End.CLOSED));
        }
        assertThat(stackAi.simulator().requests())
                .extracting(RecordedRequest::bytesSent)
                .as("bytes of the response alone")
                .containsExactly((long) WHOLE.length(), (long) WHOLE.length());
        assertThat(stackAi.simulator().abortedRequests()).isZero();
    }

    static Stream<Named<Reply>> replies() {
        return Stream.of(
                Named.of("length", REPLY),
                Named.of("no body", Reply.text("")),
                Named.of("chunks", Reply.chunks("ab", "c")),
                Named.of("delayed chunk", Reply.chunks("ab").chunk(Duration.ofMillis(20), "c")),
                Named.of("delayed head", REPLY.after(Duration.ofMillis(20))),
                Named.of("trickle", REPLY.trickle(7, Duration.ofMillis(1))));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void bytesWithoutAPauseAreInThePacketOfTheEnd(Reply reply) throws Exception {
        stackAi.simulator().enqueue(reply.thenClose(), reply.followedBy(Duration.ZERO, "extra"));
        String end = reply.body.framing() == ReplyBody.Framing.CHUNKED ? "0\r\n\r\n" : "";
        String response;
        try (TestClient client = new TestClient(stackAi.simulator()).run()) {
            response = client.receive().text() + end;
        }
        try (TestClient client = new TestClient(stackAi.simulator()).run()) {
            assertThat(client.receiveAtLeast(response.length())).isEqualTo(response + "extra");
        }
    }

    @Test
    void bytesWithAPauseKeepNoRequestOpenAndDelayNoOther() throws Exception {
        Duration pause = Duration.ofSeconds(1);
        stackAi.simulator().enqueue(REPLY.followedBy(pause, "extra"), REPLY);
        long start = System.nanoTime();
        try (TestClient client = new TestClient(stackAi.simulator()).run()) {
            assertThat(client.receive(WHOLE.length()).text()).isEqualTo(WHOLE);
            assertThat(stackAi.simulator().openRequests()).isZero();
            assertThat(client.run().receive(WHOLE.length()).text()).isEqualTo(WHOLE);
            assertThat(client.receive(5).text()).isEqualTo("extra");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(pause);
        }
    }

    @Test
    void bytesThatTheSocketDoesNotAcceptAtOnceAreSentLater() throws Exception {
        String extra = "x".repeat(300_000);
        for (Duration pause : new Duration[] {Duration.ZERO, Duration.ofMillis(20)}) {
            stackAi.simulator().enqueue(REPLY.followedBy(pause, extra));
            try (TestClient client = new TestClient(stackAi.simulator(), 16 * 1024).run()) {
                assertThat(client.receive(WHOLE.length() + extra.length()).text())
                        .isEqualTo(WHOLE + extra);
            }
        }
    }

    @Test
    void usualAnswerCanBeFollowedByBytes() throws Exception {
        stackAi.simulator().script(request -> Reply.usual().followedBy(Duration.ZERO, "xxxxxxxx"));
        try (TestClient client = new TestClient(stackAi.simulator())) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.run().receiveUntil("xxxxxxxx"))
                        .startsWith("HTTP/1.1 200 ")
                        .contains("Answer to: a");
            }
        }
        assertThat(stackAi.simulator().runs()).hasSize(20);
    }

    @Test
    void bytesAfterACutResponseAreNotSent() throws Exception {
        stackAi.simulator().enqueue(REPLY.followedBy(Duration.ZERO, "extra").closeAfter(WHOLE.length()));
        try (TestClient client = new TestClient(stackAi.simulator()).run()) {
            assertThat(client.receive()).isEqualTo(new Received(WHOLE, End.CLOSED));
        }
    }
}

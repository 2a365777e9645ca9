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
package io.github.camelstackai.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelstackai.examples.chat.Caller.Call;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server, as those meet it who do not keep to its page. */
@Timeout(60)
class ChatServerTest {
    private static final int POLICY_VIOLATION = 1008;
    private static final String FRAME = "{\"run_id\":\"r1\",\"outputs\":{\"out-0\":\"" + "x".repeat(4000) + "\"}}\n";

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension();

    private static TestChat chat;

    private Caller visitor;

    @BeforeAll
    static void start() throws Exception {
        System.setProperty("sendTimeout", "1000");
        chat = TestChat.on(STACK_AI.simulator().baseUrl());
    }

    @AfterAll
    static void stop() {
        chat.close();
        System.clearProperty("sendTimeout");
    }

    @BeforeEach
    void visit() throws Exception {
        visitor = Caller.visiting(chat);
    }

    private static StackAiSimulator stackAi() {
        return STACK_AI.simulator();
    }

    private static JsonNode end(Call call) throws Exception {
        return call.end.get(20, TimeUnit.SECONDS);
    }

    private static int closed(Call call) throws Exception {
        return call.closed.get(20, TimeUnit.SECONDS);
    }

    @Test
    void nobodyJudgesTheRunOfAnother() throws Exception {
        String run = end(visitor.ask("Mine")).get("run").asText();
        assertThat(Caller.visiting(chat).judge(run, "down")).isEqualTo(403);
        assertThat(visitor.withCookie("chat=").judge(run, "down")).isEqualTo(403);
        assertThat(visitor.withOrigin("http://evil.example").judge(run, "down")).isEqualTo(403);
        assertThat(visitor.judge("another-run", "down")).isEqualTo(403);
        assertThat(visitor.judge(run, "sideways")).isEqualTo(403);
        assertThat(stackAi().feedback()).isEmpty();
        assertThat(visitor.judge(run, "down")).isEqualTo(200);
        assertThat(stackAi().feedback()).hasSize(1);
    }

    @Test
    void feedbackThatTheServiceDoesNotTakeIsNoSuccess() throws Exception {
        String run = end(visitor.ask("Mine")).get("run").asText();
        stackAi().enqueue(Reply.error(503, "Maintenance"));
        assertThat(visitor.judge(run, "up")).isEqualTo(502);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://%"})
    void pageOfAnotherSiteGetsNoSocket(String origin) throws Exception {
        Call call = visitor.withOrigin(origin).open();
        assertThat(closed(call)).isEqualTo(POLICY_VIOLATION);
        assertThat(stackAi().requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "chat=", "chat=customer-20413", "other=36615097-c61a-4fbd-bb1e-84b6a898cd17"})
    void whoHasNoSecretOfOursGetsNoSocket(String cookie) throws Exception {
        assertThat(closed(visitor.withCookie(cookie).open())).isEqualTo(POLICY_VIOLATION);
    }

    @Test
    void secretItselfIsNotSentToTheService() throws Exception {
        end(visitor.withCookie("a=b; chat=36615097-c61a-4fbd-bb1e-84b6a898cd17; c=d")
                .ask("Who am I?"));
        assertThat((String) stackAi().runs().get(0).inputs().get("user_id"))
                .hasSize(32)
                .doesNotContain("36615097");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Answers.MAX_QUESTION + 1})
    void questionOfWrongLengthIsNotSent(int length) throws Exception {
        assertThat(end(visitor.ask("?".repeat(length))).get("error").asText()).contains("1 to 8000 characters");
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void questionWithoutEndClosesTheSocket() throws Exception {
        Call call = visitor.open();
        call.send("?".repeat(20_000), false);
        call.send("?".repeat(20_000), false);
        closed(call);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void questionAsTextClosesTheSocket() throws Exception {
        Call call = visitor.open();
        call.socket.sendText("?", true);
        closed(call);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void oneSocketIsForOneQuestion() throws Exception {
        Call call = visitor.ask("First");
        end(call);
        Call second = visitor.ask("Second");
        second.send("Third", true);
        assertThat(end(second)).isNotNull();
        await().untilAsserted(() -> assertThat(stackAi().requestCount()).isEqualTo(2));
    }

    @Test
    void browserThatReadsNoMoreHoldsTheFlowBackAndIsDropped() throws Exception {
        stackAi().enqueue(Reply.streaming(() -> FRAME.getBytes(StandardCharsets.UTF_8)));
        try (Socket socket = visitor.askAndReadNothing("Endless")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> stackAi().abortedRequests() == 1);
            assertThat(socket.isClosed()).isFalse();
        }
        assertThat(stackAi().requests().get(0).bytesSent()).isLessThan(20_000_000); // what the kernel's buffers hold
        assertThat(stackAi().openRequests()).isZero();
    }

    @Test
    void manyPeopleAtOnceGetTheirOwnAnswers() throws Exception {
        List<Call> calls = IntStream.range(0, 100)
                .mapToObj(i -> visitor.ask("question " + i))
                .toList();
        for (int i = 0; i < calls.size(); i++) {
            assertThat(end(calls.get(i)).get("state").asText()).isEqualTo("COMPLETED");
            assertThat(calls.get(i).text()).isEqualTo("Answer to: question " + i);
        }
    }

    @Test
    void pageRunsNothingButItsOwnFilesAndRepeatsNoHeader() throws Exception {
        HttpHeaders headers = Caller.get(chat, "").headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("Set-Cookie").orElseThrow()).contains("HttpOnly", "SameSite=Strict");
        assertThat(headers.map()).doesNotContainKeys("user-agent", "cookie", "host");
        assertThat(Caller.get(chat, "../simplelogger.properties").statusCode()).isEqualTo(404);
    }

    @Test
    void halfAnAccountIsNamed() {
        assertThatThrownBy(() -> new Chat(Map.of("STACKAI_API_KEY", "k"), "localhost:0", System.out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("STACKAI_ORG_ID and STACKAI_FLOW_ID");
    }

    @Test
    void withoutAnAccountTheSimulatorAnswersAndRemembersEachPerson() throws Exception {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        String address = "127.0.0.1:" + TestChat.freePort();
        try (Chat demo = new Chat(Map.of(), address, new PrintStream(terminal, true, StandardCharsets.UTF_8))) {
            demo.start();
            Caller person = visitor.at(address);
            Call parcel = person.ask("Where is my parcel?");
            end(parcel);
            assertThat(parcel.text()).contains("tracking link");
            Call before = person.ask("What did I ask before?");
            end(before);
            assertThat(before.text()).isEqualTo("You asked: Where is my parcel?");
        }
        assertThat(terminal.toString(StandardCharsets.UTF_8)).contains("No account", "simulator");
    }
}

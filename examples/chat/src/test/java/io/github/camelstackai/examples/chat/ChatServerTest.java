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
import io.github.camelstackai.examples.chat.WebClient.Question;
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

/** The server and clients that do not use its page. */
@Timeout(60)
class ChatServerTest {
    private static final int POLICY_VIOLATION = 1008;
    private static final String FRAME = "{\"run_id\":\"r1\",\"outputs\":{\"out-0\":\"" + "x".repeat(4000) + "\"}}\n";

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension();

    private static TestChat chat;

    private WebClient visitor;

    @BeforeAll
    static void start() throws Exception {
        chat = TestChat.start(STACK_AI.simulator().baseUrl(), Map.of("sendTimeout", "1000"));
    }

    @AfterAll
    static void stop() {
        chat.close();
    }

    @BeforeEach
    void visit() throws Exception {
        visitor = WebClient.visiting(chat);
    }

    private static StackAiSimulator stackAi() {
        return STACK_AI.simulator();
    }

    private static JsonNode end(Question question) throws Exception {
        return question.end.get(20, TimeUnit.SECONDS);
    }

    private static int closed(Question question) throws Exception {
        return question.closed.get(20, TimeUnit.SECONDS);
    }

    @Test
    void rejectsFeedbackOnARunOfAnotherUser() throws Exception {
        String run = end(visitor.ask("Mine")).get("run").asText();
        assertThat(WebClient.visiting(chat).rate(run, "down")).isEqualTo(403);
        assertThat(visitor.withCookie("chat=").rate(run, "down")).isEqualTo(403);
        assertThat(visitor.withOrigin("http://evil.example").rate(run, "down")).isEqualTo(403);
        assertThat(visitor.rate("another-run", "down")).isEqualTo(403);
        assertThat(visitor.rate(run, "sideways")).isEqualTo(403);
        assertThat(stackAi().feedback()).isEmpty();
        assertThat(visitor.rate(run, "down")).isEqualTo(200);
        assertThat(stackAi().feedback()).hasSize(1);
    }

    @Test
    void reportsFeedbackThatTheServiceRejects() throws Exception {
        String run = end(visitor.ask("Mine")).get("run").asText();
        stackAi().enqueue(Reply.error(503, "Maintenance"));
        assertThat(visitor.rate(run, "up")).isEqualTo(502);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://%"})
    void rejectsASocketFromAnotherSite(String origin) throws Exception {
        Question question = visitor.withOrigin(origin).open();
        assertThat(closed(question)).isEqualTo(POLICY_VIOLATION);
        assertThat(stackAi().requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "chat=", "chat=customer-20413", "other=36615097-c61a-4fbd-bb1e-84b6a898cd17"})
    void rejectsASocketWithoutTheCookie(String cookie) throws Exception {
        assertThat(closed(visitor.withCookie(cookie).open())).isEqualTo(POLICY_VIOLATION);
    }

    @Test
    void doesNotSendTheSecretToTheService() throws Exception {
        end(visitor.withCookie("a=b; chat=36615097-c61a-4fbd-bb1e-84b6a898cd17; c=d")
                .ask("Who am I?"));
        assertThat((String) stackAi().runs().get(0).inputs().get("user_id"))
                .hasSize(32)
                .doesNotContain("36615097");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Answers.MAX_QUESTION + 1})
    void rejectsAQuestionOfInvalidLength(int length) throws Exception {
        assertThat(end(visitor.ask("?".repeat(length))).get("error").asText()).contains("1 to 8000 characters");
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void closesTheSocketOnAnEndlessQuestion() throws Exception {
        Question question = visitor.open();
        question.send("?".repeat(20_000), false);
        question.send("?".repeat(20_000), false);
        closed(question);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void closesTheSocketOnATextMessage() throws Exception {
        Question question = visitor.open();
        question.socket.sendText("?", true);
        closed(question);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void acceptsOneQuestionPerSocket() throws Exception {
        Question question = visitor.ask("First");
        end(question);
        Question second = visitor.ask("Second");
        second.send("Third", true);
        assertThat(end(second)).isNotNull();
        await().untilAsserted(() -> assertThat(stackAi().requestCount()).isEqualTo(2));
    }

    @Test
    void slowsTheFlowDownAndDropsABrowserThatDoesNotRead() throws Exception {
        stackAi().enqueue(Reply.streaming(() -> FRAME.getBytes(StandardCharsets.UTF_8)));
        try (Socket socket = visitor.askAndReadNothing("Endless")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> stackAi().abortedRequests() == 1);
            assertThat(socket.isClosed()).isFalse();
        }
        assertThat(stackAi().requests().get(0).bytesSent()).isLessThan(20_000_000); // the buffers of the kernel
        assertThat(stackAi().openRequests()).isZero();
    }

    @Test
    void sendsEachOfManyUsersTheirOwnAnswer() throws Exception {
        List<Question> questions = IntStream.range(0, 100)
                .mapToObj(i -> visitor.ask("question " + i))
                .toList();
        for (int i = 0; i < questions.size(); i++) {
            assertThat(end(questions.get(i)).get("state").asText()).isEqualTo("COMPLETED");
            assertThat(questions.get(i).text()).isEqualTo("Answer to: question " + i);
        }
    }

    @Test
    void allowsOnlyItsOwnFilesAndReturnsNoRequestHeader() throws Exception {
        HttpHeaders headers = WebClient.get(chat, "").headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("Set-Cookie").orElseThrow()).contains("HttpOnly", "SameSite=Strict");
        assertThat(headers.map()).doesNotContainKeys("user-agent", "cookie", "host");
        assertThat(WebClient.get(chat, "../simplelogger.properties").statusCode())
                .isEqualTo(404);
    }

    @Test
    void reportsAnIncompleteAccount() {
        assertThatThrownBy(() -> new Trial(Map.of("STACKAI_API_KEY", "k"), Map.of(), System.out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("STACKAI_ORG_ID and STACKAI_FLOW_ID");
    }

    @Test
    void usesTheSimulatorWithoutAnAccountAndRemembersTheUser() throws Exception {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        String address = "127.0.0.1:" + TestChat.freePort();
        PrintStream out = new PrintStream(terminal, true, StandardCharsets.UTF_8);
        try (Trial trial = new Trial(Map.of(), Map.of("address", address), out)) {
            assertThat(trial.start()).contains("http://" + address);
            WebClient user = visitor.at(address);
            Question parcel = user.ask("Where is my parcel?");
            end(parcel);
            assertThat(parcel.text()).contains("tracking link");
            Question before = user.ask("What did I ask before?");
            end(before);
            assertThat(before.text()).isEqualTo("You asked: Where is my parcel?");
        }
        assertThat(terminal.toString(StandardCharsets.UTF_8)).contains("No account", "simulator");
    }
}

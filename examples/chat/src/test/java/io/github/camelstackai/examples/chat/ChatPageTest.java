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
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelstackai.examples.chat.Browser.Tab;
import io.github.camelstackai.simulator.RecordedFeedback;
import io.github.camelstackai.simulator.RecordedRun;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Questions and answers in the page. */
class ChatPageTest extends PageTest {
    private static final String FIFTY_WORDS =
            IntStream.range(0, 50).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));

    private static final String RECORD_PROGRESS = """
            window.seen = [];
            window.steps = new Set();
            document.addEventListener('keydown', () => window.asked = performance.now(), true);
            new MutationObserver(() => requestAnimationFrame(() => {
                const length = document.querySelector('.text').textContent.length;
                if (length > (seen.at(-1)?.length ?? 0)) seen.push({ at: performance.now() - asked, length });
                steps.add(document.querySelector('.progress span').textContent);
            })).observe(document.getElementById('log'), { childList: true, characterData: true, subtree: true });
            0""";

    private static String userOfLastRun() {
        RecordedRun last = stackAi().runs().get(stackAi().runs().size() - 1);
        return (String) last.inputs().get("user_id");
    }

    @Test
    void showsTheAnswerAsItArrives() {
        answer(FIFTY_WORDS);
        tab.eval(RECORD_PROGRESS);
        ask(tab, "Tell me fifty words");
        tab.until(ANSWERED);

        assertThat(tab.text(".text")).isEqualTo(FIFTY_WORDS);
        JsonNode seen = tab.eval("seen");
        long first = seen.get(0).get("at").asLong();
        long last = seen.get(seen.size() - 1).get("at").asLong();
        System.out.printf(
                "Seen in the browser: first token after %d ms, last after %d ms, in %d steps%n",
                first, last, seen.size());
        assertThat(last - first).isGreaterThan(1500); // the simulator writes for 2 s
        assertThat(first).isLessThan(last / 2);
        assertThat(seen.size()).isGreaterThan(15);
        assertThat(tab.eval("[...steps]").toString()).contains("Model: 1 of 3 steps done");
        assertThat(tab.text("#status")).isEqualTo("The answer is complete.");
    }

    @Test
    void sendsARatingAsFeedbackOnTheRun() {
        ask(tab, "Was it good?");
        tab.until(ANSWERED);
        tab.click("[data-thumb=up]");
        tab.until("document.querySelector('.said').textContent === 'Thank you.'");
        tab.until("document.querySelector('[data-thumb=up]').ariaPressed === 'true'");
        assertThat(stackAi().feedback())
                .containsExactly(new RecordedFeedback(
                        stackAi().runs().get(0).runId(), stackAi().orgId(), TestChat.FLOW, "thumbs up"));
    }

    @Test
    void stopClosesTheConnectionOfTheRunAndKeepsTheText() {
        answer(FIFTY_WORDS);
        ask(tab, "Long please");
        tab.until("document.querySelector('.text')?.textContent.includes('word3')");
        long begin = System.nanoTime();
        tab.click("#stop");
        await().pollInterval(Duration.ofMillis(1)).until(() -> stackAi().abortedRequests() == 1);
        System.out.printf(
                "The service saw the connection close %d ms after Stop%n", (System.nanoTime() - begin) / 1_000_000);
        assertThat(stackAi().openRequests()).isZero();
        assertThat(tab.text(".text")).startsWith("word0 word1 word2 word3").doesNotContain("word49");
        assertThat(tab.text(".note")).isEqualTo("Stopped.");

        answer("All of it.");
        ask(tab, "Once more"); // without text of the old answer
        tab.until(ANSWERED);
        assertThat(tab.text(".text")).isEqualTo("All of it.");
    }

    @Test
    void escapeStopsAnAnswerThatHasNotStarted() {
        stackAi().enqueue(Reply.usual().after(Duration.ofMillis(700)));
        ask(tab, "Are you there?");
        await().until(() -> stackAi().openRequests() == 1);
        tab.press("Escape", 27);
        assertThat(tab.text(".note")).isEqualTo("Stopped.");
        await().until(() -> stackAi().abortedRequests() == 1); // when the run answers
    }

    @Test
    void closedTabCancelsTheRun() {
        answer(FIFTY_WORDS);
        try (Tab leaving = browser.open(browser.newUser(), chat.url())) {
            ask(leaving, "I am about to leave");
            leaving.until("document.querySelector('.text')?.textContent.includes('word3')");
        }
        await().until(() -> stackAi().abortedRequests() == 1 && stackAi().openRequests() == 0);
    }

    static Stream<Arguments> failures() {
        String failed = "{\"run_id\":\"r1\",\"state\":\"FAILED\",\"error\":\"secret detail\"}\n";
        return Stream.of(
                Arguments.of(Reply.error(429, "Slow down").header("Retry-After", "7"), "again in 7 seconds"),
                Arguments.of(Reply.error(402, "No credits left"), "has no credits left"),
                Arguments.of(Reply.error(503, "Maintenance"), "is not available"),
                Arguments.of(Reply.chunks(failed), "failed to answer"),
                Arguments.of(Reply.text("<html>gateway</html>"), "is not available"),
                Arguments.of(Reply.reset(), "connection broke"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void explainsAFailureAndOffersToAskAgain(Reply failure, String message) {
        stackAi().enqueue(failure);
        ask(tab, "Does it work?");
        tab.until(ANSWERED);
        assertThat(tab.text(".note")).contains(message).doesNotContain("Exception", "secret", "my-flow");
        assertThat(tab.text(".asked")).isEqualTo("Does it work?");

        tab.click(".again");
        tab.until("document.querySelectorAll('.answer').length === 2 && " + ANSWERED);
        assertThat(tab.text(".text")).isEqualTo("Answer to: Does it work?");
    }

    @Test
    void keepsTheTextOfABrokenAnswer() {
        stackAi()
                .enqueue(Reply.chunks("{\"run_id\":\"r1\",\"outputs\":{\"out-0\":\"Half an \"}}\n")
                        .chunk(Duration.ofMillis(100), "{\"outputs\":{\"out-0\":\"answer\"}}\n")
                        .chunk(Duration.ofMillis(100), "{")
                        .thenReset());
        ask(tab, "All of it?");
        tab.until(ANSWERED);
        assertThat(tab.text(".text")).isEqualTo("Half an answer");
        assertThat(tab.text(".note")).contains("answer is incomplete");
    }

    @Test
    void explainsThatTheServiceIsUnavailable() throws Exception {
        try (TestChat alone = TestChat.start("http://127.0.0.1:" + TestChat.freePort(), Map.of())) {
            tab.go(alone.url());
            ask(tab, "Anybody?");
            tab.until(ANSWERED);
            assertThat(tab.text(".note")).contains("cannot be reached");
        }
    }

    @Test
    void keepsTheQuestionWhenItsServerIsGone() throws Exception {
        try (TestChat brief = TestChat.start(stackAi().baseUrl(), Map.of())) {
            tab.go(brief.url());
        }
        ask(tab, "Anybody?");
        tab.until(ANSWERED);
        assertThat(tab.text(".asked")).isEqualTo("Anybody?");
        assertThat(tab.text(".note")).contains("connection to the server of this page is lost");
    }

    @Test
    void keepsTheUserIdUntilANewConversation() {
        ask(tab, "first");
        tab.until(ANSWERED);
        String user = userOfLastRun();
        tab.go(chat.url());
        ask(tab, "second");
        tab.until(ANSWERED);
        assertThat(userOfLastRun()).isEqualTo(user).hasSize(32);

        tab.click("header button");
        tab.until("document.readyState === 'complete' && !document.querySelector('.answer')");
        ask(tab, "third");
        tab.until(ANSWERED);
        assertThat(userOfLastRun()).isNotEqualTo(user);
        assertThat(tab.eval("document.cookie").asText()).isEmpty(); // no script can read the cookie
    }
}

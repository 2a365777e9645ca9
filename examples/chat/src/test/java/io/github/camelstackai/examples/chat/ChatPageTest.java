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
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as people see it, in a real browser. */
@Timeout(60)
class ChatPageTest {
    private static final String ANSWERED = "document.querySelector('.answer:last-child')?.ariaBusy === 'false'";
    private static final String FIFTY_WORDS =
            IntStream.range(0, 50).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension(
            StackAiSimulator.builder().answerAfter(Duration.ofMillis(100)).chunkEvery(Duration.ofMillis(40)));

    @TempDir
    private static Path profile;

    private static TestChat chat;
    private static Browser browser;

    private Tab tab;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(
                Browser.installed().isPresent(), "SKIPPED: there is no Chromium in /usr/bin to open the page in");
        browser = Browser.start(Browser.installed().orElseThrow(), profile);
        chat = TestChat.on(STACK_AI.simulator().baseUrl());
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
            chat.close();
        }
    }

    @BeforeEach
    void openPage() {
        tab = browser.open(browser.newPerson(), chat.url());
    }

    @AfterEach
    void closePage() {
        tab.close();
    }

    private static StackAiSimulator stackAi() {
        return STACK_AI.simulator();
    }

    private static void answer(String text) {
        stackAi().flow(TestChat.FLOW, inputs -> Map.of("out-0", text));
    }

    private static void ask(Tab tab, String question) {
        tab.eval("document.getElementById('question').focus()");
        tab.type(question);
        tab.press("Enter", 13);
    }

    private static String userOfLastRun() {
        RecordedRun last = stackAi().runs().get(stackAi().runs().size() - 1);
        return (String) last.inputs().get("user_id");
    }

    @Test
    void answerAppearsWhileItIsWritten() {
        answer(FIFTY_WORDS);
        tab.eval("""
                window.seen = [];
                window.steps = new Set();
                document.addEventListener('keydown', () => window.asked = performance.now(), true);
                new MutationObserver(() => requestAnimationFrame(() => {
                    const length = document.querySelector('.text').textContent.length;
                    if (length > (seen.at(-1)?.length ?? 0)) seen.push({ at: performance.now() - asked, length });
                    steps.add(document.querySelector('.progress span').textContent);
                })).observe(document.getElementById('log'), { childList: true, characterData: true, subtree: true });
                0""");
        ask(tab, "Tell me fifty words");
        tab.until(ANSWERED);

        assertThat(tab.text(".text")).isEqualTo(FIFTY_WORDS);
        JsonNode seen = tab.eval("seen");
        long first = seen.get(0).get("at").asLong();
        long last = seen.get(seen.size() - 1).get("at").asLong();
        System.out.printf(
                "Seen in the browser: first token after %d ms, last after %d ms, in %d steps%n",
                first, last, seen.size());
        assertThat(last - first).isGreaterThan(1500); // the simulator takes 2 s to write it
        assertThat(first).isLessThan(last / 2);
        assertThat(seen.size()).isGreaterThan(15);
        assertThat(tab.eval("[...steps]").toString()).contains("Model: 1 of 3 steps done");
        assertThat(tab.text("#status")).isEqualTo("The answer is complete.");
    }

    @Test
    void thumbReachesTheServiceAsFeedbackOnThatRun() {
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
    void stopClosesTheRunsConnectionAndKeepsTheText() {
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
        ask(tab, "Once more"); // nothing of the old answer comes in between
        tab.until(ANSWERED);
        assertThat(tab.text(".text")).isEqualTo("All of it.");
    }

    @Test
    void escapeStopsAnAnswerThatHasNotBegun() {
        stackAi().enqueue(Reply.usual().after(Duration.ofMillis(700)));
        ask(tab, "Are you there?");
        await().until(() -> stackAi().openRequests() == 1);
        tab.press("Escape", 27);
        assertThat(tab.text(".note")).isEqualTo("Stopped.");
        await().until(() -> stackAi().abortedRequests() == 1); // as soon as the run answers
    }

    @Test
    void closedTabCancelsTheRun() {
        answer(FIFTY_WORDS);
        try (Tab leaving = browser.open(browser.newPerson(), chat.url())) {
            ask(leaving, "I am about to leave");
            leaving.until("document.querySelector('.text')?.textContent.includes('word3')");
        }
        await().until(() -> stackAi().abortedRequests() == 1 && stackAi().openRequests() == 0);
    }

    static Stream<Arguments> failures() {
        String failed = "{\"run_id\":\"r1\",\"state\":\"FAILED\",\"error\":\"secret detail\"}\n";
        return Stream.of(
                Arguments.of(Reply.error(429, "Slow down").header("Retry-After", "7"), "again in 7 seconds"),
                Arguments.of(Reply.error(402, "No credits left"), "used up what it may spend"),
                Arguments.of(Reply.error(503, "Maintenance"), "has trouble just now"),
                Arguments.of(Reply.chunks(failed), "failed at this question"),
                Arguments.of(Reply.text("<html>gateway</html>"), "has trouble just now"),
                Arguments.of(Reply.reset(), "broke off"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureIsSaidInPlainWordsAndCanBeAskedAgain(Reply failure, String words) {
        stackAi().enqueue(failure);
        ask(tab, "Does it work?");
        tab.until(ANSWERED);
        assertThat(tab.text(".note")).contains(words).doesNotContain("Exception", "secret", "my-flow");
        assertThat(tab.text(".asked")).isEqualTo("Does it work?");

        tab.click(".again");
        tab.until("document.querySelectorAll('.answer').length === 2 && " + ANSWERED);
        assertThat(tab.text(".text")).isEqualTo("Answer to: Does it work?");
    }

    @Test
    void brokenAnswerKeepsItsText() {
        stackAi()
                .enqueue(Reply.chunks("{\"run_id\":\"r1\",\"outputs\":{\"out-0\":\"Half an \"}}\n")
                        .chunk(Duration.ofMillis(100), "{\"outputs\":{\"out-0\":\"answer\"}}\n")
                        .chunk(Duration.ofMillis(100), "{")
                        .thenReset());
        ask(tab, "All of it?");
        tab.until(ANSWERED);
        assertThat(tab.text(".text")).isEqualTo("Half an answer");
        assertThat(tab.text(".note")).contains("broke off before its end");
    }

    @Test
    void serviceThatIsDownIsSaid() throws Exception {
        try (TestChat alone = TestChat.on("http://127.0.0.1:" + TestChat.freePort())) {
            tab.go(alone.url());
            ask(tab, "Anybody?");
            tab.until(ANSWERED);
            assertThat(tab.text(".note")).contains("cannot be reached just now");
        }
    }

    @Test
    void pageWhoseServerIsGoneKeepsTheQuestion() throws Exception {
        try (TestChat brief = TestChat.on(stackAi().baseUrl())) {
            tab.go(brief.url());
        }
        ask(tab, "Anybody?");
        tab.until(ANSWERED);
        assertThat(tab.text(".asked")).isEqualTo("Anybody?");
        assertThat(tab.text(".note")).contains("connection to this page’s server is lost");
    }

    @Test
    void answerIsTextWhateverItHolds() {
        String hostile = "<img src=x onerror=\"hacked=1\"><script>hacked=1</script> &lt;b&gt; </p>";
        answer(hostile);
        ask(tab, hostile);
        tab.until(ANSWERED);
        assertThat(tab.text(".text")).isEqualTo(hostile);
        assertThat(tab.text(".asked")).isEqualTo(hostile);
        assertThat(tab.eval("document.querySelectorAll('#log img, #log script').length + typeof hacked")
                        .asText())
                .isEqualTo("0undefined");
    }

    @Test
    void browserKeepsItsConversationUntilItBeginsANewOne() {
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
        assertThat(tab.eval("document.cookie").asText()).isEmpty(); // no script reads who one is
    }

    @Test
    void pageCanBeReadAloudAndReachedByKeyboard() {
        ask(tab, "Hello");
        tab.until(ANSWERED);
        assertThat(tab.eval("document.activeElement.id").asText()).isEqualTo("question");
        JsonNode nodes = tab.call("Accessibility.getFullAXTree", Map.of()).get("nodes");
        assertThat(nodes).anySatisfy(node -> assertThat(role(node)).isEqualTo("log"));
        assertThat(nodes)
                .filteredOn(node -> Stream.of("button", "textbox", "log", "article", "progressIndicator")
                        .anyMatch(role(node)::equals))
                .hasSizeGreaterThan(6)
                .allSatisfy(node ->
                        assertThat(node.path("name").path("value").asText()).isNotBlank());
        tab.press("Tab", 9);
        assertThat(tab.eval("document.activeElement.id").asText()).isEqualTo("send");
    }

    private static String role(JsonNode node) {
        return node.path("role").path("value").asText();
    }

    @Test
    void phoneShowsAllOfItsWidthAndFingersHitTheButtons() {
        tab.size(360, 740, true);
        answer("A_very_long_word_without_any_space_".repeat(8));
        ask(tab, "Fits?");
        tab.click("#send");
        tab.until(ANSWERED);
        assertThat(tab.eval("document.documentElement.scrollWidth").asInt()).isEqualTo(360);
        assertThat(tab.eval("[...document.querySelectorAll('button')].filter(b => b.offsetHeight > 0)"
                        + ".map(b => Math.min(b.offsetHeight, b.offsetWidth))"))
                .allSatisfy(size -> assertThat(size.asInt()).isGreaterThanOrEqualTo(44));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void textStandsOutFromItsGround(String scheme) {
        tab.colours(scheme);
        stackAi().enqueue(Reply.error(503, "Maintenance"));
        ask(tab, "Legible?");
        tab.until(ANSWERED);
        JsonNode ratios = tab.eval("""
                (() => {
                  const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
                  const light = colour => rgb(colour).slice(0, 3).map(c => c / 255)
                      .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
                  const ground = e => rgb(getComputedStyle(e).backgroundColor)[3] === 0
                      ? ground(e.parentElement) : getComputedStyle(e).backgroundColor;
                  return ['h1', 'header button', '#send', '.asked', '.note', '.again', '#question'].map(selector => {
                    const e = document.querySelector(selector);
                    const [low, high] = [getComputedStyle(e).color, ground(e)].map(light).sort((a, b) => a - b);
                    return (high + 0.05) / (low + 0.05);
                  });
                })()""");
        assertThat(ratios).hasSize(7).allSatisfy(ratio -> assertThat(ratio.asDouble())
                .isGreaterThanOrEqualTo(4.5));
    }

    /** {@code -Dpictures=FOLDER} takes those of the README. */
    @Test
    @EnabledIfSystemProperty(named = "pictures", matches = ".+")
    void picturesOfThePageInUse() throws Exception {
        Path folder = Path.of(System.getProperty("pictures"));
        String address = "127.0.0.1:" + TestChat.freePort();
        try (Chat demo = new Chat(Map.of(), address, System.out)) {
            demo.start();
            for (String scheme : List.of("light", "dark")) {
                boolean phone = scheme.equals("dark");
                tab.size(phone ? 390 : 900, phone ? 700 : 640, phone);
                tab.colours(scheme);
                tab.go("http://" + address);
                tab.click(".examples button:nth-child(2)");
                tab.until(ANSWERED);
                tab.click("[data-thumb=up]");
                tab.until("document.querySelector('.said').textContent === 'Thank you.'");
                ask(tab, "How do I reset my password?");
                if (phone) {
                    tab.click("#send");
                }
                tab.until("document.querySelector('.answer:last-child .text').textContent.includes('30 minutes')");
                tab.screenshot(folder.resolve(phone ? "phone.png" : "desktop.png"));
                tab.press("Escape", 27);
            }
        }
    }
}

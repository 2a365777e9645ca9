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

import io.github.camelstackai.examples.chat.Browser.Tab;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in a browser, with a new user for each test. */
@Timeout(60)
abstract class PageTest {
    static final String ANSWERED = "document.querySelector('.answer:last-child')?.ariaBusy === 'false'";

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension(
            StackAiSimulator.builder().answerAfter(Duration.ofMillis(100)).chunkEvery(Duration.ofMillis(40)));

    @TempDir
    private static Path profile;

    static TestChat chat;
    static Browser browser;

    Tab tab;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Browser.installed().isPresent(), "SKIPPED: Chromium is not installed in /usr/bin");
        browser = Browser.start(Browser.installed().orElseThrow(), profile);
        chat = TestChat.start(STACK_AI.simulator().baseUrl(), Map.of());
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
        tab = browser.open(browser.newUser(), chat.url());
    }

    @AfterEach
    void closePage() {
        tab.close();
    }

    static StackAiSimulator stackAi() {
        return STACK_AI.simulator();
    }

    static void answer(String text) {
        stackAi().flow(TestChat.FLOW, inputs -> Map.of("out-0", text));
    }

    static void ask(Tab tab, String question) {
        tab.eval("document.getElementById('question').focus()");
        tab.type(question);
        tab.press("Enter", 13);
    }
}

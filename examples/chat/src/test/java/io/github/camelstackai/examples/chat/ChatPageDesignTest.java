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

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelstackai.simulator.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the page looks, and who can use it. */
class ChatPageDesignTest extends PageTest {
    @Test
    void showsMarkupAsText() {
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
    void supportsScreenReadersAndKeyboards() {
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
    void fitsAPhoneAndHasLargeButtons() {
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
    void textHasEnoughContrast(String scheme) {
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

    /** Runs with {@code -Dpictures=FOLDER}. */
    @Test
    @EnabledIfSystemProperty(named = "pictures", matches = ".+")
    void takesThePicturesOfTheReadme() throws Exception {
        Path folder = Path.of(System.getProperty("pictures"));
        String address = "127.0.0.1:" + TestChat.freePort();
        try (Trial trial = new Trial(Map.of(), Map.of("address", address), System.out)) {
            trial.start();
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

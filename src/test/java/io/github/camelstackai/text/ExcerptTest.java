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
package io.github.camelstackai.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {
    @Test
    void textUpToTheLimitIsComplete() {
        String text = "x".repeat(Excerpt.LENGTH);
        assertThat(Excerpt.of(text)).isEqualTo(text);
    }

    @Test
    void longerTextEndsWithAnEllipsis() {
        assertThat(Excerpt.of("x".repeat(Excerpt.LENGTH + 1))).isEqualTo("x".repeat(Excerpt.LENGTH) + "…");
        assertThat(Excerpt.of("abcdef", 3)).isEqualTo("abc…");
    }

    @Test
    void blanksAtBothEndsAreRemoved() {
        assertThat(Excerpt.of("\r\n  a b \t")).isEqualTo("a b");
        assertThat(Excerpt.of(" \n ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\r\n",
                "\t",
                "\0",
                "\u001B",
                "\u007F",
                "\u0085",
                "\u2028",
                "\u2029", // line ends, controls
                "\u061C",
                "\u200E",
                "\u200F",
                "\u202A",
                "\u202E",
                "\u2066",
                "\u2069", // direction of text
                "\uD800",
                "\uDC00" // halves of a character
            })
    void whatCannotBeShownBecomesOneSpace(String character) {
        assertThat(Excerpt.of("a" + character + character + "b")).isEqualTo("a b");
        assertThat(Excerpt.isShowable("a" + character + "b")).isFalse();
    }

    @Test
    void characterThatTheCutSplitsIsNotShownInHalf() {
        assertThat(Excerpt.of("ab\uD83D\uDE00cd", 3)).isEqualTo("ab …");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "ünï 漢字 \uD83D\uDE00 عربى", "[brackets] and …"})
    void otherCharactersAreShownUnchanged(String text) {
        assertThat(Excerpt.of(text)).isEqualTo(text);
        assertThat(Excerpt.isShowable(text)).isTrue();
    }

    @Test
    void textOfMoreThanAThousandCharactersIsNotShowable() {
        assertThat(Excerpt.isShowable("x".repeat(1000))).isTrue();
        assertThat(Excerpt.isShowable("x".repeat(1001))).isFalse();
    }
}

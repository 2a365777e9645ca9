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
package io.github.camelstackai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionSyntaxTest {
    private static void assertRefused(Class<?> type, String text, String allowed) {
        assertThatThrownBy(() -> OptionSyntax.checked("some", type, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Invalid stackai option some: '" + text.strip() + "' is not ")
                .hasMessageContaining(allowed);
    }

    private static void assertTaken(Class<?> type, String text) {
        assertThat(OptionSyntax.checked("some", type, text)).isEqualTo(text.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "1500", "30s", "5m", "2h", "1d", "500ms", "1h30m", "1d2h3m4s5ms", " 30s ", "PT30S", "-PT1S"
            })
    void durationsAreTaken(String text) {
        assertTaken(Duration.class, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "abc",
                "soon",
                "5 minutes",
                "1h 30m",
                "-1",
                "-1s",
                "+5",
                "1.5s",
                "30S",
                "5M",
                "30sec",
                "s",
                "ms",
                "1h30",
                "3m1h",
                "5m5m",
                "0x10",
                "1e3",
                "1_000",
                "10,5s",
                "٣s",
                "1234567890s",
                "9999999999999999999",
                "P",
                "PT5"
            })
    void whatIsNoDurationIsRefused(String text) {
        assertRefused(Duration.class, text, "milliseconds, or units as in 500ms, 30s, 5m or 1h30m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2147483647", "-2147483648", " 7 ", "007"})
    void wholeNumbersAreTaken(String text) {
        assertTaken(int.class, text);
        assertTaken(Integer.class, text);
        assertTaken(long.class, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "latest",
                "abc",
                "32MB",
                "5s",
                "1d",
                "1.0",
                "+5",
                "0x10",
                "1e3",
                "1_000",
                "1,000",
                "--1",
                "1 000",
                "9223372036854775808"
            })
    void whatIsNoWholeNumberIsRefused(String text) {
        assertRefused(int.class, text, "whole number of at most 2147483647; write digits without a unit");
        assertRefused(Integer.class, text, "whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5s", "1h30m", "PT5M", "7"})
    void longNumbersMayBeDurations(String text) {
        assertTaken(long.class, text);
        assertTaken(Long.class, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "32MB", "1.0", "+5", "1e3", "9223372036854775808"})
    void whatIsNeitherNumberNorDurationIsRefused(String text) {
        assertRefused(long.class, text, "whole number of at most 9223372036854775807");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "4294967297", "-2147483649"})
    void numberThatIntegersCannotHoldIsRefused(String text) {
        assertRefused(int.class, text, "2147483647");
        assertTaken(Long.class, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "FALSE", " True "})
    void truthValuesAreTaken(String text) {
        assertTaken(boolean.class, text);
        assertTaken(Boolean.class, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "on", "1", "0", "t", "truefalse"})
    void whatIsNoTruthValueIsRefused(String text) {
        assertRefused(boolean.class, text, "true or false");
        assertRefused(Boolean.class, text, "true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"output", "OUTPUTS", " Full "})
    void constantsAreTaken(String text) {
        assertTaken(StackAiResponse.class, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "everything", "output,full", "0", "outputt"})
    void whatIsNoConstantIsRefused(String text) {
        assertRefused(StackAiResponse.class, text, "one of output, outputs, full");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", " a ", "#x"})
    void textIsTakenAsItIs(String text) {
        assertThat(OptionSyntax.checked("some", String.class, text)).isEqualTo(text);
        assertThat(OptionSyntax.checked("some", null, text)).isEqualTo(text);
    }

    @Test
    void referencesAndOtherObjectsAreNotChecked() {
        for (Object value : List.of("#bean:x", "#x", "#class:a.B", "@@CamelMagicValue@@", Duration.ofSeconds(1), 5)) {
            assertThat(OptionSyntax.checked("some", Duration.class, value)).isEqualTo(value);
        }
    }

    @Test
    void optionThatIsSetTwiceIsRefused() {
        assertThatThrownBy(() -> OptionSyntax.checked("some", String.class, List.of("a", "b")))
                .hasMessageContainingAll("some", "several values");
        assertThat(OptionSyntax.checked("some", List.class, List.of("a"))).isEqualTo(List.of("a"));
    }

    @Test
    void longValueIsShownInPart() {
        assertThatThrownBy(() -> OptionSyntax.checked("some", int.class, "x".repeat(5000)))
                .message()
                .hasSizeLessThan(400);
    }
}

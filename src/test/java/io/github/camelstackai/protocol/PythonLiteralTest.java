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
package io.github.camelstackai.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Python literals are read as Python reads them, into the values that JSON has. */
class PythonLiteralTest {
    private static final Path CORPUS =
            Path.of("src/test/resources/io/github/camelstackai/protocol/python-literals.jsonl");

    /** Texts, and what Python makes of them, as python_literals.py writes them: a text alone is refused. */
    static List<List<?>> corpus() throws IOException {
        Json json = new Json();
        List<List<?>> lines = new ArrayList<>();
        for (String line : Files.readAllLines(CORPUS)) {
            lines.add((List<?>) json.read(line));
        }
        return lines;
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void readsWhatPythonReadsAndNothingElse(List<?> line) throws UnreadableTextException {
        String text = (String) line.get(0);
        if (line.size() == 1) {
            assertThatThrownBy(() -> PythonLiteral.read(text)).isInstanceOf(UnreadableTextException.class);
        } else {
            assertThat(comparable(PythonLiteral.read(text))).isEqualTo(comparable(line.get(1)));
        }
    }

    /** Decimals as Python has them: doubles. */
    private static Object comparable(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> Arrays.asList(entry.getKey(), comparable(entry.getValue())))
                    .toList();
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(PythonLiteralTest::comparable)
                    .map(Objects::toString)
                    .toList();
        }
        return value instanceof BigDecimal decimal ? (Object) decimal.doubleValue() : value;
    }

    @Test
    void numbersKeepTheirDigitsAndTheirSmallestType() throws UnreadableTextException {
        assertThat(PythonLiteral.read("[1, -2147483649, 9223372036854775808, 1200.00, -.5, 1E400, 0xFF]"))
                .isEqualTo(List.of(
                        1,
                        -2147483649L,
                        new BigInteger("9223372036854775808"),
                        new BigDecimal("1200.00"),
                        new BigDecimal("-0.5"),
                        new BigDecimal("1E+400"),
                        255));
    }

    @Test
    void whatReprWritesForNoNumbersIsRead() throws UnreadableTextException {
        assertThat(PythonLiteral.read("[nan, inf, -inf, NaN, Infinity, -Infinity]"))
                .isEqualTo(List.of(
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY));
    }

    @Test
    void namesOfJsonAreReadAmongThoseOfPython() throws UnreadableTextException {
        assertThat(PythonLiteral.read("{'a': true, 'b': null, 'c': [false, None]}"))
                .isEqualTo(map("a", true, "b", null, "c", Arrays.asList(false, null)));
    }

    private static Map<String, Object> map(Object... fields) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            map.put((String) fields[i], fields[i + 1]);
        }
        return map;
    }

    @Test
    void depthIsLimited() throws UnreadableTextException {
        String deepest = "[".repeat(PythonLiteral.MAX_DEPTH) + "]".repeat(PythonLiteral.MAX_DEPTH);
        assertThat(PythonLiteral.read(deepest)).isInstanceOf(List.class);
        assertThatThrownBy(() -> PythonLiteral.read("[" + deepest + "]")).hasMessageContaining("levels of nesting");
        assertThatThrownBy(() -> PythonLiteral.read("[".repeat(10_000_000))).hasMessageContaining("levels of nesting");
    }

    /** Two million characters each: neither a stack overflow nor quadratic time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[", "(", "{", "{'a':", "'", "' '", "''", "'\\\\", "1", "-", "0x", "_", "a", "\\", " ", "1e", "'''",
                "r'"
            })
    void longTextIsReadOrRefusedInLinearTime(String piece) {
        String text = piece.repeat(2_000_000 / piece.length());
        long begin = System.nanoTime();
        try {
            PythonLiteral.read(text);
        } catch (UnreadableTextException e) {
            assertThat(e.getMessage()).hasSizeLessThan(200);
        }
        assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
    }

    /** Any text is read or refused, and nothing else. */
    @Test
    void randomTextIsReadOrRefused() {
        String alphabet = "{}[](),:'\"\\ 01_.exbouUrN-+aTFn\nTrueFalseNone";
        Random random = new Random(7);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                PythonLiteral.read(text.toString());
                read++;
            } catch (UnreadableTextException e) {
                assertThat(e.position()).isBetween(0, text.length());
            }
        }
        assertThat(read).isGreaterThan(1000);
    }
}

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

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-26T08:00:00Z, 2026-11-26T08:00:00Z",
        "2026-11-26T08:00:00.123456Z, 2026-11-26T08:00:00.123456Z",
        "2026-11-26T08:00:00+00:00, 2026-11-26T08:00:00Z",
        "2026-11-26T08:00:00+0130, 2026-11-26T06:30:00Z",
        "2026-11-26T08:00:00-05:00, 2026-11-26T13:00:00Z",
        "2026-11-26T08:00:00, 2026-11-26T08:00:00Z",
        "2026-11-26 08:00:00.5, 2026-11-26T08:00:00.5Z",
        "2026-11-26t08:00z, 2026-11-26T08:00:00Z",
        "2026-11-26, 2026-11-26T00:00:00Z",
    })
    void formsOfATimeAreRead(String text, Instant time) {
        assertThat(LogTime.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "1764144000, 2025-11-26T08:00:00Z",
        "1764144000.5, 2025-11-26T08:00:00.5Z",
        "1764144000500, 2025-11-26T08:00:00.5Z"
    })
    void numbersAreSecondsOrMilliseconds(BigDecimal number, Instant time) {
        assertThat(LogTime.parseOrNull(number)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "26.11.2026", "2026-13-01", "2026-11-26T25:00:00Z", "2026-11-26T", "1764144000"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> LogTime.parse(text)).isInstanceOf(DateTimeException.class);
        assertThat(LogTime.parseOrNull(text)).isNull();
    }
}

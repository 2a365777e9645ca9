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
package io.github.camelstackai.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Duration CAP = Duration.ofMinutes(1);
    private static final Instant NOW = Instant.parse("2026-03-09T23:59:30Z");

    private static Duration parse(String... values) {
        return RetryAfter.parse(Arrays.asList(values), NOW, CAP);
    }

    @ParameterizedTest
    @CsvSource({"7,7000", "' 7\t',7000", "007,7000", "1.5,1500", "2.,2000", "0.25,250", "60,60000"})
    void secondsAreRead(String value, long millis) {
        assertThat(parse(value)).isEqualTo(Duration.ofMillis(millis));
    }

    /** Monday, 9 March 2026, 23:59:50 GMT: twenty seconds later. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mon, 09 Mar 2026 23:59:50 GMT", // as HTTP writes it
                "Monday, 09-Mar-26 23:59:50 GMT", // as RFC 850 did
                "Mon Mar  9 23:59:50 2026", // as asctime does
                "Fri, 09 Mar 2026 23:59:50 GMT", // wrong weekday
                "Friday, 09-Mar-26 23:59:50 GMT",
                "Fri Mar  9 23:59:50 2026",
                "mon, 9 mar 2026 23:59:50 gmt",
                "09 Mar 2026 23:59:50 UTC",
                " Mon, 09 Mar 2026 23:59:50 GMT "
            })
    void dateIsReadInEachFormOfHttp(String date) {
        assertThat(parse(date)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void dayOfTwoDigitsIsReadAsAsctimeWritesIt() {
        Instant before = Instant.parse("2026-03-10T11:59:50Z");
        assertThat(RetryAfter.parse(List.of("Tue Mar 10 12:00:00 2026"), before, CAP))
                .isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.0",
                "0.0004",
                "Mon, 09 Mar 2026 23:59:30 GMT", // now
                "Wed, 21 Oct 2015 07:28:00 GMT",
                "Wednesday, 21-Oct-15 07:28:00 GMT",
                "Wed Oct 21 07:28:00 2015"
            })
    void zeroAndADateThatHasPassedAskForNoDelay(String value) {
        assertThat(parse(value)).isNull();
    }

    /** RFC 9110, section 5.6.7: the most recent year in the past with the same two digits. */
    @Test
    void yearOfTwoDigitsMoreThanFiftyYearsAheadHasPassed() {
        assertThat(parse("Sunday, 06-Nov-94 08:49:37 GMT")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "soon",
                "-5",
                "+5",
                ".5",
                "1e3",
                "5s",
                "1.2.3",
                "٣",
                "Mon, 99 Mar 2026 23:59:50 GMT",
                "Mon, 09 Mar 2026",
                "2026-03-09T23:59:50Z"
            })
    void nonsenseIsIgnored(String value) {
        assertThat(parse(value)).isNull();
        assertThat(parse(value, "3")).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({
        "3,7,7",
        "7,3,7",
        "0,7,7",
        "'3, 7',5,7",
        "'7,3',5,7",
        "'3,,4',1,4",
        "'1, 2.5 ,2',2,2.5",
        "soon,7,7",
        "5,'Mon, 09 Mar 2026 23:59:50 GMT',20",
        "30,'Mon, 09 Mar 2026 23:59:50 GMT',30"
    })
    void longestOfSeveralDelaysCounts(String one, String other, double seconds) {
        assertThat(parse(one, other)).isEqualTo(Duration.ofMillis((long) (seconds * 1000)));
    }

    @Test
    void noValueAsksForNoDelay() {
        assertThat(parse()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"61", "60.001", "2147483648", "99999999999999999999", "Tue, 10 Mar 2026 23:59:50 GMT"})
    void delayIsCapped(String value) {
        assertThat(parse(value)).isEqualTo(CAP);
    }

    /** A delay of zero would replace the delay of the route. */
    @Test
    void capOfZeroLetsNoValueAskForADelay() {
        assertThat(RetryAfter.parse(List.of("7"), NOW, Duration.ZERO)).isNull();
    }
}

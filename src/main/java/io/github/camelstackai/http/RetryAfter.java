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

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the {@code Retry-After} header (RFC 9110, section 10.2.3): seconds, or an HTTP date in any of its three forms. */
public final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("[0-9]+(\\.[0-9]*)?");
    /** Several numbers that a gateway joined into one header; in a date, a comma has another meaning. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9., \\t]+");
    /** Not read: it repeats what the date says, and servers get it wrong. */
    private static final Pattern WEEKDAY = Pattern.compile("^[A-Za-z]+,?\\s+");

    private static final long MAX_SECONDS = Integer.MAX_VALUE;

    private static final DateTimeFormatter IMF = format("d MMM uuuu HH:mm:ss z");
    private static final DateTimeFormatter ASCTIME =
            format("MMM ppd HH:mm:ss uuuu").withZone(ZoneOffset.UTC);

    private RetryAfter() {}

    private static DateTimeFormatter format(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.US);
    }

    /**
     * How long the service asks to wait from {@code now}: the longest of several values.
     *
     * @param values of the header
     * @param cap the longest delay that is returned
     * @return null if no value can be read, or none asks for a delay: zero, or a date that has passed
     */
    public static Duration parse(Collection<String> values, Instant now, Duration cap) {
        return values.stream()
                .flatMap(value -> NUMBERS.matcher(value).matches() ? Arrays.stream(value.split(",")) : Stream.of(value))
                .map(value -> parse(value.strip(), now))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(delay -> delay.compareTo(cap) <= 0 ? delay : cap)
                .filter(delay -> !delay.isZero() && !delay.isNegative())
                .orElse(null);
    }

    private static Duration parse(String value, Instant now) {
        if (SECONDS.matcher(value).matches()) {
            BigDecimal seconds = new BigDecimal(value).min(BigDecimal.valueOf(MAX_SECONDS));
            return Duration.ofMillis(seconds.movePointRight(3).longValue());
        }
        String date = WEEKDAY.matcher(value).replaceFirst("");
        return Stream.of(IMF, rfc850(now), ASCTIME)
                .map(format -> instant(format, date))
                .filter(Objects::nonNull)
                .findFirst()
                .map(instant -> Duration.between(now, instant))
                .orElse(null);
    }

    /** A year of two digits that would be more than 50 years ahead has passed (RFC 9110, section 5.6.7). */
    private static DateTimeFormatter rfc850(Instant now) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern("d-MMM-")
                .appendValueReduced(
                        ChronoField.YEAR,
                        2,
                        2,
                        LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(49))
                .appendPattern(" HH:mm:ss z")
                .toFormatter(Locale.US);
    }

    private static Instant instant(DateTimeFormatter format, String date) {
        try {
            return Instant.from(format.parse(date));
        } catch (DateTimeException e) {
            return null; // another form
        }
    }
}

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

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.client5.http.utils.DateUtils;

/** Reads the {@code Retry-After} header (RFC 9110, section 10.2.3): seconds, or an HTTP date in any of its forms. */
public final class RetryAfter {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    /** Several headers that a gateway has put together in one; in a date a comma means something else. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9, \\t]+");

    /** The client's own takes it for a time without a zone, and gives it up. */
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US).withZone(ZoneOffset.UTC);

    private RetryAfter() {}

    /**
     * How long the service asks to wait from {@code now}; where it says so more than once, the longest.
     *
     * @param values of the header
     * @param cap the most that is believed
     * @return null when no value makes sense; zero for a date that has passed
     */
    public static Duration parse(Collection<String> values, Instant now, Duration cap) {
        return values.stream()
                .flatMap(value -> NUMBERS.matcher(value).matches() ? Arrays.stream(value.split(",")) : Stream.of(value))
                .map(value -> parse(value.trim(), now))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(asked -> asked.compareTo(cap) <= 0 ? asked : cap)
                .orElse(null);
    }

    private static Duration parse(String value, Instant now) {
        if (DIGITS.matcher(value).matches()) {
            return Duration.ofSeconds(value.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(value));
        }
        Instant date = date(value);
        if (date == null) {
            return null;
        }
        return date.isBefore(now) ? Duration.ZERO : Duration.between(now, date);
    }

    private static Instant date(String value) {
        Instant date = DateUtils.parseStandardDate(value);
        try {
            return date == null ? Instant.from(ASCTIME.parse(value)) : date;
        } catch (DateTimeException e) {
            return null;
        }
    }
}

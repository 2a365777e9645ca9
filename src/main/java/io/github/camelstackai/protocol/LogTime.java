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

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;

/** Dates and times of the log of runs: ISO 8601, with {@code T} or a space before the time. Without an offset they are UTC. */
public final class LogTime {
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    /** A number from here on is milliseconds: in seconds it would be a date after the year 5000. */
    private static final double FIRST_MILLIS = 1e11;

    private LogTime() {}

    /**
     * Reads a date or a time.
     *
     * @throws DateTimeException if the text is neither
     */
    public static Instant parse(String text) {
        TemporalAccessor time =
                FORMAT.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        if (time instanceof OffsetDateTime exact) {
            return exact.toInstant();
        }
        return time instanceof LocalDateTime local
                ? local.toInstant(ZoneOffset.UTC)
                : LocalDate.from(time).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** As {@link #parse}; a number is seconds, or milliseconds, since 1970. Null for what is no date. */
    public static Instant parseOrNull(Object value) {
        if (value instanceof Number number) {
            double time = number.doubleValue();
            return Instant.ofEpochMilli((long) (Math.abs(time) < FIRST_MILLIS ? time * 1000 : time));
        }
        try {
            return value instanceof String text ? parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}

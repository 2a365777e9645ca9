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
package io.github.camelstackai.runlog;

import io.github.camelstackai.protocol.LoggedRun;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How far a consumer has read the log: all runs up to a date are known, but for those that end or are logged later than others
 * after them. It is kept in the repository to the hour, so that a consumer continues after a restart. Not thread-safe.
 */
final class LogPosition {
    /** How many days after its stop a consumer finds its position again. */
    private static final int DAYS = 31;

    private static final int HOURS = 24;

    private final SeenRuns seen;
    private final String name;
    private final Duration lookback;
    /** No run before this date is told; null for no limit. */
    private final Instant floor;
    /** Runs before this date that the first reading finds had ended before the consumer began; null for none. */
    private Instant baseline;

    private Instant date;
    /** The hour that the repository contains; null for none. */
    private String keptHour;

    /**
     * @param name of the consumer, the same after a restart
     * @param startFrom null if it is not set
     */
    LogPosition(SeenRuns seen, String name, Duration lookback, Instant startFrom, Instant now) {
        this.seen = seen;
        this.name = name;
        this.lookback = lookback;
        this.floor = startFrom;
        Instant kept = kept(now);
        this.baseline = startFrom == null && kept == null ? now : null;
        this.date = kept != null ? kept : startFrom != null ? startFrom : now;
    }

    private Instant kept(Instant now) {
        Instant day = latest(now.truncatedTo(ChronoUnit.DAYS), ChronoUnit.DAYS, DAYS);
        if (day == null) {
            return null;
        }
        Instant hour = latest(day.plus(HOURS - 1, ChronoUnit.HOURS), ChronoUnit.HOURS, HOURS);
        return hour == null ? day : hour;
    }

    private Instant latest(Instant last, ChronoUnit unit, int count) {
        for (int i = 0; i < count; i++) {
            Instant time = last.minus(i, unit);
            if (seen.contains(key(time, unit))) {
                return time;
            }
        }
        return null;
    }

    private String key(Instant time, ChronoUnit unit) {
        String shape = unit == ChronoUnit.DAYS ? "2026-11-26" : "2026-11-26T08";
        return name + "@" + time.toString().substring(0, shape.length());
    }

    /** The date from which on the log is read. */
    Instant from() {
        Instant from = date.minus(lookback);
        return floor != null && from.isBefore(floor) ? floor : from;
    }

    /** Whether a run that the log shows had ended before the consumer began. */
    boolean isBefore(LoggedRun run) {
        return baseline != null && run.date().isBefore(baseline);
    }

    /**
     * The log has been read.
     *
     * @param newest date of its runs; null for none
     * @param pending the earliest date of a run that is still to be processed; null for none
     */
    void advance(Instant newest, Instant pending, Instant now) {
        baseline = null;
        Instant known = newest == null || newest.isBefore(date) ? date : newest;
        date = pending != null && pending.isBefore(known) ? pending : known;
        if (date.isAfter(now)) {
            date = now; // a date that is wrong must not hide the runs to come
        }
        seen.forgetBefore(from());
        keep();
    }

    private void keep() {
        String hour = key(date, ChronoUnit.HOURS);
        if (!hour.equals(keptHour)) {
            seen.add(key(date, ChronoUnit.DAYS));
            seen.add(hour);
            keptHour = hour;
        }
    }
}

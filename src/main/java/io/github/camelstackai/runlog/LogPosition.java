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
    /**
     * Where a consumer begins.
     *
     * @param time null for now
     * @param moves whether the time is a duration before now, so that it says nothing after a restart
     */
    record Start(Instant time, boolean moves) {}

    /** For how long a consumer finds its position again after its stop. */
    private static final int DAYS = 31;

    /** How old a position is at most when it is kept. */
    private static final Duration MAX_AGE = Duration.ofDays(30);

    private final SeenRuns seen;
    private final String name;
    private final Duration lookback;
    /** No run before this date is told; null for no limit. */
    private final Instant floor;
    /** Runs before this date that the first reading finds had ended before the consumer began; null for none. */
    private Instant baseline;

    private Instant date;
    /** Of the newest run of the reading before; null for none. */
    private Instant newestBefore;
    /** The hour that the repository contains; null for none. */
    private String keptHour;

    /** @param name of the consumer, the same after a restart */
    LogPosition(SeenRuns seen, String name, Duration lookback, Start start, Instant now) {
        this.seen = seen;
        this.name = name;
        this.lookback = lookback;
        Instant kept = kept(now);
        Instant first = start.time() == null ? now : start.time();
        this.baseline = start.time() == null && kept == null ? now : null;
        this.floor = kept != null && start.moves() ? firstMinute(kept) : start.time();
        this.date = kept == null ? first : kept;
        if (kept == null) {
            keep(date);
            seen.add(key(date, ChronoUnit.MINUTES));
        }
    }

    private Instant kept(Instant now) {
        Instant day = latest(now.truncatedTo(ChronoUnit.DAYS), ChronoUnit.DAYS, (int) MAX_AGE.toDays() + DAYS + 1);
        if (day == null) {
            return null;
        }
        Instant hour = latest(day.plus(23, ChronoUnit.HOURS), ChronoUnit.HOURS, 24);
        if (hour == null) {
            return day;
        }
        Instant minute = firstMinute(hour);
        return minute == null ? hour : minute;
    }

    /** The minute of an hour in which the consumer began; null for none. */
    private Instant firstMinute(Instant hour) {
        Instant last = hour.truncatedTo(ChronoUnit.HOURS).plus(59, ChronoUnit.MINUTES);
        return latest(last, ChronoUnit.MINUTES, 60);
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
        return name + "/" + unit + "/" + time.truncatedTo(unit);
    }

    /** The date from which on the log is read. */
    Instant from() {
        return notBefore(date.minus(lookback));
    }

    /** The later of a date and the start. */
    Instant notBefore(Instant from) {
        return floor != null && from.isBefore(floor) ? floor : from;
    }

    /** Whether a run that the log shows had ended before the consumer began. */
    boolean isBefore(LoggedRun run) {
        return baseline != null && run.date().isBefore(baseline);
    }

    /**
     * The log has been read. A page that shifted meanwhile may have hidden runs, so that the position becomes the newest date of
     * this reading after the next one.
     *
     * @param newest date of its runs; null for none
     * @param pending the earliest date of a run that is still to be processed; null for none
     */
    void advance(Instant newest, Instant pending, Instant now) {
        baseline = null;
        Instant known = newestBefore == null ? date : newestBefore;
        Instant last = newest == null || newest.isBefore(date) ? date : newest;
        newestBefore = last.isAfter(now) ? now : last; // a date that is wrong must not hide the runs to come
        Instant next = isHeldBy(pending, known) ? pending.plus(lookback) : known;
        date = next.isBefore(date) ? date : next; // an open run may be older than what is read
        seen.forgetBefore(from(), now.minus(lookback));
        Instant oldest = now.minus(MAX_AGE);
        boolean quiet = pending == null && known.equals(newestBefore);
        keep(quiet && date.isBefore(oldest) ? oldest : date);
    }

    /** Whether a run would no longer be read if the position advanced. */
    private boolean isHeldBy(Instant pending, Instant known) {
        return pending != null && pending.isBefore(known.minus(lookback));
    }

    private void keep(Instant position) {
        String hour = key(position, ChronoUnit.HOURS);
        if (!hour.equals(keptHour)) {
            seen.add(key(position, ChronoUnit.DAYS));
            seen.add(hour);
            keptHour = hour;
        }
    }
}

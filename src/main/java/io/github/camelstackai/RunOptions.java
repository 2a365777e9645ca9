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

import io.github.camelstackai.protocol.LogTime;
import io.github.camelstackai.protocol.RunState;
import io.github.camelstackai.text.Excerpt;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.util.TimeUtils;

/** Reads and checks the options of the log of runs. Each error names the option. */
final class RunOptions {
    /** Camel decodes the plus of an offset as a space. */
    private static final String PLUS_OF_A_URI = "(:\\d\\d(?:\\.\\d+)?) (\\d\\d:?\\d\\d)$";

    private RunOptions() {}

    static void check(StackAiRunsConfiguration options) {
        states(options);
        startFrom(options, Instant.now());
        OptionChecks.notNegative("lookback", options.getLookback());
        OptionChecks.atLeast("limit", options.getLimit(), 1);
    }

    /** The states to select; empty for all. */
    static Set<RunState> states(StackAiRunsConfiguration options) {
        String states = options.getStates();
        return states == null
                ? Set.of()
                : Arrays.stream(states.split(",", -1))
                        .map(name -> state(name.strip()))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static RunState state(String name) {
        try {
            return RunState.of(name);
        } catch (IllegalArgumentException e) {
            throw OptionChecks.invalid("states", "'" + Excerpt.of(name) + "' " + e.getMessage());
        }
    }

    /**
     * The time from which on runs are selected; null for none.
     *
     * @param now the end of a duration
     */
    static Instant startFrom(StackAiRunsConfiguration options, Instant now) {
        String text = options.getStartFrom();
        try {
            return text == null ? null : time(text.strip(), now);
        } catch (DateTimeException | ArithmeticException e) {
            throw OptionChecks.invalid(
                    "startFrom",
                    "'" + Excerpt.of(text)
                            + "' is neither a date or time, such as 2026-11-26 or 2026-11-26T08:00:00Z, nor a"
                            + " duration before now, such as 24h");
        }
    }

    /** Whether {@code startFrom} is a duration before now. */
    static boolean startMoves(StackAiRunsConfiguration options) {
        return options.getStartFrom() != null
                && isDuration(options.getStartFrom().strip());
    }

    private static boolean isDuration(String text) {
        return !text.chars().allMatch(Character::isDigit) && OptionSyntax.isDuration(text);
    }

    private static Instant time(String text, Instant now) {
        return isDuration(text) ? now.minus(duration(text)) : LogTime.parse(text.replaceFirst(PLUS_OF_A_URI, "$1+$2"));
    }

    private static Duration duration(String text) {
        return text.startsWith("P") || text.startsWith("p") ? Duration.parse(text) : TimeUtils.toDuration(text);
    }
}

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
package io.github.camelstackai.simulator;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads typed query parameters as the service does and collects the invalid ones. For one request. */
final class QueryParameters {
    private static final Set<String> TRUE = Set.of("true", "1", "yes", "y", "on", "t");
    private static final Set<String> FALSE = Set.of("false", "0", "no", "n", "off", "f");

    private final Map<String, String> parameters;
    private final List<Map<String, Object>> problems = new ArrayList<>();

    QueryParameters(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    boolean flag(String name, boolean defaultValue) {
        String value =
                parameters.getOrDefault(name, Boolean.toString(defaultValue)).toLowerCase(Locale.ROOT);
        if (!TRUE.contains(value) && !FALSE.contains(value)) {
            invalid(name, "Input should be a valid boolean, unable to interpret input", "bool_parsing");
        }
        return TRUE.contains(value);
    }

    void integer(String name) {
        String value = parameters.get(name);
        if (value != null && !value.matches("[+-]?\\d{1,18}")) {
            invalid(name, "Input should be a valid integer, unable to parse string as an integer", "int_parsing");
        }
    }

    /** An integer from {@code min} to {@code max}; one that is invalid is {@code fallback}, until {@link #check}. */
    int integer(String name, int fallback, int min, int max) {
        String value = parameters.get(name);
        if (value == null) {
            return fallback;
        }
        long number = value.matches("[+-]?\\d{1,18}") ? Long.parseLong(value) : Long.MIN_VALUE;
        if (number < min || number > max) {
            invalid(name, "Input should be an integer from " + min + " to " + max, "int_parsing");
            return fallback;
        }
        return (int) number;
    }

    void oneOf(String name, List<String> values) {
        String value = parameters.get(name);
        if (value != null && !values.contains(value)) {
            invalid(name, "Input should be one of " + values, "enum");
        }
    }

    /** A number that has a default and a minimum. */
    int integer(String name, int defaultValue, int minimum) {
        String value = parameters.getOrDefault(name, Integer.toString(defaultValue));
        if (!value.matches("[+-]?\\d{1,9}")) {
            invalid(name, "Input should be a valid integer, unable to parse string as an integer", "int_parsing");
            return defaultValue;
        }
        int number = Integer.parseInt(value);
        if (number < minimum) {
            invalid(name, "Input should be greater than or equal to " + minimum, "greater_than_equal");
        }
        return number;
    }

    /** A date and time; null for none. */
    Instant time(String name) {
        String value = parameters.get(name);
        try {
            return value == null ? null : LoggedRuns.instant(value);
        } catch (DateTimeParseException e) {
            invalid(name, "Input should be a valid datetime", "datetime_from_date_parsing");
            return null;
        }
    }

    /** Null for none. */
    String text(String name) {
        return parameters.get(name);
    }

    private void invalid(String name, String message, String type) {
        problems.add(RejectedRequestException.problem(List.of("query", name), message, type));
    }

    /**
     * @throws RejectedRequestException if one of the parameters read before is invalid
     */
    void check() {
        if (!problems.isEmpty()) {
            throw RejectedRequestException.invalid(problems);
        }
    }
}

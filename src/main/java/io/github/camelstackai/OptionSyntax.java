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

import io.github.camelstackai.text.Excerpt;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.component.PropertyConfigurerSupport;

/**
 * Rejects text that is no value of an option's type, before Camel converts it: Camel reads most text that is not a duration or
 * number as 0.
 *
 * <p>Each check throws an {@link IllegalArgumentException} that names the option, the value, and what is allowed. Options that
 * are secrets are text, which each value is.
 */
final class OptionSyntax {
    /** Milliseconds, or Camel's form; no more digits than Camel adds up without an overflow. */
    private static final Pattern DURATION =
            Pattern.compile("\\d{1,18}|(?=\\d)(\\d{1,9}d)?(\\d{1,9}h)?(\\d{1,9}m)?(\\d{1,9}s)?(\\d{1,9}ms)?");

    private OptionSyntax() {}

    /**
     * Returns the value to convert: text without the blanks around it, unless the option is text itself.
     *
     * @param type of the option; null if there is no such option
     * @param value as it is written in a URI or property, or a bean
     */
    static Object checked(String option, Class<?> type, Object value) {
        if (value instanceof Collection<?> && type != null && !Collection.class.isAssignableFrom(type)) {
            throw OptionChecks.invalid(option, "has several values; set it once");
        }
        if (!(value instanceof String text) || type == null || type == String.class || isLeftToCamel(text)) {
            return value;
        }
        String stripped = text.strip();
        String allowed = allowed(type, stripped);
        if (allowed != null) {
            throw OptionChecks.invalid(option, "'" + Excerpt.of(text) + "' is not " + allowed);
        }
        return stripped;
    }

    /** The failure to convert a value to the type of a bean. */
    static IllegalArgumentException noBean(String option, Class<?> type, Object value) {
        String shown = value == null || value instanceof String
                ? "'" + Excerpt.of(String.valueOf(value)) + "'"
                : "a " + value.getClass().getName();
        return OptionChecks.invalid(
                option,
                shown + " is not of type " + type.getName()
                        + "; refer to a bean, as in #bean:name or #class:com.example.Type");
    }

    private static boolean isLeftToCamel(String text) {
        return isReference(text) || PropertyConfigurerSupport.MAGIC_VALUE.equals(text);
    }

    static boolean isReference(String text) {
        return EndpointHelper.isReferenceParameter(text);
    }

    /** What would be allowed; null if the text is. */
    private static String allowed(Class<?> type, String text) {
        if (type == Duration.class) {
            return isDuration(text) ? null : "a duration; write milliseconds, or units as in 500ms, 30s, 5m or 1h30m";
        }
        if (type == int.class || type == Integer.class) {
            return isNumber(text, Integer.MIN_VALUE, Integer.MAX_VALUE) ? null : number(Integer.MAX_VALUE);
        }
        if (type == long.class || type == Long.class) {
            return isNumber(text, Long.MIN_VALUE, Long.MAX_VALUE) || isDuration(text) ? null : number(Long.MAX_VALUE);
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true".equalsIgnoreCase(text) || "false".equalsIgnoreCase(text) ? null : "true or false";
        }
        return type.isEnum() ? allowedConstant(type, text) : null;
    }

    static boolean isDuration(String text) {
        if (DURATION.matcher(text).matches()) {
            return true;
        }
        try {
            Duration.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isNumber(String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            return !text.startsWith("+") && number >= min && number <= max; // Camel reads +5 as 0
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String number(long max) {
        return "a whole number of at most " + max + "; write digits without a unit";
    }

    private static String allowedConstant(Class<?> type, String text) {
        String plain = plain(text);
        boolean known = Arrays.stream(type.getEnumConstants())
                .anyMatch(constant -> plain(constant).equals(plain));
        return known
                ? null
                : "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "));
    }

    /** As Camel compares the names of constants. */
    private static String plain(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }
}

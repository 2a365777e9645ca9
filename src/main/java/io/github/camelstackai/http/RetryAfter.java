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

import java.time.Duration;
import java.time.Instant;
import org.apache.hc.client5.http.utils.DateUtils;

/** Reads the {@code Retry-After} header (RFC 9110, section 10.2.3): seconds, or an HTTP date in any of its forms. */
public final class RetryAfter {
    private RetryAfter() {}

    /**
     * How long the service asks to wait from {@code now}.
     *
     * @param value the header's value; null when there was none
     * @param cap the most that is believed
     * @return null when there is no value, or none that makes sense; zero for a date that has passed
     */
    public static Duration parse(String value, Instant now, Duration cap) {
        Duration asked = value == null ? null : parse(value.trim(), now);
        return asked == null || asked.compareTo(cap) <= 0 ? asked : cap;
    }

    private static Duration parse(String value, Instant now) {
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(value.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(value));
        }
        Instant date = DateUtils.parseStandardDate(value);
        if (date == null) {
            return null;
        }
        return date.isBefore(now) ? Duration.ZERO : Duration.between(now, date);
    }
}

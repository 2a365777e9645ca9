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
package io.github.camelstackai.operation;

import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.protocol.Json;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A bearer token that the service has given for a time. */
final class AccessToken {
    /** Longest time before the end at which a token is no longer used: a call takes some time to arrive. */
    private static final double MARGIN_SECONDS = 30;

    private static final double LONGEST_SECONDS = 365 * 24 * 3600.0;

    private final String value;
    private final boolean expires;
    /** {@link System#nanoTime} at which it is no longer used. */
    private final long end;

    private AccessToken(String value, boolean expires, long end) {
        this.value = value;
        this.expires = expires;
        this.end = end;
    }

    /**
     * Reads the answer to a token request (RFC 6749, section 5.1); null when it holds no usable token.
     *
     * @param asked {@link System#nanoTime} when the request was sent
     */
    static AccessToken of(CollectedResponse response, Json json, long asked) {
        try {
            Map<String, Object> object = response.complete() ? ObjectAnswer.object(response, json) : null;
            if (object == null || !(object.get("access_token") instanceof String value)) {
                return null;
            }
            return BearerToken.isUsable(value) ? of(value, object.get("expires_in"), asked) : null;
        } catch (IOException e) {
            return null; // its message would show what came
        }
    }

    private static AccessToken of(String value, Object expiresIn, long asked) {
        Double seconds = seconds(expiresIn);
        if (seconds == null) {
            return new AccessToken(value, false, 0);
        }
        double good = Math.max(0, Math.min(seconds, LONGEST_SECONDS));
        double used = good - Math.min(good / 10, MARGIN_SECONDS);
        return new AccessToken(value, true, asked + (long) (used * TimeUnit.SECONDS.toNanos(1)));
    }

    /** Some services write the number as text. */
    private static Double seconds(Object value) {
        try {
            return value == null ? null : Double.valueOf(value.toString());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    String value() {
        return value;
    }

    /** Whether it may still be sent at {@code now}, by {@link System#nanoTime}. */
    boolean isFresh(long now) {
        return !expires || end - now > 0;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "access token";
    }
}

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
package io.github.camelstackai.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelstackai.http.CollectedResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A bearer token with its lifetime, as the service issued it. Immutable. */
final class AccessToken {
    /** A token is not used in the last tenth of its lifetime, at most this long: a call takes time to arrive. */
    private static final double MAX_MARGIN_SECONDS = 30;

    private static final double MAX_LIFETIME_SECONDS = TimeUnit.DAYS.toSeconds(365);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String value;
    private final boolean expires;
    /** {@link System#nanoTime} from which it is not used any more. */
    private final long expiry;

    private AccessToken(String value, boolean expires, long expiry) {
        this.value = value;
        this.expires = expires;
        this.expiry = expiry;
    }

    /**
     * Reads the response to a token request (RFC 6749, section 5.1).
     *
     * @param requested {@link System#nanoTime} when the request was sent
     * @return null if it holds no usable token
     */
    static AccessToken of(CollectedResponse response, long requested) {
        try {
            JsonNode object = response.complete() ? MAPPER.readTree(response.body()) : null;
            JsonNode value = object == null ? null : object.get("access_token");
            return value != null && value.isTextual() && BearerToken.isUsable(value.textValue())
                    ? of(value.textValue(), object.path("expires_in").asDouble(Double.NaN), requested)
                    : null;
        } catch (IOException e) {
            return null; // its message would show the response
        }
    }

    /** @param lifetime in seconds; NaN if not known */
    private static AccessToken of(String value, double lifetime, long requested) {
        if (Double.isNaN(lifetime)) {
            return new AccessToken(value, false, 0);
        }
        double valid = Math.max(0, Math.min(lifetime, MAX_LIFETIME_SECONDS));
        double used = valid - Math.min(valid / 10, MAX_MARGIN_SECONDS);
        return new AccessToken(value, true, requested + (long) (used * TimeUnit.SECONDS.toNanos(1)));
    }

    String value() {
        return value;
    }

    /** Whether it may still be sent at {@code now}, by {@link System#nanoTime}. */
    boolean isFresh(long now) {
        return !expires || expiry - now > 0;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "access token";
    }
}

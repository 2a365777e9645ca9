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

import io.github.camelstackai.http.CallTimeoutException.Limit;
import java.time.Duration;

/**
 * How long a call may take; zero means no limit.
 *
 * @param response until the response head has arrived, from the moment the connection is established, or from the last progress in
 *     sending the request
 * @param idle longest silence of the server inside the response body; time in which the receiver grants no capacity does not count
 * @param total the whole call, including the wait for a connection and the body
 */
public record CallTimeouts(Duration response, Duration idle, Duration total) {
    /** No limit at all. */
    public static final CallTimeouts NONE = new CallTimeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    /** The shortest limit. */
    public static final Duration LEAST = Duration.ofMillis(1);

    /** The duration of {@code limit}. */
    public Duration of(Limit limit) {
        return switch (limit) {
            case RESPONSE, SENDING -> response;
            case IDLE -> idle;
            case TOTAL -> total;
        };
    }

    /** The longest wait for a response head, whatever it is that is waited for; zero for no limit. */
    public Duration untilHead() {
        boolean totalFirst = response.isZero() || (!total.isZero() && total.compareTo(response) < 0);
        return totalFirst ? total : response;
    }

    /**
     * The limits that remain; never zero where there was a total limit, since zero means none.
     *
     * @param begin when the call began, as {@link System#nanoTime} names it
     */
    public CallTimeouts since(long begin) {
        return total.isZero() ? this : after(Duration.ofNanos(System.nanoTime() - begin));
    }

    /** As {@link #since}, {@code spent} after the call began, where there is a total limit. */
    CallTimeouts after(Duration spent) {
        Duration left = total.minus(spent);
        return new CallTimeouts(response, idle, left.compareTo(LEAST) < 0 ? LEAST : left);
    }
}

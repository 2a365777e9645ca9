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
 * How long a call may take; zero is no limit.
 *
 * @param response from the moment the connection is there until the response head has arrived
 * @param idle longest silence of the peer inside the response body; time in which nobody asked for more does not count
 * @param total the whole call, waiting for a connection and reading the body included
 */
public record CallTimeouts(Duration response, Duration idle, Duration total) {
    /** No limit at all. */
    public static final CallTimeouts NONE = new CallTimeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    Duration of(Limit limit) {
        return switch (limit) {
            case RESPONSE -> response;
            case IDLE -> idle;
            case TOTAL -> total;
        };
    }

    private static final Duration LEAST = Duration.ofMillis(1);

    /** What is left once {@code spent} of the total is gone; never so little that it would mean no limit. */
    public CallTimeouts after(Duration spent) {
        if (total.isZero()) {
            return this;
        }
        Duration left = total.minus(spent);
        return new CallTimeouts(response, idle, left.compareTo(LEAST) < 0 ? LEAST : left);
    }
}

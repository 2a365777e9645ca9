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

import java.time.Duration;

/**
 * What a reply does to the connection besides its response.
 *
 * @param fault null for none
 * @param throttle of the response; null for full speed
 * @param reading throttle of the request's body; null for full speed
 * @param startsAfter bytes of the request's body after which the reply starts; {@link #WHOLE_BODY} for all
 * @param unrequested bytes after the response, with the pause before them; may be empty
 */
record ConnectionEffects(
        ConnectionFault fault, Throttle throttle, Throttle reading, long startsAfter, Segment unrequested) {
    static final long WHOLE_BODY = Long.MAX_VALUE;

    static final ConnectionEffects NONE =
            new ConnectionEffects(null, null, null, WHOLE_BODY, Segment.latin1(Duration.ZERO, ""));

    ConnectionEffects with(ConnectionFault newFault) {
        return new ConnectionEffects(newFault, throttle, reading, startsAfter, unrequested);
    }

    ConnectionEffects with(Throttle newThrottle) {
        return new ConnectionEffects(fault, newThrottle, reading, startsAfter, unrequested);
    }

    ConnectionEffects reading(Throttle newReading) {
        return new ConnectionEffects(fault, throttle, newReading, startsAfter, unrequested);
    }

    ConnectionEffects startingAfter(long bytes) {
        return new ConnectionEffects(fault, throttle, reading, bytes, unrequested);
    }

    ConnectionEffects followedBy(Segment newUnrequested) {
        return new ConnectionEffects(fault, throttle, reading, startsAfter, newUnrequested);
    }

    /** These effects; the other's if these are none. */
    ConnectionEffects orElse(ConnectionEffects other) {
        return equals(NONE) ? other : this;
    }

    /** Whether the simulator sends nothing and leaves the request's body in the socket. */
    boolean ignoresRequestBody() {
        return startsAfter == 0 && fault != null && fault.kind() == ConnectionFault.Kind.SILENCE && fault.after() == 0;
    }
}

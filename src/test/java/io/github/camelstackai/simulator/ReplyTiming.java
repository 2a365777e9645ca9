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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * When the parts of a reply are sent.
 *
 * @param signal the head waits until it has completed, normally or not
 * @param beforeHead the pause after the signal
 * @param beforeBody the pause after the head
 * @param betweenSegments the pause before each segment that has none of its own, except the first
 */
record ReplyTiming(CompletionStage<?> signal, Duration beforeHead, Duration beforeBody, Duration betweenSegments) {
    private static final CompletionStage<?> NO_SIGNAL = CompletableFuture.completedStage(null);

    static final ReplyTiming IMMEDIATE = new ReplyTiming(NO_SIGNAL, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    ReplyTiming withSignal(CompletionStage<?> newSignal) {
        return new ReplyTiming(newSignal, beforeHead, beforeBody, betweenSegments);
    }

    ReplyTiming withBeforeHead(Duration pause) {
        return new ReplyTiming(signal, pause, beforeBody, betweenSegments);
    }

    ReplyTiming withBeforeBody(Duration pause) {
        return new ReplyTiming(signal, beforeHead, pause, betweenSegments);
    }

    ReplyTiming withBetweenSegments(Duration pause) {
        return new ReplyTiming(signal, beforeHead, beforeBody, pause);
    }

    boolean headIsImmediate() {
        return signal == NO_SIGNAL && beforeHead.isZero();
    }

    /** This timing, with the other's values where this one has none. */
    ReplyTiming orElse(ReplyTiming other) {
        return new ReplyTiming(
                signal == NO_SIGNAL ? other.signal : signal,
                beforeHead.isZero() ? other.beforeHead : beforeHead,
                beforeBody.isZero() ? other.beforeBody : beforeBody,
                betweenSegments.isZero() ? other.betweenSegments : betweenSegments);
    }
}

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
 * @param signal the head waits for its completion, of whatever kind
 * @param beforeHead counted from the signal, or from the request where there is none
 * @param beforeBody counted from the head
 * @param betweenPieces for pieces that bring no pause of their own
 */
record ReplyTiming(CompletionStage<?> signal, Duration beforeHead, Duration beforeBody, Duration betweenPieces) {
    private static final CompletionStage<?> GIVEN = CompletableFuture.completedStage(null);

    static final ReplyTiming AT_ONCE = new ReplyTiming(GIVEN, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    ReplyTiming withSignal(CompletionStage<?> newSignal) {
        return new ReplyTiming(newSignal, beforeHead, beforeBody, betweenPieces);
    }

    ReplyTiming withBeforeHead(Duration pause) {
        return new ReplyTiming(signal, pause, beforeBody, betweenPieces);
    }

    ReplyTiming withBeforeBody(Duration pause) {
        return new ReplyTiming(signal, beforeHead, pause, betweenPieces);
    }

    ReplyTiming withBetweenPieces(Duration pause) {
        return new ReplyTiming(signal, beforeHead, beforeBody, pause);
    }

    boolean signalGiven() {
        return signal == GIVEN;
    }

    /** This pace, and where it has none, the other's. */
    ReplyTiming orElse(ReplyTiming other) {
        return new ReplyTiming(
                signalGiven() ? other.signal : signal,
                beforeHead.isZero() ? other.beforeHead : beforeHead,
                beforeBody.isZero() ? other.beforeBody : beforeBody,
                betweenPieces.isZero() ? other.betweenPieces : betweenPieces);
    }
}

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

import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A recorded call: the request, and its response as it came. Times are in milliseconds since the request arrived. Immutable.
 *
 * @param head with its time; null for none
 * @param headMillis of the head, if there is one
 * @param pieces of the body, in their order
 * @param millis of the end
 */
record RecordedCall(
        CallRequest request, ReplyHead head, long headMillis, List<Piece> pieces, Ending ending, long millis) {
    /** Headers that are recorded: those that say how to read the body, and when to call again. */
    private static final Set<String> HEADERS = Set.of(
            "content-type",
            "content-length",
            "content-encoding",
            "content-disposition",
            "transfer-encoding",
            "retry-after",
            "allow");

    /** How a response ended. */
    enum Ending {
        COMPLETE(null),
        /** The service closed the connection before the end. */
        CUT(ConnectionFault.Kind.CLOSE),
        /** The service reset the connection. */
        RESET(ConnectionFault.Kind.RESET),
        /** The caller gave up before the end, and closed its connection. */
        TIMEOUT(ConnectionFault.Kind.SILENCE);

        private final ConnectionFault.Kind fault;

        Ending(ConnectionFault.Kind fault) {
            this.fault = fault;
        }

        /** The ending of a response that failed with these causes. */
        static Ending of(List<Throwable> causes) {
            boolean reset = causes.stream()
                    .anyMatch(cause -> cause instanceof SocketException
                            || String.valueOf(cause.getMessage()).contains("reset"));
            return reset ? RESET : CUT;
        }

        /** Null for none. */
        ConnectionFault.Kind fault() {
            return fault;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A piece of a body, as it arrived.
     *
     * @param bytes in ISO 8859-1
     */
    record Piece(long millis, String bytes) {}

    static boolean isRecorded(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return HEADERS.contains(name) || name.contains("ratelimit");
    }

    /**
     * The response as it came.
     *
     * @param withTimes whether it takes as long; the end of the body follows its last piece at once
     * @param orgId replaces the placeholder
     */
    Reply reply(boolean withTimes, String orgId) {
        ConnectionFault fault = ending.fault() == null ? null : ConnectionFault.atEnd(ending.fault());
        if (head == null) {
            return Reply.nothing(ending.fault()).after(pause(withTimes, 0, millis));
        }
        List<Segment> segments = new ArrayList<>();
        long before = headMillis;
        for (Piece piece : pieces) {
            String bytes = SecretFilter.restored(piece.bytes(), orgId);
            segments.add(Segment.latin1(pause(withTimes, before, piece.millis()), bytes));
            before = piece.millis();
        }
        Reply reply = Reply.of(framed(fault, orgId), ReplyBody.of(head.framing(), segments));
        return (fault == null ? reply : reply.with(reply.effects.with(fault))).after(pause(withTimes, 0, headMillis));
    }

    private static Duration pause(boolean withTimes, long from, long to) {
        return withTimes ? Duration.ofMillis(Math.max(0, to - from)) : Duration.ZERO;
    }

    /** Without what is computed from the body. A body that was cut keeps the length that was announced. */
    private ReplyHead framed(ConnectionFault fault, String orgId) {
        ReplyHead restored = new ReplyHead(
                head.status(),
                head.headers().stream()
                        .map(header -> Map.entry(header.getKey(), SecretFilter.restored(header.getValue(), orgId)))
                        .toList());
        ReplyHead chunked = restored.without("Transfer-Encoding");
        return fault == null ? chunked.without("Content-Length") : chunked;
    }
}

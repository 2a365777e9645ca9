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
package io.github.camelstackai.examples.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What came as the answer to a request.
 *
 * @param answered the time from the request to the head
 * @param received when the head came
 * @param took the time from the request to the end of the body
 */
record Response(Head head, Duration answered, Instant received, List<Piece> pieces, End end, Duration took) {
    private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);
    private static final Set<Integer> REFUSED = Set.of(401, 403);
    private static final int SERVER_ERROR = 500;

    /** @param at the time from the request */
    record Piece(Duration at, byte[] bytes) {}

    /** How the body ended. */
    enum End {
        WHOLE,
        CUT,
        SILENT,
        /** The doctor did not wait for it. */
        LATE,
        /** There is no answer. */
        NONE,
        /** There is no connection. */
        UNCONNECTED
    }

    /**
     * In place of an answer.
     *
     * @param end {@link End#NONE}, {@link End#UNCONNECTED}, or {@link End#LATE} if the doctor did not wait for it
     */
    static Response none(Duration took, End end) {
        return new Response(new Head(0, List.of()), took, Instant.now(), List.of(), end, took);
    }

    /** Whether this is in place of an answer. */
    boolean isNone() {
        return status() == 0;
    }

    int status() {
        return head.status();
    }

    boolean isOk() {
        return status() / 100 == 2;
    }

    boolean isBusy() {
        return BUSY.contains(status());
    }

    /** Whether the service does not accept the credential. */
    boolean isRefused() {
        return REFUSED.contains(status());
    }

    /** Whether the service is busy or fails. */
    boolean isFault() {
        return isBusy() || status() >= SERVER_ERROR;
    }

    /** Whether this is no whole answer, or that of a service that is busy or fails: another call may have another answer. */
    boolean provesNothing() {
        return end != End.WHOLE || isFault();
    }

    byte[] body() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        pieces.forEach(piece -> body.writeBytes(piece.bytes()));
        return body.toByteArray();
    }

    String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }

    /** A missing node if the body is not JSON. */
    JsonNode json() {
        return Json.read(text());
    }

    boolean hasDetail() {
        return json().path("detail").isTextual();
    }

    /** For the terminal, which shortens them: the service's words; may be empty. */
    String detail() {
        JsonNode detail = json().path("detail");
        String words = detail.isMissingNode() ? text() : detail.isTextual() ? detail.asText() : detail.toString();
        return words.replaceAll("\\s+", " ").strip();
    }

    /** Without parameters; {@code no type} for none. */
    String mediaType() {
        String type = Objects.toString(head.header("Content-Type"), "")
                .replaceFirst(";.*", "")
                .strip();
        return type.matches("[\\w.+-]+/[\\w.+-]+") ? type.toLowerCase(Locale.ROOT) : "no type";
    }

    /** Status, type and shape in a few words, without names. */
    String form() {
        if (isNone()) {
            return end == End.LATE
                    ? "no answer within " + took.toSeconds() + " s"
                    : end == End.UNCONNECTED ? "no connection" : "no answer";
        }
        JsonNode json = json();
        String shape =
                json.isMissingNode() ? "no JSON" : json.getNodeType().toString().toLowerCase(Locale.ROOT);
        return "status " + status() + ", " + mediaType() + ", " + (pieces.isEmpty() ? "empty" : shape)
                + (end == End.WHOLE ? "" : ", the body is " + end);
    }

    /** The longest time without a byte of the body, once the head has come. */
    Duration silence() {
        Duration longest = Duration.ZERO;
        Duration last = answered;
        for (Piece piece : pieces) {
            longest = max(longest, piece.at().minus(last));
            last = piece.at();
        }
        return max(longest, took.minus(last));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}

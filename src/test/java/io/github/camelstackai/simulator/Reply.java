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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What the simulator does with one request: the response, its timing, and how the connection fails. Immutable: each method
 * returns a changed copy. No argument may be null.
 *
 * <p>The simulator sends nothing that the reply does not say, so that tests can count bytes: a status line, the headers,
 * {@code Content-Length} or {@code Transfer-Encoding} unless one of them is set explicitly, and the body.
 */
public final class Reply {
    private static final Reply EMPTY = new Reply(ReplyBody.of(ReplyBody.Framing.LENGTH, List.of()));

    final ReplyHead head;
    final ReplyBody body;
    final ReplyTiming timing;
    final ConnectionEffects effects;

    private Reply(ReplyHead head, ReplyBody body, ReplyTiming timing, ConnectionEffects effects) {
        this.head = head;
        this.body = body;
        this.timing = timing;
        this.effects = effects;
    }

    private Reply(ReplyBody body) {
        this(ReplyHead.OK, body, ReplyTiming.IMMEDIATE, ConnectionEffects.NONE);
    }

    /** The answer of StackAI to the request. Timing and faults can be set; status, headers and body cannot. */
    public static Reply usual() {
        return new Reply(ReplyBody.USUAL);
    }

    /**
     * Status 200 with JSON. A {@code String} is sent unchanged, any other value is written as JSON.
     *
     * @throws IllegalArgumentException if the value has no JSON form
     */
    public static Reply json(Object json) {
        return text(json instanceof String text ? text : JsonCodec.text(json)).contentType("application/json");
    }

    /** An error in StackAI's format: {@code {"detail": …}}. */
    public static Reply error(int status, Object detail) {
        return json(Map.of("detail", detail)).withStatus(status);
    }

    /** Status 200 with UTF-8 text. */
    public static Reply text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8)).contentType("text/plain; charset=utf-8");
    }

    /** Status 200 with these bytes, without a content type. */
    public static Reply bytes(byte[] bytes) {
        return new Reply(ReplyBody.of(ReplyBody.Framing.LENGTH, List.of(Segment.of(null, bytes))));
    }

    /** Status 200 with one HTTP chunk for each text, in UTF-8, like a stream of JSON Lines. */
    public static Reply chunks(String... chunks) {
        List<Segment> segments = Arrays.stream(chunks).map(Segment::utf8).toList();
        return new Reply(ReplyBody.of(ReplyBody.Framing.CHUNKED, segments)).contentType("application/json");
    }

    /**
     * Status 200 with a chunked body of unknown length. An I/O thread asks {@code source} for the next bytes when the socket
     * has accepted the previous ones, except for a buffer of 2 KiB; null ends the body. If {@code source} throws, the
     * connection is reset. See {@link RecordedRequest#bytesSent()}.
     */
    public static Reply streaming(Supplier<byte[]> source) {
        return new Reply(ReplyBody.of(ReplyBody.Framing.CHUNKED, BodySource.of(source)))
                .contentType("application/json");
    }

    /** These ISO 8859-1 characters instead of an HTTP response; then the connection is closed. */
    public static Reply raw(String text) {
        return new Reply(ReplyBody.of(ReplyBody.Framing.RAW, List.of(Segment.latin1(null, text))));
    }

    /** As {@link #streaming}, but instead of an HTTP response: for example a head without end. */
    public static Reply raw(Supplier<byte[]> source) {
        return new Reply(ReplyBody.of(ReplyBody.Framing.RAW, BodySource.of(source)));
    }

    static Reply of(ReplyHead head, ReplyBody body) {
        return new Reply(head, body, ReplyTiming.IMMEDIATE, ConnectionEffects.NONE);
    }

    /** No byte, but this fault. */
    static Reply nothing(ConnectionFault.Kind fault) {
        return EMPTY.with(EMPTY.effects.with(ConnectionFault.of(fault, 0)));
    }

    /** No byte; the connection stays open. */
    public static Reply never() {
        return EMPTY.silentAfter(0);
    }

    /** A TCP reset instead of a response. */
    public static Reply reset() {
        return EMPTY.resetAfter(0);
    }

    /** A regular close instead of a response. */
    public static Reply close() {
        return EMPTY.closeAfter(0);
    }

    /** Sets the status, which is at least 200 and at most 999: any other is an {@code IllegalArgumentException}. */
    public Reply withStatus(int status) {
        return new Reply(head.withStatus(status), body, timing, effects);
    }

    /** Replaces all headers of that name, which ignores case. */
    public Reply header(String name, String value) {
        return new Reply(head.without(name).with(name, value), body, timing, effects);
    }

    /** Adds a header and keeps others of that name. */
    public Reply addHeader(String name, String value) {
        return new Reply(head.with(name, value), body, timing, effects);
    }

    public Reply contentType(String contentType) {
        return header("Content-Type", contentType);
    }

    /** Adds an HTTP chunk, in UTF-8. */
    public Reply chunk(String chunk) {
        return with(body.plus(Segment.utf8(chunk)));
    }

    /** Adds an HTTP chunk, in UTF-8, that is sent {@code pause} after the previous one. */
    public Reply chunk(Duration pause, String chunk) {
        return with(body.plus(Segment.utf8(pause, chunk)));
    }

    /** Adds an HTTP chunk of bytes, for example half a character. */
    public Reply chunk(Duration pause, byte[] chunk) {
        return with(body.plus(Segment.of(pause, chunk)));
    }

    /** Sends neither {@code Content-Length} nor chunks: the body ends when the connection is closed. */
    public Reply untilClose() {
        return with(body.with(ReplyBody.Framing.UNTIL_CLOSE));
    }

    /** Sends the head this long after the request has arrived. */
    public Reply after(Duration pause) {
        return with(timing.withBeforeHead(pause));
    }

    /** Sends the head when {@code signal} has completed, normally or not. The pause of {@link #after} follows it. */
    public Reply when(CompletionStage<?> signal) {
        return with(timing.withSignal(signal));
    }

    /** Sends the body this long after the head. */
    public Reply bodyAfter(Duration pause) {
        return with(timing.withBeforeBody(pause));
    }

    /** Waits this long between two chunks, unless a chunk has a pause of its own. */
    public Reply chunkEvery(Duration pause) {
        return with(timing.withBetweenSegments(pause));
    }

    /**
     * Sends at most {@code bytes} of the response, head included, at a time and waits for {@code pause} after each time.
     *
     * @throws IllegalArgumentException if {@code bytes} is less than 1 or {@code pause} is negative
     */
    public Reply trickle(int bytes, Duration pause) {
        return with(effects.with(new Throttle(bytes, pause)));
    }

    /** A TCP reset when the socket has accepted this many bytes of the response, head included. */
    public Reply resetAfter(long bytes) {
        return with(effects.with(ConnectionFault.of(ConnectionFault.Kind.RESET, bytes)));
    }

    /** A regular close when the socket has accepted this many bytes of the response, head included. */
    public Reply closeAfter(long bytes) {
        return with(effects.with(ConnectionFault.of(ConnectionFault.Kind.CLOSE, bytes)));
    }

    /** Silence on an open connection when the socket has accepted this many bytes of the response, head included. */
    public Reply silentAfter(long bytes) {
        return with(effects.with(ConnectionFault.of(ConnectionFault.Kind.SILENCE, bytes)));
    }

    /**
     * A TCP reset after the body, instead of its end (the last chunk, the close). It follows the last byte without a pause,
     * so that most clients find both at once. With TLS the last bytes may be lost.
     */
    public Reply thenReset() {
        return with(effects.with(ConnectionFault.atEnd(ConnectionFault.Kind.RESET)));
    }

    /** A regular close after the body, instead of its end, without a pause: a truncated response. */
    public Reply thenClose() {
        return with(effects.with(ConnectionFault.atEnd(ConnectionFault.Kind.CLOSE)));
    }

    /** Silence after the body, instead of its end. */
    public Reply thenSilence() {
        return with(effects.with(ConnectionFault.atEnd(ConnectionFault.Kind.SILENCE)));
    }

    /**
     * Starts the reply before the simulator reads the request's body, which it then does not record. For
     * {@link StackAiSimulator#enqueue} alone: a script sees the body, so its reply starts after that.
     */
    public Reply beforeBody() {
        return with(effects.startingAfter(0));
    }

    /** As {@link #beforeBody}, but when the simulator has read {@code bytes} of the body. */
    public Reply duringBody(long bytes) {
        return with(effects.startingAfter(bytes));
    }

    /**
     * Reads at most {@code bytes} of the request's body at a time and waits for {@code pause} after each time. What came with
     * the head is read at once. For {@link StackAiSimulator#enqueue} alone.
     *
     * @throws IllegalArgumentException if {@code bytes} is less than 1 or {@code pause} is negative
     */
    public Reply readingSlowly(int bytes, Duration pause) {
        return with(effects.reading(new Throttle(bytes, pause)));
    }

    /**
     * Sends these ISO 8859-1 characters, which belong to no request, after the complete response. Without a pause they are
     * in the same packet as its end. With one they may fall into the response to another request.
     */
    public Reply followedBy(Duration pause, String text) {
        return with(effects.followedBy(Segment.latin1(pause, text)));
    }

    private Reply with(ReplyBody newBody) {
        return new Reply(head, newBody, timing, effects);
    }

    Reply with(ReplyTiming newTiming) {
        return new Reply(head, body, newTiming, effects);
    }

    Reply with(ConnectionEffects newEffects) {
        return new Reply(head, body, timing, newEffects);
    }
}

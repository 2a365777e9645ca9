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
import java.util.stream.Stream;

/**
 * What the simulator does with one request: an answer, its timing, and how the connection fails. Immutable: each method
 * returns a changed copy.
 *
 * <p>What is sent is what is said here and no header more, so that bytes can be counted: a status line, the headers,
 * {@code Content-Length} or {@code Transfer-Encoding} unless one of them was set by hand, the body.
 */
public final class Reply {
    private static final Reply NOTHING = new Reply(ReplyBody.of(ReplyBody.Framing.LENGTH, List.of()));

    final ReplyHead head;
    final ReplyBody body; // null: as the service would answer
    final ReplyTiming pace;
    final ConnectionEffects effects;

    private Reply(ReplyHead head, ReplyBody body, ReplyTiming pace, ConnectionEffects effects) {
        this.head = head;
        this.body = body;
        this.pace = pace;
        this.effects = effects;
    }

    private Reply(ReplyBody body) {
        this(ReplyHead.OK, body, ReplyTiming.AT_ONCE, ConnectionEffects.NONE);
    }

    /** The answer that StackAI would give to the request, to be delayed or cut; status, headers and body stay its own. */
    public static Reply usual() {
        return new Reply(null);
    }

    /** Status 200 and this JSON: a {@code String} is sent as it is, anything else is written as JSON. */
    public static Reply json(Object json) {
        byte[] bytes = json instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : JsonCodec.bytes(json);
        return bytes(bytes).contentType("application/json");
    }

    /** An error as StackAI writes it: {@code {"detail": …}}. */
    public static Reply error(int status, Object detail) {
        return json(Map.of("detail", detail)).withStatus(status);
    }

    /** Status 200 and UTF-8 text. */
    public static Reply text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8)).contentType("text/plain; charset=utf-8");
    }

    /** Status 200 and these bytes, without a content type. */
    public static Reply bytes(byte[] bytes) {
        return new Reply(ReplyBody.of(ReplyBody.Framing.LENGTH, List.of(Segment.of(bytes.clone()))));
    }

    /** Status 200 and each text an HTTP chunk of its own, as a stream of JSON Lines is sent. */
    public static Reply chunks(String... chunks) {
        return chunks(Arrays.stream(chunks).map(chunk -> chunk.getBytes(StandardCharsets.UTF_8)));
    }

    static Reply chunks(Stream<byte[]> chunks) {
        List<Segment> pieces = chunks.map(Segment::of).toList();
        return new Reply(ReplyBody.of(ReplyBody.Framing.CHUNKED, pieces)).contentType("application/json");
    }

    /**
     * Status 200 and a body without a known end. {@code source} is asked for the next bytes, on an I/O thread, only when
     * the socket has taken those before (but for a buffer of 2 KiB); null is the end. How many bytes the socket has
     * taken: {@link RecordedRequest#bytesSent()}.
     */
    public static Reply streaming(Supplier<byte[]> source) {
        return new Reply(ReplyBody.of(ReplyBody.Framing.CHUNKED, source)).contentType("application/json");
    }

    /** These characters (ISO 8859-1) in place of an HTTP response; then the connection is closed. */
    public static Reply raw(String text) {
        return new Reply(
                ReplyBody.of(ReplyBody.Framing.RAW, List.of(Segment.of(text.getBytes(StandardCharsets.ISO_8859_1)))));
    }

    /** As {@link #streaming}, in place of an HTTP response: a head without end, for one. */
    public static Reply raw(Supplier<byte[]> source) {
        return new Reply(ReplyBody.of(ReplyBody.Framing.RAW, source));
    }

    /** No byte, ever; the connection stays open. */
    public static Reply never() {
        return NOTHING.silentAfter(0);
    }

    /** A TCP reset in place of a response. */
    public static Reply reset() {
        return NOTHING.resetAfter(0);
    }

    /** A regular close in place of a response. */
    public static Reply close() {
        return NOTHING.closeAfter(0);
    }

    public Reply withStatus(int status) {
        return new Reply(head.withStatus(status), body, pace, effects);
    }

    /** Sets a header, in place of any of that name. */
    public Reply header(String name, String value) {
        return new Reply(head.without(name).with(name, value), body, pace, effects);
    }

    /** Adds a header to those of that name. */
    public Reply addHeader(String name, String value) {
        return new Reply(head.with(name, value), body, pace, effects);
    }

    public Reply contentType(String contentType) {
        return header("Content-Type", contentType);
    }

    /** Adds an HTTP chunk. */
    public Reply chunk(String chunk) {
        return plus(Segment.of(chunk.getBytes(StandardCharsets.UTF_8)));
    }

    /** Adds an HTTP chunk that is sent {@code pause} after what is before it. */
    public Reply chunk(Duration pause, String chunk) {
        return chunk(pause, chunk.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds an HTTP chunk of bytes, half a character for one. */
    public Reply chunk(Duration pause, byte[] chunk) {
        return plus(Segment.of(pause, chunk.clone()));
    }

    private Reply plus(Segment piece) {
        return new Reply(head, answer().plus(piece), pace, effects);
    }

    /** Neither {@code Content-Length} nor chunks: the end of the connection is the end of the body. */
    public Reply untilClose() {
        return new Reply(head, answer().with(ReplyBody.Framing.UNTIL_CLOSE), pace, effects);
    }

    /** The head is sent this long after the request has arrived. */
    public Reply after(Duration pause) {
        return new Reply(head, body, pace.withBeforeHead(pause), effects);
    }

    /** The head is sent once {@code signal} has completed, well or not; {@link #after} counts from there. */
    public Reply when(CompletionStage<?> signal) {
        return new Reply(head, body, pace.withSignal(signal), effects);
    }

    /** The body is sent this long after the head. */
    public Reply bodyAfter(Duration pause) {
        return new Reply(head, body, pace.withBeforeBody(pause), effects);
    }

    /** The pause between chunks that bring none of their own. */
    public Reply chunkEvery(Duration pause) {
        return new Reply(head, body, pace.withBetweenPieces(pause), effects);
    }

    /** The whole response, head included, is sent in pieces of {@code bytes} with a pause after each. */
    public Reply trickle(int bytes, Duration pause) {
        return with(effects.with(new Throttle(bytes, pause)));
    }

    /** A TCP reset as soon as the socket has taken this many bytes of the response, head included. */
    public Reply resetAfter(long bytes) {
        return with(effects.with(ConnectionFault.of(ConnectionFault.Kind.RESET, bytes)));
    }

    /** A regular close as soon as the socket has taken this many bytes of the response, head included. */
    public Reply closeAfter(long bytes) {
        return with(effects.with(ConnectionFault.of(ConnectionFault.Kind.CLOSE, bytes)));
    }

    /** Silence on an open connection once the socket has taken this many bytes of the response, head included. */
    public Reply silentAfter(long bytes) {
        return with(effects.with(ConnectionFault.of(ConnectionFault.Kind.SILENCE, bytes)));
    }

    /** A TCP reset after the body, in place of its end (the last chunk, the close). */
    public Reply thenReset() {
        return with(effects.with(new ConnectionFault(ConnectionFault.Kind.RESET, ConnectionFault.AT_END)));
    }

    /** A regular close after the body, in place of its end: a truncated response. */
    public Reply thenClose() {
        return with(effects.with(new ConnectionFault(ConnectionFault.Kind.CLOSE, ConnectionFault.AT_END)));
    }

    /** Silence after the body, in place of its end. */
    public Reply thenSilence() {
        return with(effects.with(new ConnectionFault(ConnectionFault.Kind.SILENCE, ConnectionFault.AT_END)));
    }

    /**
     * The reply starts once the request's head has arrived, before its body is read; the request is recorded without a
     * body. Only for {@link StackAiSimulator#enqueue}: a script sees the body, so its reply comes after that.
     */
    public Reply beforeBody() {
        return with(effects.early());
    }

    private Reply with(ConnectionEffects newEffects) {
        return new Reply(head, body, pace, newEffects);
    }

    private ReplyBody answer() {
        if (body == null) {
            throw new IllegalStateException("The usual answer has a body of its own");
        }
        return body;
    }

    /** This reply; where it leaves the answer to the service, with the answer that {@code service} gives. */
    Reply resolve(Supplier<Reply> service) {
        if (body != null) {
            return this;
        }
        Reply usual = service.get();
        return new Reply(usual.head, usual.body, pace.orElse(usual.pace), effects);
    }
}

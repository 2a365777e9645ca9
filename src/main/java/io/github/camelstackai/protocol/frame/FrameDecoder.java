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
package io.github.camelstackai.protocol.frame;

import io.github.camelstackai.protocol.Json;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Decodes the frames of a stream's body, however its bytes are split. JSON Lines and server-sent events are distinguished line by
 * line, whatever the request asked for and the response claims. What is neither a JSON object nor a field of server-sent events is
 * an error, so that nothing is lost silently; an object or event without any part of a frame, such as a keep-alive, is skipped.
 * Whatever follows a terminal frame is ignored. Never blocks; not thread-safe.
 */
public final class FrameDecoder {
    private static final Slice NOTHING = Slice.of("");
    private static final Slice OBJECT = Slice.of("{");

    /** Prefixes that a truncated last line may have, besides a JSON object. */
    private static final List<Slice> PREFIXES = Stream.concat(
                    Stream.of(SseEvent.DONE, LineDecoder.BYTE_ORDER_MARK),
                    Arrays.stream(SseField.values()).map(SseField::nameAndColon))
            .toList();

    private final LineDecoder lines;
    private final FrameMapper mapper;
    private final SseEvent event = new SseEvent();
    private final int maxFrameSize;
    private final Consumer<Frame> sink;
    private boolean ended; // written by emit
    private boolean finishing; // written by finish

    /**
     * @param maxFrameSize in bytes, of a line, or of all lines of one event
     * @param verbose whether the service was asked for the full model; if not, an object without a key of a frame is the outputs
     * @param sink receives each frame, on the thread that feeds, as soon as its last line ends
     */
    public FrameDecoder(Json json, int maxFrameSize, boolean verbose, Consumer<Frame> sink) {
        this.lines = new LineDecoder(maxFrameSize, this::line);
        this.mapper = new FrameMapper(json, verbose);
        this.maxFrameSize = maxFrameSize;
        this.sink = sink;
    }

    /**
     * Decodes all remaining bytes of the buffer, and keeps no reference to it.
     *
     * @throws StreamDecodingException if the stream is malformed; no further calls may be made
     */
    public void feed(ByteBuffer bytes) throws StreamDecodingException {
        lines.feed(bytes);
    }

    /** As {@link #feed(ByteBuffer)}, of {@code length} bytes from {@code offset}. */
    public void feed(byte[] bytes, int offset, int length) throws StreamDecodingException {
        lines.feed(bytes, offset, length);
    }

    /**
     * Decodes a last frame without a line end or blank line, at the end of the body. A truncated one is dropped. Unless
     * {@link #ended()} is true after this call, the stream is truncated. No further calls may be made.
     *
     * @throws StreamDecodingException if the rest is not the beginning of a frame either
     */
    public void finish() throws StreamDecodingException {
        finishing = true;
        lines.finish();
        if (!ended) {
            dispatch();
        }
    }

    /** Whether a terminal frame has been emitted. */
    public boolean ended() {
        return ended;
    }

    /** How many bytes are held, never more than {@code maxFrameSize}. */
    int bufferedBytes() {
        return lines.bufferedBytes() + event.bufferedBytes();
    }

    private void line(Slice line) throws StreamDecodingException {
        SseField field = line.isEmpty() ? null : SseField.of(line);
        if (line.isEmpty()) {
            dispatch();
        } else if (field != null) {
            field(field, field.valueIn(line));
        } else if (!line.strip().isEmpty()) {
            bareLine(line.strip());
        }
        lines.limit(maxFrameSize - event.bufferedBytes());
    }

    private void field(SseField field, Slice value) throws StreamDecodingException {
        switch (field) {
            case DATA -> data(value);
            case EVENT -> event.name(value);
            default -> {} // a comment is a heartbeat; id and retry serve to resume streams, which the service does not
        }
    }

    /** Emits an object on one line at once: no blank line follows a JSON line with a stray prefix. */
    private void data(Slice value) throws StreamDecodingException {
        Slice line = value.strip();
        Map<String, Object> object = event.hasData() ? null : mapper.parse(line);
        if (object != null || (!event.hasData() && line.sameAs(SseEvent.DONE))) {
            dispatch(line, object);
        } else {
            event.add(value);
        }
    }

    /** A line without a field name is a frame of its own, or the data of an event whose name precedes it. */
    private void bareLine(Slice line) throws StreamDecodingException {
        if (line.at(0) == '{' && !finishing && event.isBlank()) {
            emit(mapper.object(line, SseEvent.Meaning.PLAIN)); // as nearly all lines are
            return;
        }
        boolean frame = line.at(0) == '{' || line.sameAs(SseEvent.DONE) || event.meaning() != SseEvent.Meaning.PLAIN;
        if (frame && !event.hasData()) {
            dispatch(line, mapper.parse(line));
        } else if (!isTruncated(line)) {
            throw StreamDecodingException.malformed("a JSON object or a server-sent event", line, null);
        }
    }

    private void dispatch() throws StreamDecodingException {
        Slice data = event.data();
        dispatch(data, mapper.parse(data));
    }

    /** @param object that {@code data} holds; null if it is not a JSON object */
    private void dispatch(Slice data, Map<String, Object> object) throws StreamDecodingException {
        SseEvent.Meaning meaning = event.meaning();
        event.clear();
        if (meaning == SseEvent.Meaning.ERROR) {
            emit(mapper.failure(data));
        } else if (object != null) {
            emit(mapper.frame(object, data, meaning));
        } else if (!isTruncated(data)) {
            withoutObject(data, meaning);
        }
    }

    private void withoutObject(Slice data, SseEvent.Meaning meaning) throws StreamDecodingException {
        boolean object = data.startsWith(OBJECT); // an invalid one
        if (data.sameAs(SseEvent.DONE)) {
            emit(mapper.end(NOTHING));
        } else if (meaning == SseEvent.Meaning.END && !object) {
            emit(mapper.end(data));
        } else if (!data.isEmpty() && (object || meaning == SseEvent.Meaning.PLAIN)) {
            emit(mapper.object(data, meaning)); // which throws
        }
    }

    /** Whether this is an incomplete last frame, caused by truncation. */
    private boolean isTruncated(Slice data) {
        return finishing
                && !data.isEmpty()
                && (mapper.isUnfinished(data) || PREFIXES.stream().anyMatch(data::isPrefixOf));
    }

    /** @param frame null for what is none */
    private void emit(Frame frame) {
        if (frame == null) {
            return;
        }
        ended = frame.terminal();
        if (ended) {
            lines.stop();
        }
        sink.accept(frame);
    }
}

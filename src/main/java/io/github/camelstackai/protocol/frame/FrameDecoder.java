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
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes frames of the bytes of a stream's body, however these are cut into pieces. JSON Lines and server-sent events are
 * told apart line by line, whatever the request asked for and the response claims. Everything is refused that is neither
 * a JSON object nor a field of server-sent events, so that nothing is lost silently. Once a terminal frame has been
 * handed on, whatever follows is ignored. Never blocks; not thread-safe.
 */
public final class FrameDecoder {
    private static final Slice NOTHING = Slice.of("");

    /** Whatever a line that the end of the body cut short may have been meant to be, but for an object. */
    private static final List<Slice> BEGINNINGS = Stream.concat(
                    Stream.of(SseEvent.DONE, LineDecoder.BYTE_ORDER_MARK),
                    Arrays.stream(SseField.values()).map(SseField::nameAndColon))
            .toList();

    private final LineDecoder lines;
    private final FrameMapper reader;
    private final SseEvent event;
    private final int maxFrameSize;
    private final Consumer<Frame> sink;
    private boolean ended; // set by emit
    private boolean finishing; // set by finish

    /**
     * Hands each frame to {@code sink}, in the thread that feeds, as soon as the frame's last line has ended.
     *
     * @param maxFrameSize in bytes, of a line, or of all lines of one event
     */
    public FrameDecoder(Json json, int maxFrameSize, Consumer<Frame> sink) {
        this.lines = new LineDecoder(maxFrameSize, this::line);
        this.reader = new FrameMapper(json);
        this.event = new SseEvent(maxFrameSize);
        this.maxFrameSize = maxFrameSize;
        this.sink = sink;
    }

    /**
     * Takes all remaining bytes of the buffer, and keeps no reference to it.
     *
     * @throws StreamDecodingException when the stream is broken; no further calls may be made
     */
    public void feed(ByteBuffer bytes) throws StreamDecodingException {
        lines.feed(bytes);
    }

    /** As {@link #feed(ByteBuffer)}, of {@code length} bytes from {@code offset} on. */
    public void feed(byte[] bytes, int offset, int length) throws StreamDecodingException {
        lines.feed(bytes, offset, length);
    }

    /**
     * Hands on a last frame that no line end or blank line followed, once nothing more is to come. One that was cut off
     * is dropped. Unless {@link #ended()} is true now, the stream is truncated. No further calls may be made.
     *
     * @throws StreamDecodingException when what is left is no beginning of a frame either
     */
    public void finish() throws StreamDecodingException {
        finishing = true;
        lines.finish();
        if (!ended) {
            dispatch();
        }
    }

    /** Whether a terminal frame has been handed on. */
    public boolean ended() {
        return ended;
    }

    /** How many bytes are kept, which is never more than {@code maxFrameSize}. */
    int held() {
        return lines.held() + event.held();
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
        lines.limit(maxFrameSize - event.held());
    }

    private void field(SseField field, Slice value) throws StreamDecodingException {
        switch (field) {
            case DATA -> data(value);
            case EVENT -> event.name(value);
            default -> {} // a comment is a heartbeat; streams cannot be resumed, which is what id and retry are for
        }
    }

    /** Hands complete data on at once: a JSON line with a stray prefix is followed by no blank line. */
    private void data(Slice value) throws StreamDecodingException {
        event.add(value);
        if (event.isComplete()) {
            dispatch();
        }
    }

    /** A line without a field's name is a frame of its own, or stands in for the data of an event that has a name. */
    private void bareLine(Slice line) throws StreamDecodingException {
        if (line.at(0) == '{' && !finishing && event.isBlank()) {
            emit(reader.object(line, SseEvent.Meaning.PLAIN)); // as nearly all lines are
            return;
        }
        boolean frame = line.at(0) == '{' || line.sameAs(SseEvent.DONE) || event.meaning() != SseEvent.Meaning.PLAIN;
        if (frame && !event.hasData()) {
            event.addWhole(line);
            dispatch();
        } else if (!isCutOff(ObjectScanner.State.OTHER, line)) {
            throw StreamDecodingException.malformed("a JSON object or a server-sent event", line, null);
        }
    }

    private void dispatch() throws StreamDecodingException {
        Slice data = event.data();
        boolean error = event.meaning() == SseEvent.Meaning.ERROR;
        if (!error && finishing && isCutOff(event.state(), data)) {
            return;
        }
        if (error) {
            emit(reader.failure(data));
        } else if (data.sameAs(SseEvent.DONE)) {
            emit(reader.end(NOTHING));
        } else if (event.meaning() == SseEvent.Meaning.END && !event.holdsObject()) {
            emit(reader.end(data));
        } else if (event.hasData()) {
            emit(reader.object(data, event.meaning()));
        }
        event.clear();
    }

    /** Whether the body ended before this could become what it may have been meant to be. */
    private boolean isCutOff(ObjectScanner.State state, Slice data) {
        return finishing
                && (state == ObjectScanner.State.OPEN
                        || (state == ObjectScanner.State.OTHER
                                && BEGINNINGS.stream().anyMatch(data::isBeginningOf)));
    }

    private void emit(Frame frame) {
        ended = frame.terminal();
        if (ended) {
            lines.stop();
        }
        sink.accept(frame);
    }
}

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
package io.github.camelstackai.http.apache;

import io.github.camelstackai.http.RequestBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/**
 * Sends a {@link RequestBody} piece by piece, as the connection accepts it. The last piece is sent only if the content is as long
 * as it was announced: HttpCore 5.3 ends content that is too short as if it were complete.
 */
final class BodyProducer implements AsyncEntityProducer {
    private static final int MAX_PIECE = 32 * 1024;
    /** The last piece of a longer content has these bytes at least: a form is incomplete without them. */
    private static final int MIN_TAIL = 64;

    private final RequestBody body;
    private final long length;
    private final AtomicReference<Stage> stage;
    private final Runnable accepted;
    /** Null until opened. Written by the thread that sends, before it sends. */
    private volatile SharedContent content;
    /** What was read and not sent. Used by the I/O thread, once opened. */
    private ByteBuffer piece;
    /** Bytes read so far. Used as {@link #piece}. */
    private long position;

    /**
     * @param stage of the attempt
     * @param accepted runs, on the I/O thread, when the connection has accepted a part of the content
     */
    BodyProducer(RequestBody body, AtomicReference<Stage> stage, Runnable accepted) {
        this.body = body;
        this.length = body.length();
        this.stage = stage;
        this.accepted = accepted;
    }

    /** @param body null for none; the result then is null */
    static BodyProducer of(RequestBody body, AtomicReference<Stage> stage, Runnable accepted) {
        return body == null ? null : new BodyProducer(body, stage, accepted);
    }

    /** Opens the content at its start, again if it was opened before. */
    void open() throws UnreadableContentException {
        close();
        try {
            content = new SharedContent(body.open());
        } catch (Throwable e) {
            throw new UnreadableContentException(e);
        }
        position = 0;
        piece = ByteBuffer.allocate((int) Math.min(length, MAX_PIECE) + 1).limit(0);
        if (stage.get() == Stage.CLOSED) {
            close(); // aborted meanwhile, on another thread
        }
    }

    /** Closes the content. Thread-safe; does not block. */
    void close() {
        SharedContent open = content;
        if (open != null) {
            open.close();
        }
    }

    /** Whether the connection has accepted all. Called by the I/O thread. */
    boolean isComplete() {
        return position == length && !piece.hasRemaining();
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        if (!piece.hasRemaining()) {
            readPiece();
        }
        if (channel.write(piece) > 0) {
            accepted.run();
        }
        if (isComplete()) {
            channel.endStream();
        }
    }

    private void readPiece() throws IOException {
        int wanted = nextLength();
        boolean last = position + wanted == length;
        int read = read(piece.array(), last ? wanted + 1 : wanted); // one more shows that the content is too long
        if (read < wanted) {
            throw new UnreadableContentException("it ended after " + (position + read) + " of " + length + " bytes");
        }
        if (read > wanted) {
            throw new UnreadableContentException("it has more than the " + length + " bytes that were announced");
        }
        position += wanted;
        piece.clear().limit(wanted);
        if (last) {
            close();
            completing();
        }
    }

    private int nextLength() {
        long left = length - position;
        return left > MAX_PIECE && left < MAX_PIECE + MIN_TAIL ? MAX_PIECE - MIN_TAIL : (int) Math.min(MAX_PIECE, left);
    }

    /** The last piece is sent next. */
    private void completing() throws RequestNotExecutedException {
        if (stage.updateAndGet(Stage::sent) != Stage.SENT) {
            throw new RequestNotExecutedException();
        }
    }

    private int read(byte[] target, int bytes) throws UnreadableContentException {
        try {
            return content.read(target, bytes);
        } catch (Throwable e) { // also an Error: it ends this call, and no I/O thread
            throw new UnreadableContentException(e);
        }
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public int available() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String getContentType() {
        return null; // a header of the request
    }

    @Override
    public String getContentEncoding() {
        return null;
    }

    @Override
    public boolean isChunked() {
        return false;
    }

    @Override
    public Set<String> getTrailerNames() {
        return Set.of();
    }

    @Override
    public void failed(Exception cause) {
        close();
    }

    @Override
    public void releaseResources() {
        close();
    }
}

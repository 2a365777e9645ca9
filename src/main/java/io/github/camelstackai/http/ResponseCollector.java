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
package io.github.camelstackai.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads a response into memory up to a limit. A body beyond the limit ends the call: the result is what has been read, marked
 * as incomplete. So is an error response whose body breaks off, since its status alone says what became of the request.
 */
public final class ResponseCollector implements ResponseReceiver {
    private final int maxSize;
    private final int maxErrorSize;
    private final Consumer<CollectedResponse> handler;
    private final FailureHandler failureHandler;
    private final Body body = new Body();
    /** Written once, with the head, by the I/O thread that calls. */
    private ResponseHead head;

    /**
     * @param maxSize bytes of a 2xx response
     * @param maxErrorSize bytes of any other
     * @param handler receives the response, on an I/O or timer thread
     * @param failureHandler receives the failure of a call without a response, on an I/O or timer thread
     */
    public ResponseCollector(
            int maxSize, int maxErrorSize, Consumer<CollectedResponse> handler, FailureHandler failureHandler) {
        this.maxSize = maxSize;
        this.maxErrorSize = maxErrorSize;
        this.handler = handler;
        this.failureHandler = failureHandler;
    }

    @Override
    public int head(ResponseHead head, HttpCall call) {
        this.head = head;
        return Integer.MAX_VALUE;
    }

    @Override
    public void body(ByteBuffer bytes) throws IOException {
        int limit = head.successful() ? maxSize : maxErrorSize;
        int room = limit - body.size;
        boolean fits = bytes.remaining() <= room;
        body.append(bytes, Math.min(room, bytes.remaining()));
        if (!fits) {
            throw new TooLargeException(limit);
        }
    }

    @Override
    public void end() {
        collected(true);
    }

    @Override
    public void failed(Throwable cause, boolean sent) {
        if (head != null && (cause instanceof TooLargeException || !head.successful())) {
            collected(false);
        } else {
            failureHandler.failed(cause, sent);
        }
    }

    private void collected(boolean complete) {
        handler.accept(new CollectedResponse(head, body.toByteArray(), complete));
    }

    /** Ends the call. */
    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(int limit) {
            super("response body exceeds " + limit + " bytes");
        }
    }

    /** Grows with what arrives, never with what a header announces. A body that arrives in one piece is copied once. */
    private static final class Body {
        private byte[] content = {};
        private int size;

        void append(ByteBuffer bytes, int length) {
            if (length > content.length - size) {
                content = Arrays.copyOf(content, Math.max(size + length, 2 * content.length));
            }
            bytes.get(content, size, length);
            size += length;
        }

        byte[] toByteArray() {
            return size == content.length ? content : Arrays.copyOf(content, size);
        }
    }
}

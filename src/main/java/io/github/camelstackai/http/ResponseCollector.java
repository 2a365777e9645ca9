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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a response into memory up to a limit and no further: beyond it the exchange is closed and what has been read is
 * the result, marked as not complete. So is what has been read of a refusal whose body breaks off.
 */
public final class ResponseCollector implements ResponseReceiver {
    private final int maxSize;
    private final int maxErrorSize;
    private final CompletableFuture<CollectedResponse> response = new CompletableFuture<>();
    private final Buffer body = new Buffer();
    /** Written once, with the head, by the I/O thread that calls. */
    private ResponseHead head;

    /**
     * @param maxSize bytes of a 2xx response
     * @param maxErrorSize bytes of any other
     */
    public ResponseCollector(int maxSize, int maxErrorSize) {
        this.maxSize = maxSize;
        this.maxErrorSize = maxErrorSize;
    }

    /** Completes on an I/O or timer thread: with the response, or exceptionally with an {@link IOException}. */
    public CompletableFuture<CollectedResponse> response() {
        return response;
    }

    @Override
    public int head(ResponseHead head, HttpCall call) {
        this.head = head;
        return Integer.MAX_VALUE;
    }

    @Override
    public void body(ByteBuffer bytes) throws IOException {
        int room = (head.successful() ? maxSize : maxErrorSize) - body.size();
        boolean fits = bytes.remaining() <= room;
        body.write(bytes, Math.min(room, bytes.remaining()));
        if (!fits) {
            complete(false);
            throw new IOException("the response body is larger than there is room for");
        }
    }

    @Override
    public void end() {
        complete(true);
    }

    @Override
    public void failed(IOException cause) {
        if (head != null && !head.successful()) {
            complete(false); // the status says what became of the request, whatever the rest would have been
        } else {
            response.completeExceptionally(cause);
        }
    }

    private void complete(boolean whole) {
        response.complete(new CollectedResponse(head, body.toByteArray(), whole));
    }

    /** Grows with what arrives, never with what a header announces. */
    private static final class Buffer extends ByteArrayOutputStream {
        void write(ByteBuffer bytes, int length) {
            byte[] part = new byte[length];
            bytes.get(part);
            writeBytes(part);
        }
    }
}

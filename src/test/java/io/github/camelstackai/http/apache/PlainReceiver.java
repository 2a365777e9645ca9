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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Collects the body of a response, with the capacity and the pauses of a check. */
final class PlainReceiver implements AsyncResponseConsumer<String> {
    /** What blocks the I/O thread when a head has arrived. */
    interface Pause {
        void await() throws InterruptedException;
    }

    private final int granted;
    private final Pause pause;
    private final AtomicReference<String> text = new AtomicReference<>("");
    /** Completed when the connection first asks for capacity. */
    final CompletableFuture<CapacityChannel> capacity = new CompletableFuture<>();

    private FutureCallback<String> done;

    /** @param granted the bytes that are granted each time the connection asks */
    PlainReceiver(int granted, Pause pause) {
        this.granted = granted;
        this.pause = pause;
    }

    static PlainReceiver unlimited() {
        return new PlainReceiver(Integer.MAX_VALUE, () -> {});
    }

    int received() {
        return text.get().length();
    }

    @Override
    public void consumeResponse(
            HttpResponse response, EntityDetails entity, HttpContext context, FutureCallback<String> callback) {
        done = callback;
        try {
            pause.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (entity == null) {
            callback.completed("");
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        capacity.complete(channel);
        if (granted > 0) {
            channel.update(granted);
        }
    }

    @Override
    public void consume(ByteBuffer source) {
        text.accumulateAndGet(StandardCharsets.US_ASCII.decode(source).toString(), String::concat);
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        done.completed(text.get());
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // is not the answer
    }

    @Override
    public void failed(Exception cause) {
        // the future of the call has the failure
    }

    @Override
    public void releaseResources() {
        // holds none
    }
}

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Passes what the HTTP client reports of an exchange on to its {@link HttpCall}, on the client's I/O threads. */
final class CallExchange implements AsyncResponseConsumer<Void>, FutureCallback<Void> {
    private final HttpCall call;
    /** Set by the I/O thread with the head, used by it at the end of the body. */
    private FutureCallback<Void> done;

    CallExchange(HttpCall call) {
        this.call = call;
    }

    @Override
    public void consumeResponse(
            HttpResponse response, EntityDetails entity, HttpContext context, FutureCallback<Void> callback)
            throws IOException {
        done = callback;
        call.head(new ResponseHead(response.getCode(), response.getReasonPhrase(), headers(response)));
        if (entity == null) {
            streamEnd(List.of());
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 100-continue and early hints say nothing about the outcome
    }

    @Override
    public void updateCapacity(CapacityChannel channel) {
        call.capacity(channel);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        call.body(bytes);
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        call.bodyEnded();
        done.completed(null);
    }

    @Override
    public void completed(Void nothing) {
        // told by streamEnd
    }

    @Override
    public void failed(Exception cause) {
        call.cancel(TransportFailure.of(cause, call));
    }

    @Override
    public void cancelled() {
        call.cancel(new IOException(call + ": cancelled"));
    }

    @Override
    public void releaseResources() {
        // holds none
    }

    private static Map<String, String> headers(HttpResponse response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName(), header.getValue());
        }
        return headers;
    }
}

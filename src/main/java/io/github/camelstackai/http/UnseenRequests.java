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
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http2.frame.FrameFlag;
import org.apache.hc.core5.http2.frame.FrameType;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.impl.nio.H2StreamListener;

/**
 * Takes back the requests of one HTTP/2 connection that its peer, with GOAWAY, says it has not looked at (RFC 9113, section
 * 6.8). The client would let them wait for an answer that never comes. Used by the connection's I/O thread alone.
 */
final class UnseenRequests implements H2StreamListener {
    /** The peer has not looked at the request. */
    static final class UnseenException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** What this thread is about to write, so that its stream can be told when it is. */
    private static final ThreadLocal<WeakReference<CallExchange>> NEXT = new ThreadLocal<>();

    private final Map<Integer, CallExchange> open = new HashMap<>();

    static void next(CallExchange exchange) {
        NEXT.set(new WeakReference<>(exchange));
    }

    @Override
    public void onHeaderOutput(HttpConnection connection, int stream, List<? extends Header> headers) {
        WeakReference<CallExchange> next = NEXT.get();
        CallExchange exchange = next == null ? null : next.get();
        if (exchange != null) {
            open.put(stream, exchange);
        }
    }

    @Override
    public void onFrameInput(HttpConnection connection, int stream, RawFrame frame) {
        if (frame.isType(FrameType.GOAWAY) && frame.getPayload() != null) {
            takeBack(frame.getPayload());
        } else if (frame.isType(FrameType.RST_STREAM) || frame.isFlagSet(FrameFlag.END_STREAM)) {
            open.remove(stream);
        }
    }

    private void takeBack(ByteBuffer goAway) {
        int lastSeen = goAway.getInt(goAway.position());
        List<Integer> unseen =
                open.keySet().stream().filter(stream -> stream > lastSeen).toList();
        unseen.forEach(stream -> open.remove(stream).failed(new UnseenException()));
    }

    @Override
    public void onHeaderInput(HttpConnection connection, int stream, List<? extends Header> headers) {
        // says nothing about other requests
    }

    @Override
    public void onFrameOutput(HttpConnection connection, int stream, RawFrame frame) {
        // the head is enough
    }

    @Override
    public void onInputFlowControl(HttpConnection connection, int stream, int delta, int size) {
        // the calls keep their windows
    }

    @Override
    public void onOutputFlowControl(HttpConnection connection, int stream, int delta, int size) {
        // the client keeps it
    }
}

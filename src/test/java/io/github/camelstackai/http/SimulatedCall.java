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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A call without a connection: delivers to its receiver what a test says, by the rules of {@link ResponseReceiver}, and records what
 * the receiver does with it.
 */
public final class SimulatedCall implements HttpCall {
    private final ResponseReceiver receiver;
    private volatile long granted;
    private volatile boolean ended;
    private volatile boolean closed;
    private volatile boolean draining;
    private volatile IOException abortedWith;

    public SimulatedCall(ResponseReceiver receiver) {
        this.receiver = receiver;
    }

    /** A head without headers. */
    public static ResponseHead headOf(int status) {
        return new ResponseHead(status, "reason " + status, Map.of(), List.of());
    }

    private interface Delivery {
        void run() throws IOException;
    }

    /** What the receiver throws ends the call, and is passed to the receiver. */
    private SimulatedCall deliver(Delivery delivery) {
        if (!ended) {
            try {
                delivery.run();
            } catch (Throwable e) { // as the transport does
                closed = true;
                fail(e, true);
            }
        }
        return this;
    }

    public SimulatedCall head(int status) {
        return head(headOf(status));
    }

    public SimulatedCall head(ResponseHead head) {
        return deliver(() -> granted = receiver.head(head, this));
    }

    public SimulatedCall body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    public SimulatedCall body(byte[] bytes) {
        return deliver(() -> receiver.body(ByteBuffer.wrap(bytes)));
    }

    public SimulatedCall end() {
        return deliver(() -> {
            receiver.end();
            ended = true;
        });
    }

    /** Delivers a complete response. */
    public SimulatedCall respond(int status, String body) {
        return head(status).body(body).end();
    }

    public SimulatedCall fail(Throwable cause, boolean sent) {
        if (!ended) {
            ended = true;
            receiver.failed(cause, sent);
        }
        return this;
    }

    @Override
    public synchronized void grant(int bytes) {
        granted += bytes;
    }

    @Override
    public void abort(IOException cause) {
        abortedWith = cause;
        fail(cause, true);
    }

    @Override
    public void close() {
        closed = true;
        ended = true;
    }

    @Override
    public void drainThenClose() {
        draining = true;
    }

    /** Bytes that the receiver has accepted, those with the head included. */
    public long granted() {
        return granted;
    }

    /** Whether the connection was closed before the end of the body. */
    public boolean isClosed() {
        return closed;
    }

    public boolean isDraining() {
        return draining;
    }

    /** Null if the call was not aborted. */
    public IOException abortedWith() {
        return abortedWith;
    }
}

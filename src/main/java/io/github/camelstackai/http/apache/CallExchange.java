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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * One attempt to send an {@link ApacheCall}: passes on what the HTTP client reports, on the client's I/O threads, and tracks
 * progress, so that a request that was certainly not sent can be told from one that may have been.
 */
final class CallExchange implements AsyncResponseConsumer<Void>, FutureCallback<Void> {
    private final ApacheCall call;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    /** Null for a request without content. */
    private final BodyProducer body;

    private final HeldConnection connection = new HeldConnection();
    /** Written by the I/O thread before it writes the request. */
    private SentBytesSnapshot snapshot;
    /** Written by the I/O thread with the head, used by it at the end of the body. */
    private FutureCallback<Void> done;

    CallExchange(ApacheCall call) {
        this.call = call;
        this.body =
                BodyProducer.of(call.request().body(), stage, () -> call.timer().touch());
    }

    BodyProducer body() {
        return body;
    }

    HttpHost target() {
        return RequestProducerFactory.target(call.request().base());
    }

    /**
     * Marks the start of a new connection; the DNS lookup may take at most {@code limit}. Returns false if this exchange already
     * lost a connection.
     */
    boolean connecting(Duration limit) {
        Stage before = stage.getAndUpdate(Stage::connecting);
        boolean may = before == Stage.WAITING || before == Stage.CONNECTING || before.isBegun();
        if (may) {
            call.startConnectTimeout("the host name was not resolved", limit);
        }
        return may;
    }

    /** The host name is resolved; from here on HttpClient enforces {@code connectTimeout}. */
    void resolved() {
        call.timer().stopConnectTimeout();
    }

    /** The socket is connected; a proxy may still have to connect to the service, within {@code limit}. */
    void reached(Duration limit) {
        if (stage.get() == Stage.CONNECTING) {
            call.startConnectTimeout("the proxy did not connect", limit);
        }
    }

    /**
     * The connection is established.
     *
     * @param keepAlive how long the connection is kept for other calls if the request is not sent
     * @return null to send the request; otherwise why not
     */
    IOException connected(AsyncExecRuntime leased, TimeValue keepAlive) {
        connection.leased(leased);
        if (stage.updateAndGet(Stage::connected) == Stage.CLOSED) {
            return new IOException("the call has ended; nothing was sent");
        }
        IOException withdrawal = withdrawal();
        if (withdrawal == null) {
            call.timer().startResponseTimeout();
        } else {
            leased.markConnectionReusable(RestingConnections.UNUSED, keepAlive);
            leased.releaseEndpoint();
            call.abort(withdrawal);
        }
        return withdrawal;
    }

    /**
     * Opens the content. Whatever is thrown ends this call, and not the call on whose thread the connection became free.
     *
     * @return null if the request can be sent
     */
    private IOException withdrawal() {
        try {
            IOException withdrawal = call.withdrawal();
            if (withdrawal == null && body != null) {
                body.open();
            }
            return withdrawal;
        } catch (UnreadableContentException e) {
            return TransportErrorMapper.unreadable(e, Stage.CONNECTED, call);
        } catch (Throwable e) {
            return new IOException(call + ": could not be sent; nothing was sent", e);
        }
    }

    /**
     * The request is written next.
     *
     * @throws RequestNotExecutedException if this attempt has been aborted, since another may be under way
     */
    void sending(HttpContext context) throws RequestNotExecutedException {
        snapshot = SentBytesSnapshot.of(stage.get(), context);
        Stage next = body == null ? Stage.SENT : Stage.SENDING;
        if (!stage.compareAndSet(Stage.CONNECTED, next) && !stage.compareAndSet(Stage.REUSED, next)) {
            throw new RequestNotExecutedException();
        }
    }

    Stage stage() {
        return stage.get();
    }

    /** Nothing more is written from here on; returns the stage that was reached. */
    Stage abort() {
        Stage reached = stage.getAndSet(Stage.CLOSED);
        if (body != null) {
            body.close();
        }
        return reached;
    }

    /** @param future HttpClient's, of the whole exchange */
    void pending(Future<?> future) {
        connection.pending(future);
        if (stage.get() == Stage.CLOSED) {
            connection.cancel();
        }
    }

    /** Aborts, and ends the wait for a connection, or closes it. */
    void close() {
        abort();
        connection.cancel();
        connection.discard();
    }

    @Override
    public void consumeResponse(
            HttpResponse response, EntityDetails entity, HttpContext context, FutureCallback<Void> callback)
            throws IOException {
        done = callback;
        // the server has decided, whether or not it has read all
        if (stage.updateAndGet(Stage::sent) != Stage.CLOSED) {
            call.head(ResponseHeadMapper.map(response));
        }
        if (entity == null) {
            streamEnd(List.of());
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 100-continue and early hints do not affect the result
    }

    @Override
    public void updateCapacity(CapacityChannel channel) {
        if (stage.get() != Stage.CLOSED) {
            call.capacity(channel);
        }
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        if (stage.get() != Stage.CLOSED) {
            call.body(bytes);
        }
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        if (body != null && !body.isComplete()) {
            // HttpCore 5.3 would send the rest of the request after a 2xx response, without any time limit
            body.close();
            connection.discard();
        }
        if (stage.get() != Stage.CLOSED) {
            call.bodyEnded();
        }
        done.completed(null);
    }

    @Override
    public void completed(Void nothing) {
        // streamEnd has ended the call
    }

    @Override
    public void failed(Exception cause) {
        Stage reached = abort(); // HttpClient reports it twice, to the consumer and to the callback
        if (reached != Stage.CLOSED) {
            connection.discard();
            call.failed(cause, reached.isBegun() && isUnwritten(cause) ? snapshot.before() : reached);
        }
    }

    /** Whether the connection broke before the request left its buffer; a response without a request does not count as a break. */
    private boolean isUnwritten(Exception cause) {
        return cause instanceof IOException && snapshot.isCurrent();
    }

    @Override
    public void cancelled() {
        if (stage.get() != Stage.CLOSED) {
            call.cancelled();
        }
    }

    @Override
    public void releaseResources() {
        // holds none
    }
}

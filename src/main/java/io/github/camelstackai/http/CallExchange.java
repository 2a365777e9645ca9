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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * One sending of an {@link HttpCall}: passes on what the HTTP client reports, on the client's I/O threads, and knows how far
 * the sending has got, so that what was surely not sent is told from what may have been.
 */
final class CallExchange implements AsyncResponseConsumer<Void>, FutureCallback<Void> {
    /** How far the sending has got. */
    enum Stage {
        /** Waits for a connection of the pool. */
        WAITING,
        /** The connection is being made. */
        CONNECTING,
        /** The connection was made for this sending; nothing of the request has been written to it. */
        CONNECTED,
        /** The connection has served before; nothing of the request has been written to it. */
        REUSED,
        /** The request has been handed to the connection, and may be on the wire. */
        SENT,
        /** Failed, or cancelled; nothing is written any more. */
        OVER
    }

    private final HttpCall call;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    /** The wait for a connection; set by the thread that sends. */
    private volatile Future<?> wait;
    /** Set when there is a connection. The future's own way to it can be overtaken, so a call closes it itself. */
    private volatile AsyncExecRuntime connection;
    /** Set by the I/O thread before it writes. */
    private WriteMark mark;
    /** Set by the I/O thread with the head, used by it at the end of the body. */
    private FutureCallback<Void> done;

    CallExchange(HttpCall call) {
        this.call = call;
    }

    /** Null when {@code context} is of no call of ours. */
    static CallExchange of(HttpContext context) {
        return (CallExchange) context.getAttribute(CallExchange.class.getName());
    }

    /**
     * A connection is going to be made, its name looked up first for at most {@code limit}; false when it may not, since the
     * one that there was has gone after all.
     */
    boolean connecting(Duration limit) {
        Stage before = stage.getAndUpdate(CallExchange::connecting);
        boolean may = before == Stage.WAITING || before == Stage.CONNECTING || before == Stage.SENT;
        if (may) {
            call.awaitConnection("the host name was not resolved", limit);
        }
        return may;
    }

    /** A request that a proxy has asked a password for is {@link Stage#SENT}, and has got nowhere. */
    private static Stage connecting(Stage before) {
        return before == Stage.WAITING || before == Stage.SENT ? Stage.CONNECTING : before;
    }

    boolean isSecure() {
        return URIScheme.HTTPS.same(call.request().uri().getScheme());
    }

    /** The host's name is known; from here on the client keeps {@code connectTimeout}. */
    void resolved() {
        call.clock().stopConnectionCheck();
    }

    /** There is a socket; a proxy may still have to reach the service, for at most {@code limit}. */
    void reached(Duration limit) {
        if (stage.get() == Stage.CONNECTING) {
            call.awaitConnection("the proxy did not connect", limit);
        }
    }

    /** The connection stands. Whether the request may be sent over it: not when the call has ended meanwhile. */
    boolean connected(AsyncExecRuntime leased) {
        connection = leased;
        if (stage.updateAndGet(CallExchange::connected) == Stage.OVER) {
            return false;
        }
        call.clock().awaitHead();
        return true;
    }

    private static Stage connected(Stage before) {
        return switch (before) {
            case WAITING -> Stage.REUSED;
            case OVER -> Stage.OVER;
            default -> Stage.CONNECTED;
        };
    }

    /** The request is written next; refused where it has been given up, since another sending may be under way. */
    void sending(HttpContext context) throws RequestNotExecutedException {
        mark = WriteMark.of(stage.get(), context);
        if (!stage.compareAndSet(Stage.CONNECTED, Stage.SENT) && !stage.compareAndSet(Stage.REUSED, Stage.SENT)) {
            throw new RequestNotExecutedException();
        }
        UnseenRequests.next(this);
    }

    /** Nothing is written from here on that has not been. */
    Stage giveUp() {
        return stage.getAndSet(Stage.OVER);
    }

    /** The client sends once {@code open} has a connection for it. */
    void waitsFor(Future<?> open) {
        wait = open;
        if (stage.get() == Stage.OVER) {
            open.cancel(true);
        }
    }

    /** Gives up, and ends the wait, or what is on the wire. */
    void close() {
        giveUp();
        Future<?> open = wait;
        if (open != null) {
            open.cancel(true);
        }
        discard();
    }

    private void discard() {
        AsyncExecRuntime leased = connection;
        if (leased != null) {
            leased.discardEndpoint();
        }
    }

    @Override
    public void consumeResponse(
            HttpResponse response, EntityDetails entity, HttpContext context, FutureCallback<Void> callback)
            throws IOException {
        done = callback;
        if (stage.get() != Stage.OVER) {
            call.head(ResponseHead.of(response), HttpVersion.HTTP_2.equals(response.getVersion()));
        }
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
        if (stage.get() != Stage.OVER) {
            call.capacity(channel);
        }
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        if (stage.get() != Stage.OVER) {
            call.body(bytes);
        }
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        if (stage.get() != Stage.OVER) {
            call.bodyEnded();
        }
        done.completed(null);
    }

    @Override
    public void completed(Void nothing) {
        // told by streamEnd
    }

    @Override
    public void failed(Exception cause) {
        Stage reached = giveUp(); // the client tells it twice, to the consumer and to the callback
        if (reached != Stage.OVER) {
            discard();
            call.failed(cause, reached == Stage.SENT && isUnwritten(cause) ? mark.before() : reached);
        }
    }

    /** Whether the connection broke before the request left its buffer. An answer to no request is no break. */
    private boolean isUnwritten(Exception cause) {
        return cause instanceof IOException && mark.isCurrent();
    }

    @Override
    public void cancelled() {
        if (giveUp() != Stage.OVER) {
            call.cancel(new IOException(call + ": cancelled"));
        }
    }

    @Override
    public void releaseResources() {
        // holds none
    }
}

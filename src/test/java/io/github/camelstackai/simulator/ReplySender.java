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
package io.github.camelstackai.simulator;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.ResponseChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Sends one reply: the head on the thread that its time comes on (the I/O thread, or the timer's), the rest as the socket
 * takes it. One thread at a time; HttpCore hands over from one to the other.
 */
final class ReplySender {
    private static final System.Logger LOG = System.getLogger(ReplySender.class.getName());
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** What a connection may send in one go, so that a fast one leaves time to the others of its thread. */
    private static final int BURST = 64 * 1024;

    private final ServerExchange exchange;
    private final ServerConnection connection;
    private final Reply reply;
    private final ReplyEncoder playback;
    private final boolean headOnly;

    private ByteBuffer piece = NOTHING;
    private boolean ended;
    // Set by the thread that sends, taken back by the timer.
    private volatile boolean waiting;
    private volatile Future<?> timed;

    ReplySender(ServerExchange exchange, ServerConnection connection, Reply reply, HttpRequest request) {
        this.exchange = exchange;
        this.connection = connection;
        this.reply = reply;
        HttpVersion http11 = HttpVersion.HTTP_1_1;
        this.playback = new ReplyEncoder(
                reply, request.getVersion() == null || request.getVersion().greaterEquals(http11));
        this.headOnly = Method.HEAD.isSame(request.getMethod()) || (!playback.raw() && reply.body.isEmpty());
        exchange.outflow().apply(reply.effects);
    }

    Reply reply() {
        return reply;
    }

    /** Whether the request's body is left unread. */
    boolean deaf() {
        return reply.effects.deaf();
    }

    void start(ResponseChannel channel, HttpContext context, ScheduledExecutorService timer)
            throws HttpException, IOException {
        ReplyTiming pace = reply.pace;
        if (pace.signalGiven() && pace.beforeHead().isZero()) {
            sendHead(channel, context);
        } else if (pace.signalGiven()) {
            schedule(pace.beforeHead(), () -> sendHeadLate(channel, context), timer);
        } else {
            pace.signal()
                    .whenCompleteAsync(
                            (done, failure) -> schedule(pace.beforeHead(), () -> sendHeadLate(channel, context), timer),
                            timer);
        }
    }

    private void schedule(Duration pause, Runnable task, ScheduledExecutorService timer) {
        timed = timer.schedule(task, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void sendHeadLate(ResponseChannel channel, HttpContext context) {
        try {
            sendHead(channel, context);
        } catch (HttpException | IOException e) {
            exchange.failed(e);
            connection.drop();
        }
    }

    private void sendHead(ResponseChannel channel, HttpContext context) throws HttpException, IOException {
        if (exchange.outflow().cutReached()) {
            connection.settle(exchange);
            return;
        }
        VerbatimResponse head = new VerbatimResponse(playback.head(), playback.raw());
        exchange.outflow().plan(head.length(), headOnly);
        EntityDetails entity = headOnly ? null : new BasicEntityDetails(-1, null);
        channel.sendResponse(head, entity, context);
    }

    /**
     * More than 0 when there is something to send now. What a trickle holds back counts as such: HttpCore would stop
     * asking for a writable socket, perhaps just after the trickle has begun to ask again.
     */
    int available() {
        return waiting || ended || connection.silent() ? 0 : 1;
    }

    void produce(DataStreamChannel channel, ScheduledExecutorService timer) throws IOException {
        int budget = BURST;
        while (budget > 0 && available() > 0) {
            if (!piece.hasRemaining() && !advance(channel, timer)) {
                return;
            }
            int before = piece.remaining();
            channel.write(piece);
            budget -= before - piece.remaining();
            if (piece.hasRemaining()) {
                return;
            }
        }
    }

    /** Takes the next piece; answers false when it is not to be sent now. */
    private boolean advance(DataStreamChannel channel, ScheduledExecutorService timer) throws IOException {
        Segment next = nextPiece();
        if (next == null) {
            end(channel);
            return false;
        }
        piece = next.bytes();
        exchange.outflow().plan(piece.remaining(), playback.exhausted());
        if (next.before() == null || next.before().isZero()) {
            return true;
        }
        waiting = true;
        schedule(next.before(), () -> resume(channel), timer);
        return false;
    }

    private Segment nextPiece() {
        try {
            return playback.next();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The source of a scripted body failed; its connection is reset", e);
            connection.drop();
            return null;
        }
    }

    private void resume(DataStreamChannel channel) {
        waiting = false;
        channel.requestOutput();
    }

    private void end(DataStreamChannel channel) throws IOException {
        ended = true;
        exchange.outflow().plan(0, true);
        connection.settle(exchange);
        ConnectionFault fault = reply.effects.fault();
        if (fault == null || !fault.atEnd()) {
            channel.endStream();
        }
    }

    /** Nothing more will be sent. */
    void cancel() {
        Future<?> task = timed;
        if (task != null) {
            task.cancel(false);
        }
    }
}

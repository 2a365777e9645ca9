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
 * Sends one reply: the head on the I/O thread, or after a pause on the timer's thread; the body when the socket accepts more.
 * One thread at a time: HttpCore orders them.
 */
final class ReplySender {
    private static final System.Logger LOG = System.getLogger(ReplySender.class.getName());
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Bytes that one connection sends before other connections of its I/O thread have their turn. */
    private static final int BURST = 64 * 1024;

    private final ServerExchange exchange;
    private final ServerConnection connection;
    private final ScheduledExecutorService timer;
    private final Reply reply;
    private final ReplyEncoder encoder;
    private final boolean headOnly;
    private final UnrequestedBytes unrequested;

    // Written by the sending thread.
    private ByteBuffer current = NOTHING;
    private volatile ConnectionEffects effects;
    private boolean ended;
    // Set by the sending thread, cleared by the timer.
    private volatile boolean waiting;
    private volatile Future<?> scheduled;

    ReplySender(
            ServerExchange exchange,
            ServerConnection connection,
            ScheduledExecutorService timer,
            Reply reply,
            HttpRequest request) {
        this.exchange = exchange;
        this.connection = connection;
        this.timer = timer;
        this.reply = reply;
        this.effects = reply.effects;
        HttpVersion http11 = HttpVersion.HTTP_1_1;
        this.encoder = new ReplyEncoder(
                reply, request.getVersion() == null || request.getVersion().greaterEquals(http11));
        this.headOnly = Method.HEAD.isSame(request.getMethod()) || (!encoder.raw() && reply.body.isEmpty());
        this.unrequested = new UnrequestedBytes(connection, timer, reply.effects.unrequested());
        exchange.progress().limit(reply.effects);
    }

    ConnectionEffects effects() {
        return effects;
    }

    UnrequestedBytes unrequested() {
        return unrequested;
    }

    void start(ResponseChannel channel, HttpContext context) throws HttpException, IOException {
        ReplyTiming timing = reply.timing;
        if (timing.headIsImmediate()) {
            sendHead(channel, context);
        } else {
            timing.signal()
                    .whenCompleteAsync(
                            (done, failure) -> schedule(timing.beforeHead(), () -> sendDelayedHead(channel, context)),
                            timer);
        }
    }

    private void schedule(Duration pause, Runnable task) {
        scheduled = timer.schedule(task, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void sendDelayedHead(ResponseChannel channel, HttpContext context) {
        try {
            sendHead(channel, context);
        } catch (HttpException | IOException e) {
            exchange.failed(e);
            connection.reset();
        }
    }

    private void sendHead(ResponseChannel channel, HttpContext context) throws HttpException, IOException {
        if (exchange.progress().cutReached()) {
            connection.settle(exchange);
            return;
        }
        VerbatimResponse head = new VerbatimResponse(encoder.head(), encoder.raw());
        exchange.progress().plan(head.length(), headOnly);
        EntityDetails entity = headOnly ? null : new BasicEntityDetails(-1, null);
        channel.sendResponse(head, entity, context);
    }

    /**
     * More than 0 when there is something to send now. Bytes that a throttle holds back count: otherwise HttpCore would
     * clear its interest in the socket, perhaps just after the throttle has set it.
     */
    int available() {
        return waiting || ended || connection.silent() ? 0 : 1;
    }

    void produce(DataStreamChannel channel) throws IOException {
        int budget = BURST;
        while (budget > 0 && available() > 0) {
            if (!current.hasRemaining() && !advance(channel)) {
                return;
            }
            int before = current.remaining();
            channel.write(current);
            budget -= before - current.remaining();
            if (current.hasRemaining()) {
                return;
            }
        }
    }

    /** Takes the next segment. Returns false if there is nothing to send now. */
    private boolean advance(DataStreamChannel channel) throws IOException {
        Segment next = nextSegment();
        if (next == null) {
            end(channel);
            return false;
        }
        if (next.length() == 0) {
            waiting = true;
            encoder.whenReady(() -> resume(channel));
            return false;
        }
        current = next.bytes();
        exchange.progress().plan(current.remaining(), encoder.exhausted());
        waiting = !next.pause().isZero();
        if (waiting) {
            schedule(next.pause(), () -> resume(channel));
        }
        return !waiting;
    }

    private Segment nextSegment() {
        try {
            return encoder.next();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The source of a scripted body failed; the simulator resets the connection", e);
            connection.reset();
            return null;
        }
    }

    private void resume(DataStreamChannel channel) {
        waiting = false;
        channel.requestOutput();
    }

    private void end(DataStreamChannel channel) throws IOException {
        ended = true;
        if (encoder.sourceFault() != null) {
            effects = effects.with(ConnectionFault.atEnd(encoder.sourceFault()));
            exchange.progress().limit(effects);
        }
        exchange.progress().plan(0, true);
        connection.settle(exchange);
        ConnectionFault fault = effects.fault();
        if (fault == null || !fault.isAtEnd()) {
            channel.endStream();
        }
    }

    /** Cancels what is scheduled. */
    void cancel() {
        Future<?> task = scheduled;
        if (task != null) {
            task.cancel(false);
        }
    }
}

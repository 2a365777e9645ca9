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
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ProtocolIOSession;

/**
 * A client's connection. All bytes of HTTP pass through it, before encryption where TLS is used, so that it can count a
 * response, slow it down and cut it at a given byte.
 */
final class ServerConnection extends ForwardingSession {
    private final TrafficCounters traffic;
    private final ScheduledExecutorService timer;
    private final long number;
    private final AlpnNegotiation alpn = new AlpnNegotiation();
    /** The open ones in the order of their requests, which is that of their responses: the first is being answered. */
    private final Queue<ServerExchange> exchanges = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean closed = new AtomicBoolean();

    /** A throttle is pausing. Set under the session's lock, cleared by the timer. */
    private volatile boolean paused;

    /** How the body of a request is read; null for full speed. Written on the I/O thread. */
    private volatile Throttle reading;

    /** A throttle of the request is pausing. Set on the I/O thread, cleared by the timer. */
    private volatile boolean readingPaused;

    /** Nothing is written any more. Set under the session's lock. */
    private volatile boolean silent;

    ServerConnection(ProtocolIOSession session, TrafficCounters traffic, ScheduledExecutorService timer) {
        super(session);
        this.traffic = traffic;
        this.timer = timer;
        this.number = traffic.connected();
    }

    void startTls(SSLContext context) {
        startTls(context, null, null, alpn, null, null, null);
    }

    List<String> alpnProtocols() {
        return alpn.offered();
    }

    /** 1 for the first connection of a simulator. */
    long number() {
        return number;
    }

    /** Adds an exchange. Returns false if the reply to an earlier request has cut the connection. */
    boolean begin(ServerExchange exchange) {
        exchanges.add(exchange);
        traffic.arrived();
        if (closed.get()) {
            exchange.end();
        }
        return !closed.get();
    }

    void remove(ServerExchange exchange) {
        exchanges.remove(exchange);
    }

    /** If the client closes its side, the request that waits for an answer fails: no client is left to read it. */
    @Override
    public int read(ByteBuffer dst) throws IOException {
        int bytes = readThrottled(dst);
        if (bytes == -1 && !exchanges.isEmpty()) {
            throw new ConnectionClosedException("Closed by the client before its request was answered");
        }
        return bytes;
    }

    private int readThrottled(ByteBuffer dst) throws IOException {
        Throttle throttle = reading;
        if (throttle == null) {
            return super.read(dst);
        }
        if (readingPaused) {
            return 0;
        }
        ByteBuffer part = dst.slice(dst.position(), Math.min(dst.remaining(), throttle.bytes()));
        int bytes = super.read(part);
        dst.position(dst.position() + part.position());
        readingPaused = true;
        super.clearEvent(SelectionKey.OP_READ);
        Future<?> unused = timer.schedule(this::resumeReading, throttle.pause().toNanos(), TimeUnit.NANOSECONDS);
        return bytes;
    }

    private void resumeReading() {
        readingPaused = false;
        setEvent(SelectionKey.OP_READ);
    }

    /** @param throttle null for full speed */
    void readSlowly(Throttle throttle) {
        reading = throttle;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        ServerExchange exchange = exchanges.peek();
        if (exchange == null || !exchange.answering()) {
            return super.write(src);
        }
        int allowed = paused || silent ? 0 : exchange.progress().allowance(src.remaining());
        boolean last = exchange.progress().completeWith(allowed);
        if (!last && !exchange.progress().cutReachedWith(allowed)) {
            return send(src, allowed, exchange, false);
        }
        synchronized (traffic) {
            int bytes = send(src, allowed, exchange, last);
            settleCounted(exchange);
            return bytes;
        }
    }

    private int send(ByteBuffer src, int allowed, ServerExchange exchange, boolean last) throws IOException {
        if (allowed == 0) {
            return 0;
        }
        ByteBuffer part = src.slice(src.position(), allowed);
        int accepted = super.write(last ? exchange.unrequested().joinedTo(part) : part);
        int bytes = Math.min(accepted, allowed);
        src.position(src.position() + bytes);
        exchange.progress().addSent(bytes);
        exchange.unrequested().skip(accepted - bytes);
        pauseAfter(bytes, exchange.effects().throttle());
        return bytes;
    }

    /** Writes bytes that belong to no response. */
    void writeUncounted(ByteBuffer src) throws IOException {
        super.write(src);
    }

    private void pauseAfter(int bytes, Throttle throttle) {
        if (bytes > 0 && throttle != null) {
            paused = true;
            super.clearEvent(SelectionKey.OP_WRITE);
            Future<?> unused = timer.schedule(this::resume, throttle.pause().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void resume() {
        paused = false;
        setEvent(SelectionKey.OP_WRITE);
    }

    /** Ends the exchange if its response is complete or has reached the byte where it is cut. */
    void settle(ServerExchange exchange) {
        locked(() -> settleCounted(exchange));
    }

    private void settleCounted(ServerExchange exchange) {
        if (exchange.progress().cutReached()) {
            cut(exchange.effects().fault().kind());
        } else if (exchange.progress().completeWith(0)) {
            exchange.end();
            exchange.unrequested().schedule();
        }
    }

    private void cut(ConnectionFault.Kind kind) {
        if (kind == ConnectionFault.Kind.SILENCE) {
            silent = true;
            super.clearEvent(SelectionKey.OP_WRITE);
        } else if (kind == ConnectionFault.Kind.CLOSE) {
            endAll();
            discardInput();
            close(CloseMode.GRACEFUL);
        } else {
            reset();
        }
    }

    /** Prevents a reset: the kernel sends one if a socket with unread bytes is closed. */
    private void discardInput() {
        ByteBuffer unread = ByteBuffer.allocate(8192);
        try {
            while (super.read(unread) > 0) {
                unread.clear();
            }
        } catch (IOException e) {
            // The client has closed the connection: there is nothing to read.
        }
    }

    /** Resets the connection if a request waits for its answer. */
    void resetIfBusy() {
        locked(() -> {
            if (!exchanges.isEmpty()) {
                reset();
            }
        });
    }

    /** Closes the connection with a TCP reset. */
    void reset() {
        endAll();
        close(CloseMode.IMMEDIATE);
    }

    private void endAll() {
        exchanges.forEach(ServerExchange::end);
    }

    /** Whether nothing is written any more. */
    boolean silent() {
        return silent;
    }

    /** Masks the interest in a socket while nothing may be written or read: the selector would spin. */
    @Override
    public void setEvent(int op) {
        int writing = paused || silent ? op & ~SelectionKey.OP_WRITE : op;
        int allowed = readingPaused ? writing & ~SelectionKey.OP_READ : writing;
        if (allowed != 0) {
            super.setEvent(allowed);
        }
    }

    @Override
    public void close(CloseMode closeMode) {
        locked(() -> {
            super.close(closeMode);
            // With TLS the close takes a while; HttpCore calls disconnected() at its end.
            if (getStatus() == Status.CLOSED) {
                disconnected();
            }
        });
    }

    /** The socket is closed: counts it, once, and aborts the requests without a complete answer. */
    void disconnected() {
        if (closed.compareAndSet(false, true)) {
            traffic.disconnected();
        }
        exchanges.forEach(ServerExchange::abort);
    }

    private void locked(Runnable action) {
        getLock().lock();
        try {
            synchronized (traffic) {
                action.run();
            }
        } finally {
            getLock().unlock();
        }
    }
}

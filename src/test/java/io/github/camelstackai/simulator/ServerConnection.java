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

import io.github.camelstackai.simulator.ServerExchange.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ProtocolIOSession;

/**
 * A client's connection. All bytes pass here, below HTTP (and above TLS, where there is TLS), so this is where a response
 * is counted, slowed down, and cut at a byte.
 */
final class ServerConnection extends ForwardingSession {
    private final TrafficCounters traffic;
    private final ScheduledExecutorService timer;
    private final long number;
    /** The open ones, in the order of their requests, which is that of their responses: the first is being answered. */
    private final Queue<ServerExchange> exchanges = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean closed = new AtomicBoolean();

    /** Nothing is written for now. Set under the session's lock, taken back by the timer. */
    private volatile boolean held;

    /** Nothing is written any more. Set under the session's lock. */
    private volatile boolean silent;

    ServerConnection(ProtocolIOSession session, TrafficCounters traffic, ScheduledExecutorService timer) {
        super(session);
        this.traffic = traffic;
        this.timer = timer;
        this.number = traffic.connected();
    }

    /** 1 for the first connection of a simulator. */
    long number() {
        return number;
    }

    /** A request has arrived; answers false when that is too late, since a reply to an earlier one has cut the line. */
    boolean begin(ServerExchange exchange) {
        exchanges.add(exchange);
        traffic.arrived();
        if (closed.get()) {
            exchange.end(Outcome.CUT);
        }
        return !closed.get();
    }

    void forget(ServerExchange exchange) {
        exchanges.remove(exchange);
    }

    /** The client's end of the connection ends the request that waits for an answer: nobody is left to read it. */
    @Override
    public int read(ByteBuffer dst) throws IOException {
        int bytes = super.read(dst);
        if (bytes == -1 && !exchanges.isEmpty()) {
            throw new ConnectionClosedException("Closed by the client before its request was answered");
        }
        return bytes;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        ServerExchange exchange = exchanges.peek();
        if (exchange == null || !exchange.answering()) {
            return super.write(src);
        }
        int allowed = quiet() ? 0 : exchange.outflow().allowance(src.remaining());
        if (!exchange.outflow().mayEndWith(allowed)) {
            return pass(src, allowed, exchange);
        }
        synchronized (traffic) {
            int bytes = pass(src, allowed, exchange);
            settleCounted(exchange);
            return bytes;
        }
    }

    private int pass(ByteBuffer src, int allowed, ServerExchange exchange) throws IOException {
        if (allowed == 0) {
            return 0;
        }
        int limit = src.limit();
        src.limit(src.position() + allowed);
        try {
            int bytes = super.write(src);
            exchange.outflow().sent(bytes);
            pauseAfter(bytes, exchange.reply().effects.trickle());
            return bytes;
        } finally {
            src.limit(limit);
        }
    }

    private void pauseAfter(int bytes, Throttle trickle) {
        if (bytes > 0 && trickle != null) {
            hold();
            Future<?> unused = timer.schedule(this::release, trickle.pause().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Ends the exchange if its response is at its end, or at the byte where it is to be cut. */
    void settle(ServerExchange exchange) {
        getLock().lock();
        try {
            synchronized (traffic) {
                settleCounted(exchange);
            }
        } finally {
            getLock().unlock();
        }
    }

    private void settleCounted(ServerExchange exchange) {
        if (exchange.outflow().cutReached()) {
            cut(exchange.reply().effects.fault().kind());
        } else if (exchange.outflow().complete()) {
            exchange.end(Outcome.ANSWERED);
        }
    }

    private void cut(ConnectionFault.Kind kind) {
        if (kind == ConnectionFault.Kind.SILENCE) {
            silent = true;
            super.clearEvent(SelectionKey.OP_WRITE);
        } else if (kind == ConnectionFault.Kind.CLOSE) {
            cutAll();
            readAway();
            close(CloseMode.GRACEFUL);
        } else {
            drop();
        }
    }

    /** The kernel turns the close of a socket with unread bytes into a reset. */
    private void readAway() {
        ByteBuffer unread = ByteBuffer.allocate(8192);
        try {
            while (super.read(unread) > 0) {
                unread.clear();
            }
        } catch (IOException e) {
            // The client has closed first: nothing is left to be read.
        }
    }

    /** Closes the connection, with a reset, if a request waits for its answer. */
    void dropOpenRequests() {
        getLock().lock();
        try {
            synchronized (traffic) {
                if (!exchanges.isEmpty()) {
                    drop();
                }
            }
        } finally {
            getLock().unlock();
        }
    }

    /** Closes the connection with a reset. */
    void drop() {
        cutAll();
        close(CloseMode.IMMEDIATE);
    }

    private void cutAll() {
        exchanges.forEach(exchange -> exchange.end(Outcome.CUT));
    }

    private boolean quiet() {
        return held || silent;
    }

    /** Whether nothing is written any more. */
    boolean silent() {
        return silent;
    }

    private void hold() {
        held = true;
        super.clearEvent(SelectionKey.OP_WRITE);
    }

    private void release() {
        held = false;
        setEvent(SelectionKey.OP_WRITE);
    }

    /** While held, asking for the socket to be writable would be answered again and again, at once. */
    @Override
    public void setEvent(int op) {
        int allowed = quiet() ? op & ~SelectionKey.OP_WRITE : op;
        if (allowed != 0) {
            super.setEvent(allowed);
        }
    }

    @Override
    public void close() {
        close(CloseMode.GRACEFUL);
    }

    @Override
    public void close(CloseMode closeMode) {
        getLock().lock();
        try {
            synchronized (traffic) {
                super.close(closeMode);
                // With TLS a close takes a while; disconnected() is called when it is over.
                if (getStatus() == Status.CLOSED) {
                    disconnected();
                }
            }
        } finally {
            getLock().unlock();
        }
    }

    /** The socket is closed: counts it, once, and ends what was not answered. */
    void disconnected() {
        if (closed.compareAndSet(false, true)) {
            traffic.disconnected();
        }
        exchanges.forEach(exchange -> exchange.end(Outcome.ABORTED));
    }
}

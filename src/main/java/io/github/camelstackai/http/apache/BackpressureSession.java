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
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.Lock;
import org.apache.hc.core5.function.Decorator;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection that returns no data while reading is suspended, and tells whether what was written has left.
 *
 * <p>HttpCore 5.3 clears the interest in reading when the window is used up, but keeps reading while a chunked body arrives faster
 * than it is decoded: with a slow reader, the whole body would be held in memory. Its TLS layer accepts whatever is written, and
 * holds what the socket does not accept.
 */
final class BackpressureSession implements IOSession {
    private final IOSession session;
    /** The session below TLS; null without TLS. */
    private final IOSession socket;
    /** Whether TLS may hold what was written. Used by the I/O thread. */
    private boolean written;

    /** @param socket the session below TLS; null without TLS */
    BackpressureSession(IOSession session, IOSession socket) {
        this.session = session;
        this.socket = socket;
    }

    /** Returns a decorator of the sessions of a client. */
    static Decorator<IOSession> decorator() {
        // HttpCore decorates each session, and later the TLS session above it, which has the same lock
        Map<Lock, Reference<IOSession>> sockets = Collections.synchronizedMap(new WeakHashMap<>());
        return session -> {
            Reference<IOSession> below = sockets.putIfAbsent(session.getLock(), new WeakReference<>(session));
            return new BackpressureSession(session, below == null ? null : below.get());
        };
    }

    /** Whether TLS holds bytes that the socket has not accepted. Called by the I/O thread. */
    boolean hasUnsent() {
        if (written && socket != null) {
            written = isSocketAwaited();
        }
        return written && socket != null;
    }

    /** Without the interest of HTTP in writing, there is that of TLS. */
    private boolean isSocketAwaited() {
        session.getLock().lock();
        try {
            int wanted = session.getEventMask();
            session.setEventMask(wanted & ~EventMask.WRITE);
            boolean awaited = (socket.getEventMask() & EventMask.WRITE) != 0;
            session.setEventMask(wanted);
            return awaited;
        } finally {
            session.getLock().unlock();
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return (session.getEventMask() & EventMask.READ) == 0 ? 0 : session.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        written = true;
        return session.write(source);
    }

    @Override
    public IOEventHandler getHandler() {
        IOEventHandler handler = session.getHandler();
        return handler == null ? null : new LastAnswerReader(handler);
    }

    @Override
    public void upgrade(IOEventHandler handler) {
        session.upgrade(handler);
    }

    @Override
    public Lock getLock() {
        return session.getLock();
    }

    @Override
    public void enqueue(Command command, Command.Priority priority) {
        session.enqueue(command, priority);
    }

    @Override
    public boolean hasCommands() {
        return session.hasCommands();
    }

    @Override
    public Command poll() {
        return session.poll();
    }

    @Override
    public ByteChannel channel() {
        return session.channel();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return session.getRemoteAddress();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return session.getLocalAddress();
    }

    @Override
    public int getEventMask() {
        return session.getEventMask();
    }

    @Override
    public void setEventMask(int events) {
        session.setEventMask(events);
    }

    @Override
    public void setEvent(int event) {
        session.setEvent(event);
    }

    @Override
    public void clearEvent(int event) {
        session.clearEvent(event);
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public void close(CloseMode mode) {
        session.close(mode);
    }

    @Override
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public Status getStatus() {
        return session.getStatus();
    }

    @Override
    public String getId() {
        return session.getId();
    }

    @Override
    public Timeout getSocketTimeout() {
        return session.getSocketTimeout();
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        session.setSocketTimeout(timeout);
    }

    @Override
    public long getLastReadTime() {
        return session.getLastReadTime();
    }

    @Override
    public long getLastWriteTime() {
        return session.getLastWriteTime();
    }

    @Override
    public long getLastEventTime() {
        return session.getLastEventTime();
    }

    @Override
    public void updateReadTime() {
        session.updateReadTime();
    }

    @Override
    public void updateWriteTime() {
        session.updateWriteTime();
    }
}

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
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends bytes that no request asked for after one response. Called under the session's lock. */
final class UnrequestedBytes {
    private static final Duration RETRY = Duration.ofMillis(1);

    private final ServerConnection connection;
    private final ScheduledExecutorService timer;
    private final Duration pause;
    private final ByteBuffer bytes;

    UnrequestedBytes(ServerConnection connection, ScheduledExecutorService timer, Segment segment) {
        this.connection = connection;
        this.timer = timer;
        this.pause = segment.pause();
        this.bytes = segment.bytes().duplicate();
    }

    /** Returns the end of the response together with the bytes that follow it without a pause. */
    ByteBuffer joinedTo(ByteBuffer end) {
        return pause.isZero() && bytes.hasRemaining()
                ? ByteBuffer.allocate(end.remaining() + bytes.remaining())
                        .put(end)
                        .put(bytes.duplicate())
                        .flip()
                : end;
    }

    /** The socket has accepted so many of the joined bytes. */
    void skip(int sent) {
        bytes.position(bytes.position() + sent);
    }

    /** The response is complete: sends what is left after the pause. A repeated call has no effect. */
    void schedule() {
        if (bytes.hasRemaining()) {
            schedule(pause);
        }
    }

    private void schedule(Duration delay) {
        Future<?> unused = timer.schedule(this::send, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void send() {
        connection.getLock().lock();
        try {
            connection.writeUncounted(bytes);
            connection.setEvent(SelectionKey.OP_WRITE); // with TLS this sends what is encrypted
            if (bytes.hasRemaining()) {
                schedule(RETRY);
            }
        } catch (IOException e) {
            // The connection is closed.
        } finally {
            connection.getLock().unlock();
        }
    }
}

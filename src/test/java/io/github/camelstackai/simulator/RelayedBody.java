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

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The body of a relayed response: what has arrived and was not sent yet. Asks for more when the last of it is being sent.
 * Thread-safe.
 */
final class RelayedBody implements BodySource {
    private static final byte[] NONE_YET = {};

    private final Runnable demand;
    // Guarded by this.
    private final Queue<byte[]> pieces = new ArrayDeque<>();
    private boolean ended;
    private ConnectionFault.Kind fault;
    private Runnable waiting; // null for none

    /**
     * @param demand asks for more; must not block
     */
    RelayedBody(Runnable demand) {
        this.demand = demand;
    }

    /** Adds the pieces that were asked for; those that are empty do not count. */
    void add(List<byte[]> arrived) {
        List<byte[]> filled = arrived.stream().filter(piece -> piece.length > 0).toList();
        if (filled.isEmpty()) {
            demand.run();
            return;
        }
        synchronized (this) {
            pieces.addAll(filled);
        }
        wake();
    }

    /**
     * @param kind null for a regular end
     */
    void end(ConnectionFault.Kind kind) {
        synchronized (this) {
            ended = true;
            fault = kind;
        }
        wake();
    }

    private void wake() {
        Runnable task;
        synchronized (this) {
            task = waiting;
            waiting = null;
        }
        if (task != null) {
            task.run();
        }
    }

    @Override
    public byte[] next() {
        byte[] piece;
        boolean last;
        synchronized (this) {
            piece = pieces.poll();
            last = piece != null && pieces.isEmpty();
            if (piece == null) {
                return ended ? null : NONE_YET;
            }
        }
        if (last) {
            demand.run();
        }
        return piece;
    }

    @Override
    public void whenReady(Runnable task) {
        boolean ready;
        synchronized (this) {
            ready = ended || !pieces.isEmpty();
            waiting = ready ? null : task;
        }
        if (ready) {
            task.run();
        }
    }

    @Override
    public synchronized ConnectionFault.Kind fault() {
        return fault;
    }
}

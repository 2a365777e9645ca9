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
package io.github.camelstackai.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes of a body between the I/O thread that receives them and the thread that reads them, first in, first out. Thread-safe. */
final class BodyBuffer {
    private static final int MIN_CAPACITY = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrival = lock.newCondition();
    // all guarded by lock
    private byte[] bytes = new byte[0];
    private int start;
    private int end;
    private boolean ended;
    private Throwable failure;
    private Runnable listener; // null for none

    /** Adds all that remains in {@code more}; drops it once the buffer has ended. */
    void add(ByteBuffer more) {
        Runnable notified;
        lock.lock();
        try {
            if (ended) {
                return;
            }
            int length = more.remaining();
            reserve(length);
            more.get(bytes, end, length);
            end += length;
            arrival.signalAll();
            notified = listener;
        } finally {
            lock.unlock();
        }
        run(notified);
    }

    /** No more bytes come; later calls are ignored. Those that are here can still be taken. */
    void end() {
        end(null, false);
    }

    /** As {@link #end()}, because of {@code cause}. */
    void fail(Throwable cause) {
        end(cause, false);
    }

    /** Discards the bytes, and ends with {@code cause}, overriding an earlier end. */
    void abort(Throwable cause) {
        end(cause, true);
    }

    private void end(Throwable cause, boolean override) {
        Runnable notified;
        lock.lock();
        try {
            if (ended && !override) {
                return;
            }
            if (override) {
                discardBytes();
            }
            ended = true;
            failure = cause;
            arrival.signalAll();
            notified = listener;
        } finally {
            lock.unlock();
        }
        run(notified);
    }

    /** Takes the oldest bytes, at most {@code max}; empty if none are here yet, null if no more come. */
    byte[] take(int max) {
        lock.lock();
        try {
            if (start == end && ended) {
                return null;
            }
            int length = Math.min(max, end - start);
            byte[] taken = Arrays.copyOfRange(bytes, start, start + length);
            start += length;
            if (start == end) {
                start = 0;
                end = 0;
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Discards the bytes, and returns how many there were. */
    int clear() {
        lock.lock();
        try {
            return discardBytes();
        } finally {
            lock.unlock();
        }
    }

    /** Why the body ended; null for its proper end, and before. */
    Throwable failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for bytes or the end. */
    void await() throws InterruptedException {
        lock.lock();
        try {
            while (start == end && !ended) {
                arrival.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** @param newListener runs at each arrival and at the end, on the thread that brings it; null for none */
    void onArrival(Runnable newListener) {
        lock.lock();
        try {
            listener = newListener;
        } finally {
            lock.unlock();
        }
    }

    private static void run(Runnable notified) {
        if (notified != null) {
            notified.run();
        }
    }

    private int discardBytes() {
        int length = end - start;
        bytes = new byte[0];
        start = 0;
        end = 0;
        return length;
    }

    private void reserve(int length) {
        if (bytes.length - end >= length) {
            return;
        }
        int held = end - start;
        boolean compact = start >= held && bytes.length - held >= length;
        byte[] target = compact ? bytes : new byte[Math.max(MIN_CAPACITY, 2 * (held + length))];
        System.arraycopy(bytes, start, target, 0, held);
        bytes = target;
        start = 0;
        end = held;
    }
}

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
package io.github.camelstackai.operation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes on their way from the thread that receives them to the one that reads them. Thread-safe. */
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrival = lock.newCondition();
    private final ByteQueue bytes = new ByteQueue();
    private boolean ended; // guarded by lock, as the next two
    private IOException failure;
    private Runnable listener; // null for none

    void add(ByteBuffer more) {
        Runnable told;
        lock.lock();
        try {
            if (ended) {
                return;
            }
            bytes.add(more);
            arrival.signalAll();
            told = listener;
        } finally {
            lock.unlock();
        }
        tell(told);
    }

    /** Nothing more comes; {@code cause} is null for a proper end. */
    void end(IOException cause) {
        Runnable told;
        lock.lock();
        try {
            if (ended) {
                return;
            }
            ended = true;
            failure = cause;
            arrival.signalAll();
            told = listener;
        } finally {
            lock.unlock();
        }
        tell(told);
    }

    /** What is here and still comes is worth nothing: drops it, and ends with {@code cause} in place of any other end. */
    void fail(IOException cause) {
        lock.lock();
        try {
            bytes.clear();
            ended = true;
            failure = cause;
            arrival.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the oldest bytes, at most {@code max}: none when none are here yet, null when nothing more comes. */
    byte[] take(int max) {
        lock.lock();
        try {
            return bytes.isEmpty() && ended ? null : bytes.take(max);
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is here and returns how much it was. */
    int clear() {
        lock.lock();
        try {
            return bytes.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Why it ended; null for a proper end, and before. */
    IOException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are bytes or the end. */
    void await() throws InterruptedException {
        lock.lock();
        try {
            while (bytes.isEmpty() && !ended) {
                arrival.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on {@code listener} is run at each arrival and at the end, on the thread that brings it; null for none. */
    void onArrival(Runnable newListener) {
        lock.lock();
        try {
            listener = newListener;
        } finally {
            lock.unlock();
        }
    }

    private static void tell(Runnable told) {
        if (told != null) {
            told.run();
        }
    }
}

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

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keeps the last requests. Thread-safe. */
final class RequestLog {
    private final int capacity;
    // Guarded by this.
    private final Deque<RecordedRequest> recorded = new ArrayDeque<>();
    private final Deque<RecordedRequest> untaken = new ArrayDeque<>();
    private long count;

    RequestLog(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(RecordedRequest request) {
        count++;
        addBounded(recorded, request);
        addBounded(untaken, request);
        notifyAll();
    }

    private void addBounded(Deque<RecordedRequest> requests, RecordedRequest request) {
        if (requests.size() == capacity) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    /** Waits for the next request that was not taken before. */
    synchronized RecordedRequest take(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (untaken.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("No request within " + timeout + "; " + count + " came before");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return untaken.removeFirst();
    }

    synchronized List<RecordedRequest> all() {
        return List.copyOf(recorded);
    }

    synchronized long count() {
        return count;
    }

    synchronized void clear() {
        recorded.clear();
        untaken.clear();
        count = 0;
    }
}

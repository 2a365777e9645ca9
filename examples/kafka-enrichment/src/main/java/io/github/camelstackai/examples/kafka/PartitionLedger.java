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
package io.github.camelstackai.examples.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The events of one partition that were read and are not done. Runs events of one key in sequence, and all others
 * concurrently. The polling thread submits events; any thread may call the other methods.
 */
final class PartitionLedger {
    private final TreeMap<Long, CompletableFuture<Void>> inFlight = new TreeMap<>();
    private final Map<String, CompletableFuture<Void>> lastOfKey = new HashMap<>();
    private long next = -1;
    private boolean closed;

    /**
     * Runs the event after all earlier events of its key. If a run fails, its event stays in flight, and later events of its
     * key do not run.
     *
     * @param key null for an event without an order
     * @param run returns without blocking; its result completes when the event is done
     */
    void submit(long offset, String key, Supplier<CompletionStage<?>> run) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<Void> previous = add(offset, key, done);
        if (previous == null) {
            return;
        }
        previous.thenCompose(ignored -> start(run))
                .thenRun(() -> remove(offset, key, done))
                .exceptionally(failure -> {
                    done.completeExceptionally(failure);
                    return null;
                });
    }

    /** How far the partition was read beyond the oldest event in flight: the most that a kill repeats. */
    synchronized long span() {
        return inFlight.isEmpty() ? 0 : next - inFlight.firstKey();
    }

    /** The offset to commit: every earlier event is done. Empty before the first event. */
    synchronized OptionalLong position() {
        if (!inFlight.isEmpty()) {
            return OptionalLong.of(inFlight.firstKey());
        }
        return next < 0 ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** Starts no more events; the result completes when all started events are done. */
    synchronized CompletableFuture<Void> close() {
        closed = true;
        return CompletableFuture.allOf(inFlight.values().toArray(CompletableFuture[]::new));
    }

    /** Returns what to wait for; null if the event is in flight already, because Camel read on from the commit. */
    private synchronized CompletableFuture<Void> add(long offset, String key, CompletableFuture<Void> done) {
        if (inFlight.putIfAbsent(offset, done) != null) {
            return null;
        }
        next = offset + 1;
        CompletableFuture<Void> previous = key == null ? null : lastOfKey.put(key, done);
        return previous == null ? CompletableFuture.completedFuture(null) : previous;
    }

    private CompletionStage<?> start(Supplier<CompletionStage<?>> run) {
        synchronized (this) {
            if (closed) {
                throw new CancellationException("the partition moves to another process");
            }
        }
        return run.get();
    }

    private void remove(long offset, String key, CompletableFuture<Void> done) {
        synchronized (this) {
            inFlight.remove(offset);
            lastOfKey.remove(key, done);
        }
        done.complete(null);
    }
}

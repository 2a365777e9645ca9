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
 * The events that were taken from one partition and have not left yet. Those of one key are run one after another, all
 * others at once. Events are taken by one thread, the one that polls; all else may be called by any.
 */
final class PartitionLedger {
    private final TreeMap<Long, CompletableFuture<Void>> underWay = new TreeMap<>();
    private final Map<String, CompletableFuture<Void>> lastOfKey = new HashMap<>();
    private long next = -1;
    private boolean closed;

    /**
     * Runs the event once all before it with its key have left. A run that fails has not left: its event stays under way,
     * and those behind it with its key do not begin.
     *
     * @param key null where no order is asked for
     * @param run returns at once; what it returns is complete when the event has left
     */
    void take(long offset, String key, Supplier<CompletionStage<?>> run) {
        CompletableFuture<Void> left = new CompletableFuture<>();
        CompletableFuture<Void> before = enter(offset, key, left);
        if (before == null) {
            return;
        }
        before.thenCompose(ignored -> begin(run))
                .thenRun(() -> leave(offset, key, left))
                .exceptionally(failure -> {
                    left.completeExceptionally(failure);
                    return null;
                });
    }

    /** How far the partition has been read beyond the oldest event under way: what a kill would repeat, and no more. */
    synchronized long span() {
        return underWay.isEmpty() ? 0 : next - underWay.firstKey();
    }

    /** The offset to go on from: behind it lies nothing that has not left. Empty before the first event. */
    synchronized OptionalLong position() {
        if (!underWay.isEmpty()) {
            return OptionalLong.of(underWay.firstKey());
        }
        return next < 0 ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** Lets no further event begin; complete once those that have begun have ended. */
    synchronized CompletableFuture<Void> close() {
        closed = true;
        return CompletableFuture.allOf(underWay.values().toArray(CompletableFuture[]::new));
    }

    /** What to wait for, or null when the event is under way already, as after a pause: Camel reads on from the commit. */
    private synchronized CompletableFuture<Void> enter(long offset, String key, CompletableFuture<Void> left) {
        if (underWay.putIfAbsent(offset, left) != null) {
            return null;
        }
        next = offset + 1;
        CompletableFuture<Void> before = key == null ? null : lastOfKey.put(key, left);
        return before == null ? CompletableFuture.completedFuture(null) : before;
    }

    private CompletionStage<?> begin(Supplier<CompletionStage<?>> run) {
        synchronized (this) {
            if (closed) {
                throw new CancellationException("left to the next owner of the partition");
            }
        }
        return run.get();
    }

    private void leave(long offset, String key, CompletableFuture<Void> left) {
        synchronized (this) {
            underWay.remove(offset);
            lastOfKey.remove(key, left);
        }
        left.complete(null);
    }
}

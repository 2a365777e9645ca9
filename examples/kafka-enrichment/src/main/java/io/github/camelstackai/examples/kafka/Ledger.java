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

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** The events in flight of this process, by partition. Thread-safe. */
final class Ledger {
    private final Map<TopicPartition, PartitionLedger> partitions = new ConcurrentHashMap<>();

    PartitionLedger of(TopicPartition partition) {
        return partitions.computeIfAbsent(partition, ignored -> new PartitionLedger());
    }

    /** Starts no more events of these partitions; the result completes when all started events are done. */
    CompletableFuture<Void> close(Collection<TopicPartition> closed) {
        return CompletableFuture.allOf(
                closed.stream().map(this::of).map(PartitionLedger::close).toArray(CompletableFuture[]::new));
    }

    void forget(Collection<TopicPartition> forgotten) {
        close(forgotten);
        partitions.keySet().removeAll(forgotten);
    }
}

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

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the positions of the ledger, and pauses a partition that was read a window beyond its oldest event in flight. Like
 * any Kafka consumer it belongs to one thread. It waits for runs only when a partition moves to another process.
 */
final class LedgerConsumer extends KafkaConsumer<Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerConsumer.class);

    private final Ledger ledger;
    private final int window;
    private final Duration revocationTimeout;
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final Set<TopicPartition> pausedHere = new HashSet<>();

    /** Returns the factory for Camel's Kafka component. */
    static KafkaClientFactory factory(Ledger ledger, int window, Duration revocationTimeout) {
        return new DefaultKafkaClientFactory() {
            @Override
            public Consumer<Object, Object> getConsumer(Properties properties) {
                return new LedgerConsumer(properties, ledger, window, revocationTimeout);
            }
        };
    }

    /**
     * @param window how far a partition is read beyond its oldest event in flight, plus one poll at most
     * @param revocationTimeout how long a revoked partition waits for its events in flight
     */
    private LedgerConsumer(Properties properties, Ledger ledger, int window, Duration revocationTimeout) {
        super(properties);
        this.ledger = ledger;
        this.window = window;
        this.revocationTimeout = revocationTimeout;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        Map<TopicPartition, OffsetAndMetadata> offsets = uncommitted(assignment());
        if (!offsets.isEmpty()) {
            commitAsync(offsets, this::onCommit);
        }
        pauseFullPartitions();
        return super.poll(timeout);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Handover(listener));
    }

    /** A caller that pauses a partition resumes it too. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        pausedHere.removeAll(partitions);
        super.pause(partitions);
    }

    /** Returns the positions that changed since the last call, and marks them as committed. */
    private Map<TopicPartition, OffsetAndMetadata> uncommitted(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OptionalLong position = ledger.of(partition).position();
            if (position.isPresent()) {
                OffsetAndMetadata offset = new OffsetAndMetadata(position.getAsLong());
                if (!offset.equals(committed.put(partition, offset))) {
                    offsets.put(partition, offset);
                }
            }
        }
        return offsets;
    }

    private void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets, Exception failure) {
        if (failure != null) {
            LOG.warn("Commit failed, the next poll commits again: {}", offsets, failure);
            committed.keySet().removeAll(offsets.keySet());
        }
    }

    private void pauseFullPartitions() {
        pausedHere.retainAll(assignment());
        for (TopicPartition partition : assignment()) {
            boolean full = ledger.of(partition).span() >= window;
            if (full && !paused().contains(partition)) {
                super.pause(List.of(partition));
                pausedHere.add(partition);
            } else if (!full && pausedHere.remove(partition)) {
                resume(List.of(partition));
            }
        }
    }

    private void awaitEnd(Collection<TopicPartition> partitions) {
        try {
            ledger.close(partitions).get(revocationTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Partitions revoked with events in flight; the next owner repeats these events: {}", partitions);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commitNow(Collection<TopicPartition> partitions) {
        try {
            commitSync(uncommitted(partitions));
        } catch (KafkaException e) {
            LOG.warn("Partitions revoked without a commit; the next owner repeats some events: {}", partitions, e);
        }
    }

    private void forget(Collection<TopicPartition> partitions) {
        ledger.forget(partitions);
        committed.keySet().removeAll(partitions);
    }

    /** Called when partitions move to another process, and when this process stops. */
    private final class Handover implements ConsumerRebalanceListener {
        private final ConsumerRebalanceListener next;

        private Handover(ConsumerRebalanceListener next) {
            this.next = next;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            next.onPartitionsAssigned(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            awaitEnd(partitions);
            commitNow(partitions);
            forget(partitions);
            next.onPartitionsRevoked(partitions);
        }

        /** The partitions have a new owner already: it repeats the events in flight. */
        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            forget(partitions);
            next.onPartitionsLost(partitions);
        }
    }
}

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
 * Commits what the ledger says has left, and reads a partition no further than a window beyond its oldest event under way.
 * Used by one thread, as any consumer of Kafka; it waits for runs in one case alone: when a partition is given away.
 */
final class LedgerConsumer extends KafkaConsumer<Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerConsumer.class);

    private final Ledger ledger;
    private final int window;
    private final Duration patience;
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final Set<TopicPartition> held = new HashSet<>();

    /** For the component of Kafka, which makes its consumers with it. */
    static KafkaClientFactory factory(Ledger ledger, int window, Duration patience) {
        return new DefaultKafkaClientFactory() {
            @Override
            public Consumer<Object, Object> getConsumer(Properties properties) {
                return new LedgerConsumer(properties, ledger, window, patience);
            }
        };
    }

    /**
     * @param window how far a partition is read beyond its oldest event under way, give or take one poll
     * @param patience how long a partition that is given away waits for its events under way
     */
    private LedgerConsumer(Properties properties, Ledger ledger, int window, Duration patience) {
        super(properties);
        this.ledger = ledger;
        this.window = window;
        this.patience = patience;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        Map<TopicPartition, OffsetAndMetadata> offsets = uncommitted(assignment());
        if (!offsets.isEmpty()) {
            commitAsync(offsets, this::onCommit);
        }
        holdFullPartitions();
        return super.poll(timeout);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Handover(listener));
    }

    /** Whoever pauses a partition from outside resumes it too. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        held.removeAll(partitions);
        super.pause(partitions);
    }

    /** What has left since the last commit; taken as committed from now on. */
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
            LOG.warn("Not committed, tried again with the next poll: {}", offsets, failure);
            committed.keySet().removeAll(offsets.keySet());
        }
    }

    private void holdFullPartitions() {
        held.retainAll(assignment());
        for (TopicPartition partition : assignment()) {
            boolean full = ledger.of(partition).span() >= window;
            if (full && !paused().contains(partition)) {
                super.pause(List.of(partition));
                held.add(partition);
            } else if (!full && held.remove(partition)) {
                resume(List.of(partition));
            }
        }
    }

    private void awaitEnd(Collection<TopicPartition> partitions) {
        try {
            ledger.close(partitions).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Given away with events under way, which the next owner takes again: {}", partitions);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commitNow(Collection<TopicPartition> partitions) {
        try {
            commitSync(uncommitted(partitions));
        } catch (KafkaException e) {
            LOG.warn("Given away without a commit; the next owner takes some events again: {}", partitions, e);
        }
    }

    private void forget(Collection<TopicPartition> partitions) {
        ledger.forget(partitions);
        committed.keySet().removeAll(partitions);
    }

    /** What happens when partitions go to another process, or when this one stops. */
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

        /** They have another owner already: what is under way is answered twice. */
        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            forget(partitions);
            next.onPartitionsLost(partitions);
        }
    }
}

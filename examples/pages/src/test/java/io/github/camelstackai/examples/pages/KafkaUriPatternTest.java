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
package io.github.camelstackai.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.examples.pages.PatternPage.Language;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The URIs of a topic of questions, as Camel's component for Kafka reads them. Kafka's own mocks stand for the broker. */
class KafkaUriPatternTest extends PatternTest {
    /** Never connected to. */
    private static final String BROKERS = "127.0.0.1:1";

    /** The topics that the component writes to. */
    private final MockProducer<String, String> producer =
            new MockProducer<>(true, null, new StringSerializer(), new StringSerializer());

    /** What each consumer is created with. */
    private final List<Properties> consumers = new CopyOnWriteArrayList<>();

    private void start(Language language) throws Exception {
        KafkaComponent kafka = new KafkaComponent();
        kafka.getConfiguration().setBrokers(BROKERS);
        kafka.setKafkaClientFactory(new Clients());
        context.addComponent("kafka", kafka);
        start(KafkaPatternTest.HEADING, language);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void keyIsTheUserOfTheRunAndTheKeyOfTheAnswer(Language language) throws Exception {
        start(language);
        await().atMost(PATIENCE).until(() -> producer.history().size() == 1);
        assertThat(producer.history().get(0)).satisfies(answer -> {
            assertThat(answer.topic()).isEqualTo("answers");
            assertThat(answer.key()).isEqualTo("conversation-1");
            assertThat(answer.value()).isEqualTo("Answer to: q");
        });
        assertThat(simulator().runs()).singleElement().satisfies(run -> assertThat(run.inputs())
                .isEqualTo(Map.of("in-0", "q", "user_id", "conversation-1")));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void consumersHaveTheSettingsThatThePageNames(Language language) throws Exception {
        start(language);
        await().atMost(PATIENCE).until(() -> consumers.size() == 10);
        Map<String, String> settings = Map.of(
                "group.id", "assistant",
                "max.poll.records", "1",
                "max.poll.interval.ms", "3600000",
                "enable.auto.commit", "true",
                "auto.commit.interval.ms", "5000");
        settings.forEach((name, value) -> assertThat(consumers)
                .allSatisfy(all -> assertThat(all.get(name)).hasToString(value)));
    }

    /** Clients without a broker. The first consumer has the only partition, which has one question. */
    private final class Clients implements KafkaClientFactory {
        @Override
        @SuppressWarnings("rawtypes")
        public Producer getProducer(Properties properties) {
            return producer;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Consumer getConsumer(Properties properties) {
            MockConsumer<String, String> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST);
            consumers.add(properties);
            if (consumers.size() == 1) {
                TopicPartition partition = new TopicPartition("questions", 0);
                consumer.schedulePollTask(() -> {
                    consumer.rebalance(List.of(partition));
                    consumer.updateBeginningOffsets(Map.of(partition, 0L));
                    consumer.addRecord(new ConsumerRecord<>("questions", 0, 0, "conversation-1", "q"));
                });
            }
            return consumer;
        }

        @Override
        public String getBrokers(KafkaConfiguration configuration) {
            return BROKERS;
        }
    }
}

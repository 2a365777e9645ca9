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

import io.github.camelstackai.simulator.StackAiSimulator;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Starts the brokers and the simulator once a class. Each test has its own topic, group and queue. */
abstract class SystemsTest {
    static final String FLOW = "my-flow";
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    static StackAiSimulator stackAi;
    static Systems systems;
    private static KafkaProducer<String, String> producer;

    /** The name of the test, and of its topic, group and queue. */
    String name;

    Backlog backlog;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        stackAi = StackAiSimulator.start();
        systems = new Systems(
                Map.of(
                        "STACKAI_BASE_URL", stackAi.baseUrl(),
                        "STACKAI_API_KEY", stackAi.apiKey(),
                        "STACKAI_ORG_ID", stackAi.orgId(),
                        "STACKAI_FLOW_ID", FLOW),
                folder);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers(), "linger.ms", 0), new StringSerializer(), new StringSerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        systems.close();
        stackAi.close();
    }

    @BeforeEach
    void createTopic(TestInfo test) throws Exception {
        stackAi.reset();
        name = test.getTestMethod().orElseThrow().getName();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()))) {
            admin.createTopics(List.of(new NewTopic(name, partitions(), (short) 1), new NewTopic(dead(), 1, (short) 1)))
                    .all()
                    .get();
        }
        backlog = new Backlog(brokers(), name, name);
    }

    @AfterEach
    void closeBacklog() {
        backlog.close();
    }

    abstract int partitions();

    static String brokers() {
        return systems.brokers();
    }

    static String queueBroker() {
        return systems.jmsUrl();
    }

    String dead() {
        return name + ".dead";
    }

    /** Properties that override application.properties. */
    Map<String, String> settings() {
        return Map.of(
                "topic", name, "group", name, "queue", name, "dead-letter-topic", dead(), "session-timeout", "3000");
    }

    void publish(String key, Object text) {
        String customer = key == null ? "nobody" : key;
        publishRaw(key, "{\"customer\":\"%s\",\"text\":\"%s\"}".formatted(customer, text));
    }

    void publishRaw(String key, String value) {
        producer.send(new ProducerRecord<>(name, key, value));
    }

    /** A message of the queue. */
    record Enriched(String origin, String runId, String json) {
        static Enriched of(TextMessage message) throws JMSException {
            return new Enriched(
                    message.getStringProperty("origin"), message.getStringProperty("runId"), message.getText());
        }
    }

    /** Receives messages from the queue until there are enough. */
    List<Enriched> receive(String broker, Predicate<List<Enriched>> enough) throws JMSException {
        return receive(broker, enough, TIMEOUT);
    }

    List<Enriched> receive(String broker, Predicate<List<Enriched>> enough, Duration timeout) throws JMSException {
        List<Enriched> messages = new ArrayList<>();
        long end = System.nanoTime() + timeout.toNanos();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker);
                JMSContext context = factory.createContext();
                JMSConsumer consumer = context.createConsumer(context.createQueue(name))) {
            while (!enough.test(messages) && System.nanoTime() < end) {
                TextMessage message = (TextMessage) consumer.receive(500);
                if (message != null) {
                    messages.add(Enriched.of(message));
                }
            }
        }
        return messages;
    }
}

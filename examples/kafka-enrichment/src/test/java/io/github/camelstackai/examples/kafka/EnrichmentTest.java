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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The events of one partition. */
@Timeout(120)
class EnrichmentTest extends SystemsTest {
    private Main application;

    @BeforeEach
    void startApplication() throws Exception {
        startApplication(queueBroker());
    }

    private void startApplication(String jmsUrl) throws Exception {
        application = systems.application(jmsUrl);
        settings().forEach(application::addOverrideProperty);
        application.addOverrideProperty("redelivery-delay", "100");
        application.addOverrideProperty("redeliveries", "3");
        application.addOverrideProperty("window", "100");
        application.start();
    }

    @AfterEach
    void stopApplication() {
        application.stop();
    }

    @Override
    int partitions() {
        return 1;
    }

    @Test
    void sendsTheEventWithItsAnswerAndRunId() throws Exception {
        publish("c-1", "Where is it?");
        Enriched message =
                receive(queueBroker(), messages -> messages.size() == 1).get(0);
        assertThat(message.json())
                .isEqualTo("{\"customer\":\"c-1\",\"text\":\"Where is it?\",\"answer\":\"Answer to: Where is it?\"}");
        assertThat(message.origin()).isEqualTo(name + "-0@0");
        assertThat(message.runId()).isEqualTo(stackAi.runs().get(0).runId());
        assertThat(stackAi.requests().get(0).json()).containsEntry("user_id", "c-1");
    }

    @Test
    void commitsNothingBehindAnEventInFlight() throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        stackAi.script(FLOW, request -> asks(request, "slow") ? Reply.usual().when(release) : null);
        publish("c-0", 0);
        publish("c-1", "slow");
        for (int i = 2; i < 40; i++) {
            publish("c-" + i, i);
        }
        assertThat(receive(queueBroker(), messages -> messages.size() == 39)).hasSize(39);
        await().atMost(TIMEOUT).until(() -> backlog.committed() == 1);
        await().during(Duration.ofSeconds(1)).until(() -> backlog.committed() == 1);
        release.complete(null);
        assertThat(receive(queueBroker(), messages -> messages.size() == 1))
                .extracting(Enriched::origin)
                .containsExactly(name + "-0@1");
        await().atMost(TIMEOUT).until(() -> backlog.committed() == 40);
    }

    @Test
    void runsAsManyEventsAtOnceAsTheWindowAllows() throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        stackAi.script(FLOW, request -> Reply.usual().when(release));
        for (int i = 0; i < 300; i++) {
            publish(null, i);
        }
        await().atMost(TIMEOUT).until(() -> stackAi.openRequests() >= 100);
        await().during(Duration.ofSeconds(1)).until(() -> stackAi.openRequests() < 150);
        release.complete(null);
        assertThat(receive(queueBroker(), messages -> messages.size() == 300)).hasSize(300);
        assertThat(stackAi.maxOpenRequests()).isBetween(100, 149);
    }

    @Test
    void keepsTheOrderOfAKey() throws Exception {
        stackAi.script(FLOW, request -> Reply.usual().after(Duration.ofMillis(200 - number(request) % 10 * 20)));
        for (int i = 0; i < 60; i++) {
            publish("c-" + i % 3, i);
        }
        List<Enriched> messages = receive(queueBroker(), all -> all.size() == 60);
        for (int key = 0; key < 3; key++) {
            String customer = "\"c-" + key + "\"";
            assertThat(messages.stream().filter(message -> message.json().contains(customer)))
                    .extracting(message -> Long.parseLong(
                            message.origin().substring(message.origin().indexOf('@') + 1)))
                    .hasSize(20)
                    .isSorted();
        }
        assertThat(stackAi.maxOpenRequests()).isEqualTo(3);
    }

    @Test
    void redeliversAfterRetryAfterWhileOtherEventsContinue() throws Exception {
        stackAi.enqueue(
                Reply.error(429, "Slow down").header("Retry-After", "2"),
                Reply.error(502, "Bad gateway"),
                Reply.error(503, "Service unavailable"),
                Reply.error(504, "Gateway timeout"));
        publish("c-1", "throttled");
        await().atMost(TIMEOUT).until(() -> stackAi.requestCount() == 1);
        publish("c-2", "a");
        publish("c-3", "b");
        publish("c-4", "c");
        assertThat(receive(queueBroker(), messages -> messages.size() == 4))
                .last()
                .extracting(Enriched::origin)
                .isEqualTo(name + "-0@0");
        List<RecordedRequest> attempts = stackAi.requests().stream()
                .filter(request -> asks(request, "throttled"))
                .toList();
        assertThat(attempts).hasSize(2);
        assertThat(Duration.ofNanos(
                        attempts.get(1).arrivedNanos() - attempts.get(0).arrivedNanos()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void sendsFailedEventsWithTheReasonToTheDeadLetterTopic() throws Exception {
        stackAi.flow(FLOW, inputs -> {
            throw new IllegalStateException("no model");
        });
        stackAi.script(FLOW, request -> asks(request, "down") ? Reply.error(503, "Service unavailable") : null);
        stackAi.enqueue(Reply.error(503, "Service unavailable"), Reply.error(422, "Not a question"));
        publishRaw("c-0", "not JSON");
        publishRaw("c-0", "{\"customer\":\"c-0\"}");
        publish("c-1", "refused");
        await().atMost(TIMEOUT).until(() -> stackAi.requestCount() == 2);
        publish("c-2", "down");
        publish("c-3", "fails");
        await().atMost(TIMEOUT).until(() -> backlog.committed() == 5);
        assertThat(stackAi.requestCount()).isEqualTo(2 + 4 + 1);
        assertReasons();
    }

    private void assertReasons() {
        Map<String, String> reasons = deadLetters(5).stream()
                .collect(Collectors.toMap(letter -> header(letter, "origin"), letter -> header(letter, "reason")));
        assertThat(reasons.get(name + "-0@0")).startsWith("Unrecognized token");
        assertThat(reasons.get(name + "-0@1")).isEqualTo("The event has no \"text\"");
        assertThat(reasons.get(name + "-0@2")).contains("422", "Not a question");
        assertThat(reasons.get(name + "-0@3")).contains("503", "Service unavailable");
        assertThat(reasons.get(name + "-0@4")).contains("no model");
        assertThat(deadLetters(5))
                .filteredOn(letter -> "c-3".equals(letter.key()))
                .singleElement()
                .satisfies(letter -> assertThat(letter.value()).isEqualTo("{\"customer\":\"c-3\",\"text\":\"fails\"}"))
                .satisfies(letter -> assertThat(header(letter, "runId"))
                        .isEqualTo(stackAi.runs().get(0).runId()));
    }

    @Test
    void keepsEventsInFlightWhileTheQueueIsUnavailable() throws Exception {
        application.stop();
        EmbeddedArtemis broker = new EmbeddedArtemis(0);
        int port = broker.port();
        startApplication(broker.url());
        publish("c-1", "before");
        await().atMost(TIMEOUT).until(() -> backlog.committed() == 1);
        broker.close();

        publish("c-1", "meanwhile");
        publishRaw("c-2", "not JSON");
        await().atMost(TIMEOUT).until(() -> stackAi.runs().size() == 2);
        await().during(Duration.ofSeconds(1)).until(() -> backlog.committed() == 1);
        try (EmbeddedArtemis back = new EmbeddedArtemis(port)) {
            assertThat(receive(back.url(), messages -> messages.size() == 1))
                    .extracting(Enriched::origin)
                    .containsExactly(name + "-0@1");
            await().atMost(TIMEOUT).until(() -> backlog.committed() == 3);
            application.stop();
        }
        assertThat(stackAi.runs())
                .as("the answer waits, the run is not repeated")
                .hasSize(2);
    }

    private List<ConsumerRecord<String, String>> deadLetters(int count) {
        List<ConsumerRecord<String, String>> letters = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers()), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partition = List.of(new TopicPartition(dead(), 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            await().atMost(TIMEOUT).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
                return letters.size() >= count;
            });
        }
        return letters;
    }

    private static String header(ConsumerRecord<String, String> letter, String header) {
        return new String(letter.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    private static boolean asks(RecordedRequest request, String text) {
        return text.equals(request.json().get("in-0"));
    }

    private static int number(RecordedRequest request) {
        return Integer.parseInt((String) request.json().get("in-0"));
    }
}

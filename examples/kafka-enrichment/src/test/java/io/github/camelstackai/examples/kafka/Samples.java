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

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sample tickets, and a simulated flow that is slow, throttles requests and rejects one of the tickets. */
final class Samples {
    static final String FLOW = "triage";

    private static final int CUSTOMERS = 40;
    private static final String REJECTED = "asdf";

    private Samples() {}

    /** Publishes tickets with the customer as the key; the flow rejects no. 3, and no. 7 is not JSON. */
    static void publish(String brokers, String topic, int count) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                String customer = "customer-" + i % CUSTOMERS;
                producer.send(new ProducerRecord<>(topic, customer, event(i, customer)));
            }
        }
    }

    private static String event(int number, String customer) {
        String text = number == 3 ? REJECTED : "Where is my parcel no. " + number + "?";
        return number == 7
                ? "a ticket that is not JSON"
                : "{\"id\":%d,\"customer\":\"%s\",\"text\":\"%s\"}".formatted(number, customer, text);
    }

    static StackAiSimulator simulator() {
        StackAiSimulator simulator = StackAiSimulator.start();
        AtomicInteger requests = new AtomicInteger();
        simulator.script(FLOW, request -> reply(request, requests.incrementAndGet()));
        return simulator;
    }

    private static Reply reply(RecordedRequest request, int number) {
        if (number % 20 == 0) {
            return Reply.error(429, "Slow down").header("Retry-After", "1");
        }
        if (number % 33 == 0) {
            return Reply.error(503, "Service unavailable");
        }
        if (request.text().contains(REJECTED)) {
            return Reply.error(422, "The text is not a question");
        }
        return Reply.usual().after(Duration.ofMillis(300 + number * 37L % 900));
    }
}

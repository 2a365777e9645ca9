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

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Tickets of 40 customers; the customer is the key. One cannot be read, one is refused by the simulated service. */
final class SampleEvents {
    static final String REFUSED = "asdf";

    private SampleEvents() {}

    static void publish(String brokers, String topic, int count) {
        Map<String, Object> properties = Map.of("bootstrap.servers", brokers);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                String customer = "customer-" + i % 40;
                producer.send(new ProducerRecord<>(topic, customer, event(i, customer)));
            }
        }
    }

    private static String event(int number, String customer) {
        String text = number == 3 ? REFUSED : "Where is my parcel no. " + number + "?";
        return number == 7
                ? "a ticket that is no JSON"
                : "{\"id\":%d,\"customer\":\"%s\",\"text\":\"%s\"}".formatted(number, customer, text);
    }
}

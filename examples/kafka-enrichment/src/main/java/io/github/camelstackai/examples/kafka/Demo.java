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

import jakarta.jms.ConnectionFactory;
import jakarta.jms.TextMessage;
import java.io.PrintStream;
import java.util.Enumeration;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.springframework.jms.core.JmsTemplate;

/** Publishes some events, shows how the application gets on with them, and some of what it made of them. */
final class Demo {
    private static final int SHOWN = 3;

    private final Systems systems;
    private final PrintStream out;
    private final Main main;

    Demo(Systems systems, PrintStream out) {
        this.systems = systems;
        this.out = out;
        main = Enrichment.application(systems.environment());
    }

    void run(int events) throws Exception {
        String brokers = systems.environment().get(Systems.KAFKA);
        out.println("Started in this process; with these in its environment another process shares the work:");
        systems.started().forEach((name, value) -> out.println("  export " + name + "=" + value));
        main.init();
        String topic = property("topic");
        SampleEvents.publish(brokers, topic, events);
        out.println(events + " events are in topic " + topic + ".");
        main.start();
        watch(brokers, topic, events);
        showEnriched();
        showDead();
        main.stop();
    }

    private String property(String name) {
        return main.getCamelContext().resolvePropertyPlaceholders("{{" + name + "}}");
    }

    private void watch(String brokers, String topic, int events) throws Exception {
        try (Backlog backlog = new Backlog(brokers, topic, property("group"))) {
            long committed;
            do {
                Thread.sleep(500);
                committed = backlog.committed();
                int inFlight = main.getCamelContext().getInflightRepository().size("enrich");
                out.printf("  %d of %d events are done and committed, %d in flight%n", committed, events, inFlight);
            } while (committed < events);
        }
    }

    private void showEnriched() {
        ConnectionFactory factory =
                main.lookupByType(ConnectionFactory.class).values().iterator().next();
        String queue = property("queue");
        out.println("Some of what is in queue " + queue + ":");
        new JmsTemplate(factory).browse(queue, (session, browser) -> {
            Enumeration<?> messages = browser.getEnumeration();
            for (int i = 0; i < SHOWN && messages.hasMoreElements(); i++) {
                TextMessage message = (TextMessage) messages.nextElement();
                out.println("  " + message.getText() + ", run " + message.getStringProperty(EnrichmentRoutes.RUN_ID));
            }
            return null;
        });
    }

    private void showDead() throws Exception {
        String topic = property("dead-letter-topic");
        out.println("What could not be enriched is in topic " + topic + ":");
        try (ConsumerTemplate consumer = main.getCamelContext().createConsumerTemplate()) {
            String uri = "kafka:" + topic + "?autoOffsetReset=earliest";
            for (Exchange event = consumer.receive(uri, 3000); event != null; event = consumer.receive(uri, 1000)) {
                String reason = event.getMessage().getHeader(EnrichmentRoutes.REASON, String.class);
                out.println("  " + event.getMessage().getBody(String.class) + ": "
                        + reason.lines().findFirst().orElse(""));
                consumer.doneUoW(event);
            }
        }
    }
}

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

import static org.awaitility.Awaitility.await;

import io.github.camelstackai.examples.launcher.Account;
import io.github.camelstackai.examples.launcher.CommandLine;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Set;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.springframework.jms.core.JmsTemplate;

/** Runs the application with sample events, and prints its progress and some of the results. */
public final class Demo {
    private static final int SHOWN = 3;

    private final Systems systems;
    private final Main main;
    private volatile String lastFailure;
    private long committed;

    private Demo(Systems systems) {
        this.systems = systems;
        main = systems.application(systems.jmsUrl());
        main.addOverrideProperty("camel.main.shutdown-timeout", "1"); // Ctrl-C ends a trial at once
    }

    /**
     * Runs the application until it is stopped. If the environment does not name a Kafka, publishes sample events and ends
     * when they are enriched. Reads the system properties {@code events}, their number, and {@code example.work}, a folder.
     */
    public static void main(String[] arguments) {
        CommandLine.run(Set.of("events"), Samples.FLOW, Samples::simulator, Demo::run);
    }

    private static int run(Account account) throws Exception {
        Integer events = Integer.getInteger("events");
        if (events == null || events < 1) {
            throw new IllegalArgumentException(
                    "-Devents=" + System.getProperty("events") + " is not a number of events, such as 200");
        }
        try (Systems systems = new Systems(System.getenv(), account, Path.of(System.getProperty("example.work")))) {
            Demo demo = new Demo(systems);
            if (systems.hasStartedKafka()) {
                demo.enrichSamples(events);
            } else {
                System.out.println("Enriching events from " + systems.brokers() + " until stopped.");
                demo.main.run();
            }
        }
        return 0;
    }

    private void enrichSamples(int events) throws Exception {
        System.out.println("Started in this process. To share the work with another process, set there:");
        systems.started().forEach((name, value) -> System.out.println("  export " + name + "=" + value));
        main.init();
        main.getCamelContext().getManagementStrategy().addEventNotifier(new LastFailure());
        Samples.publish(systems.brokers(), property("topic"), events);
        System.out.println(events + " events are in topic " + property("topic") + ".");
        main.start();
        awaitCommits(events);
        printEnriched();
        printDeadLetters();
        main.stop();
    }

    private String property(String name) {
        return main.getCamelContext().resolvePropertyPlaceholders("{{" + name + "}}");
    }

    private void awaitCommits(int events) {
        try (Backlog backlog = new Backlog(systems.brokers(), property("topic"), property("group"))) {
            await().forever()
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> printProgress(backlog, events) >= events);
        }
    }

    /** Prints why calls are repeated if nothing has been done since the last line. */
    private long printProgress(Backlog backlog, int events) throws Exception {
        long done = backlog.committed();
        int inFlight = main.getCamelContext().getInflightRepository().size("enrich");
        String failure = done > committed ? null : lastFailure;
        committed = done;
        System.out.printf(
                "  %d of %d events are done and committed, %d in flight%s%n",
                done, events, inFlight, failure == null ? "" : "; repeating calls: " + failure);
        return done;
    }

    /** Keeps the reason of the last call that is repeated. */
    private final class LastFailure extends EventNotifierSupport {
        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelEvent.ExchangeRedeliveryEvent redelivery) {
                Exception cause = redelivery.getExchange().getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
                lastFailure = cause == null ? null : cause.getMessage();
            }
        }
    }

    private void printEnriched() {
        ConnectionFactory factory =
                main.lookupByType(ConnectionFactory.class).values().iterator().next();
        String queue = property("queue");
        System.out.println("The first messages in queue " + queue + ":");
        new JmsTemplate(factory).browse(queue, (session, browser) -> {
            Enumeration<?> messages = browser.getEnumeration();
            for (int i = 0; i < SHOWN && messages.hasMoreElements(); i++) {
                TextMessage message = (TextMessage) messages.nextElement();
                String run = message.getStringProperty(EnrichmentRoutes.RUN_ID);
                System.out.println("  " + message.getText() + ", run " + run);
            }
            return null;
        });
    }

    private void printDeadLetters() throws Exception {
        String topic = property("dead-letter-topic");
        System.out.println("Events that could not be enriched, in topic " + topic + ":");
        try (ConsumerTemplate consumer = main.getCamelContext().createConsumerTemplate()) {
            String uri = "kafka:" + topic + "?autoOffsetReset=earliest";
            for (Exchange event = consumer.receive(uri, 3000); event != null; event = consumer.receive(uri, 1000)) {
                String reason = event.getMessage().getHeader(EnrichmentRoutes.REASON, String.class);
                System.out.println("  " + event.getMessage().getBody(String.class) + ": "
                        + reason.lines().findFirst().orElse(""));
                consumer.doneUoW(event);
            }
        }
    }
}

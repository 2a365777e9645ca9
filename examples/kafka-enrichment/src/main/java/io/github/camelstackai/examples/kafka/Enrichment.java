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

import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.main.Main;
import org.springframework.jms.connection.CachingConnectionFactory;

/** The application. Start it as often as the topic has partitions: Kafka shares them out. */
public final class Enrichment {
    private Enrichment() {}

    /** Runs until it is stopped; without a Kafka in the environment, until it has enriched some events of its own. */
    public static void main(String[] arguments) throws Exception {
        try (Systems systems = new Systems(System.getenv(), Path.of(System.getProperty("work", "target")))) {
            if (systems.started().containsKey(Systems.KAFKA)) {
                new Demo(systems, System.out).run(Integer.getInteger("events", 200));
            } else {
                System.out.println("Enriching events from " + System.getenv(Systems.KAFKA) + " until stopped.");
                application(systems.environment()).run();
            }
        } catch (IllegalArgumentException e) {
            System.out.println("Not started: " + e.getMessage());
            System.exit(2);
        }
        System.exit(0);
    }

    /** Not started yet. */
    static Main application(Map<String, String> environment) {
        Main main = new Main();
        main.addOverrideProperty("camel.component.kafka.brokers", environment.get("KAFKA_BROKERS"));
        main.addOverrideProperty(
                "camel.component.stackai.base-url",
                environment.getOrDefault("STACKAI_BASE_URL", "https://api.stack-ai.com"));
        main.addOverrideProperty("camel.component.stackai.api-key", environment.get("STACKAI_API_KEY"));
        main.addOverrideProperty("camel.component.stackai.org-id", environment.get("STACKAI_ORG_ID"));
        main.addOverrideProperty("flow", environment.get("STACKAI_FLOW_ID"));
        main.bind("connectionFactory", connectionFactory(environment));
        main.configure().addRoutesBuilder(new EnrichmentRoutes());
        return main;
    }

    /** Keeps one connection, and sessions for as many senders as send at once. */
    private static CachingConnectionFactory connectionFactory(Map<String, String> environment) {
        CachingConnectionFactory factory = new CachingConnectionFactory(new ActiveMQConnectionFactory(
                environment.get("JMS_URL"), environment.get("JMS_USERNAME"), environment.get("JMS_PASSWORD")));
        factory.setSessionCacheSize(20);
        return factory;
    }
}

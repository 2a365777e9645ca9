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
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.main.Main;
import org.springframework.jms.connection.CachingConnectionFactory;

/** The application. Processes that run it share the partitions of the topic. */
public final class Enrichment {
    private Enrichment() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(application(System.getenv()).run(arguments));
    }

    /** Returns the application, not started yet, with the JMS broker that the environment names. */
    static Main application(Map<String, String> environment) {
        CachingConnectionFactory factory = new CachingConnectionFactory(new ActiveMQConnectionFactory(
                environment.get("JMS_URL"), environment.get("JMS_USERNAME"), environment.get("JMS_PASSWORD")));
        factory.setSessionCacheSize(20); // concurrent senders
        Main main = new Main();
        main.bind("connectionFactory", factory);
        main.configure().addRoutesBuilder(new EnrichmentRoutes());
        return main;
    }
}

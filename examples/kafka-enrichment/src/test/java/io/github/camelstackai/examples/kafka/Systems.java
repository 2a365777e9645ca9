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

import io.github.camelstackai.examples.launcher.Account;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.main.Main;
import org.springframework.util.FileSystemUtils;

/** Kafka, JMS and StackAI. Starts each system that the environment does not name in this process. */
final class Systems implements AutoCloseable {
    private static final String KAFKA = "KAFKA_BROKERS";
    private static final String JMS = "JMS_URL";

    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final Map<String, String> environment;
    private final Map<String, String> started = new TreeMap<>();
    private final Account account;

    /**
     * @param work where the broker stores its data; {@link #close} deletes the data
     * @throws IllegalArgumentException if the environment names only a part of an account
     */
    Systems(Map<String, String> environment, Path work) throws Exception {
        this(environment, Account.of(environment, Samples.FLOW, Samples::simulator), work);
        closing.addLast(account::close);
    }

    /** @param account stays open on {@link #close} */
    Systems(Map<String, String> environment, Account account, Path work) throws Exception {
        this.environment = new HashMap<>(environment);
        this.account = account;
        if (account.simulator().isPresent()) {
            started.putAll(account.variables());
        }
        if (lacks(KAFKA)) {
            started.put(KAFKA, kafka(work).brokers());
        }
        if (lacks(JMS)) {
            started.put(JMS, artemis().url());
        }
        this.environment.putAll(started);
    }

    String brokers() {
        return environment.get(KAFKA);
    }

    String jmsUrl() {
        return environment.get(JMS);
    }

    boolean hasStartedKafka() {
        return started.containsKey(KAFKA);
    }

    /** The environment variables that name the systems of this process to another process. */
    Map<String, String> started() {
        return started;
    }

    /** The environment with the variables of {@link #started}. */
    Map<String, String> environment() {
        return environment;
    }

    /** The application, not started yet. */
    Main application(String jmsUrl) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(JMS, jmsUrl);
        Main main = Enrichment.application(changed);
        account.properties().forEach(main::addOverrideProperty);
        main.addOverrideProperty("camel.component.kafka.brokers", brokers());
        return main;
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }

    private boolean lacks(String name) {
        return environment.getOrDefault(name, "").isBlank();
    }

    private EmbeddedKafka kafka(Path work) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(work), "kafka");
        closing.push(() -> FileSystemUtils.deleteRecursively(folder.toFile()));
        EmbeddedKafka kafka = new EmbeddedKafka(folder);
        closing.push(kafka::close);
        return kafka;
    }

    private EmbeddedArtemis artemis() throws Exception {
        EmbeddedArtemis artemis = new EmbeddedArtemis(0);
        closing.push(artemis::close);
        return artemis;
    }
}

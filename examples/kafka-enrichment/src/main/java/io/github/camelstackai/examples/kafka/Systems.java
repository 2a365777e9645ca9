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
import org.springframework.util.FileSystemUtils;

/** Kafka, JMS and StackAI: those that the environment names, and in this process those that it does not. */
final class Systems implements AutoCloseable {
    static final String KAFKA = "KAFKA_BROKERS";
    static final String JMS = "JMS_URL";

    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final Map<String, String> environment;
    private final Map<String, String> started = new TreeMap<>();

    /**
     * @param work where the broker's data goes, which {@link #close} deletes
     * @throws IllegalArgumentException when the environment names an account only in part
     */
    Systems(Map<String, String> environment, Path work) throws Exception {
        this.environment = new HashMap<>(environment);
        boolean account = Account.isIn(environment);
        if (lacks(KAFKA)) {
            started.put(KAFKA, kafka(work).brokers());
        }
        if (lacks(JMS)) {
            started.put(JMS, artemis().url());
        }
        if (!account) {
            started.putAll(service().environment());
        }
        this.environment.putAll(started);
    }

    /** The environment, with what was started here. */
    Map<String, String> environment() {
        return environment;
    }

    /** What was started here, as the variables that name it to another process. */
    Map<String, String> started() {
        return started;
    }

    @Override
    public void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }

    private boolean lacks(String name) {
        return environment.getOrDefault(name, "").isBlank();
    }

    private EmbeddedKafka kafka(Path work) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(work), "kafka");
        ends.push(() -> FileSystemUtils.deleteRecursively(folder.toFile()));
        EmbeddedKafka kafka = new EmbeddedKafka(folder);
        ends.push(kafka::close);
        return kafka;
    }

    private EmbeddedArtemis artemis() throws Exception {
        EmbeddedArtemis artemis = new EmbeddedArtemis(0);
        ends.push(artemis::close);
        return artemis;
    }

    private SimulatedService service() {
        SimulatedService service = new SimulatedService();
        ends.push(service::close);
        return service;
    }
}

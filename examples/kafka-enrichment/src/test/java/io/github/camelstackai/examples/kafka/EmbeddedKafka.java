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

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A Kafka broker with its controller in this process. */
final class EmbeddedKafka implements AutoCloseable {
    private final String brokers;
    private final KafkaRaftServer server;

    /** @param folder an empty folder for its data */
    EmbeddedKafka(Path folder) throws Exception {
        int[] ports = freePorts();
        brokers = "localhost:" + ports[0];
        new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(folder.toString())
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName("CONTROLLER")
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .run();
        server = new KafkaRaftServer(KafkaConfig.fromProps(properties(folder, ports)), Time.SYSTEM);
        server.startup();
    }

    /** The value for {@code bootstrap.servers}. */
    String brokers() {
        return brokers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Properties properties(Path folder, int... ports) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader("""
                process.roles = broker,controller
                node.id = 1
                controller.quorum.voters = 1@localhost:%2$d
                controller.listener.names = CONTROLLER
                listeners = PLAINTEXT://localhost:%1$d,CONTROLLER://localhost:%2$d
                listener.security.protocol.map = PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                num.partitions = 4
                offsets.topic.num.partitions = 1
                offsets.topic.replication.factor = 1
                group.initial.rebalance.delay.ms = 0
                group.min.session.timeout.ms = 1000
                """.formatted(ports[0], ports[1])));
        properties.setProperty("log.dirs", folder.toString());
        return properties;
    }

    /** Both sockets stay open until both ports are known, so that the ports differ. */
    private static int[] freePorts() throws IOException {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket controller = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new int[] {broker.getLocalPort(), controller.getLocalPort()};
        }
    }
}

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
package io.github.camelstackai.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand requests are open at once on a few threads and in little memory. The simulator runs in a process of its
 * own because each side needs a file descriptor for each connection.
 */
class ManyOpenRequestsTest {
    private static final int MANY = 10_000;
    private static final String HEAP = "-Xmx256m";
    private static final byte[] REQUEST = """
            POST /inference/v0/run/sim-org/f1 HTTP/1.1\r
            Host: sim\r
            Authorization: Bearer sim-key\r
            Connection: close\r
            Content-Length: 12\r
            \r
            {"in-0":"a"}""".getBytes(StandardCharsets.UTF_8);

    private Process process;
    private BufferedReader answers;
    private PrintWriter commands;

    @BeforeEach
    void startSimulator() throws IOException {
        process = JavaProcess.of(List.of(HEAP), SimulatorMain.class)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    @AfterEach
    void stopSimulator() throws Exception {
        commands.close();
        assertThat(process.waitFor()).as("exits at the end of its input").isZero();
    }

    @Test
    @Timeout(90)
    void tenThousandRequestsAreOpenAtOnce() throws Exception {
        int port = URI.create(answers.readLine()).getPort();
        assertThat(ask("hold")).isEqualTo("held");
        try (Clients clients = new Clients(port)) {
            clients.sendAll();
            awaitOpen(MANY);
            assertThat(count("threads")).isLessThan(15);

            assertThat(ask("release")).isEqualTo("released");
            assertThat(clients.readAnswers()).isEqualTo(MANY);
            assertThat(count("open")).isZero();
            assertThat(count("maxOpen")).isEqualTo(MANY);
            assertThat(count("aborted")).isZero();
        }
    }

    /** Does not spin: each command waits for its answer. */
    private void awaitOpen(int wanted) throws IOException {
        long open = count("open");
        while (open < wanted) {
            open = count("open");
        }
        assertThat(open).isEqualTo(wanted);
    }

    private String ask(String command) throws IOException {
        commands.println(command);
        return answers.readLine();
    }

    private long count(String name) throws IOException {
        String line = ask("counts");
        Matcher matcher = Pattern.compile(name + "=(\\d+)").matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** The connections, with one request each, on one thread. */
    private static final class Clients implements AutoCloseable {
        /** Fewer than the system queues: it drops others, which are made a second later. */
        private static final int AT_ONCE = 1000;

        private final Selector selector = Selector.open();
        private final ByteBuffer buffer = ByteBuffer.allocate(4096);
        private final InetSocketAddress server;

        Clients(int port) throws IOException {
            server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }

        private void connect(int count) throws IOException {
            for (int i = 0; i < count; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(server);
                channel.register(selector, SelectionKey.OP_CONNECT, "");
            }
        }

        void sendAll() throws IOException {
            for (int sent = 0; sent < MANY; selector.selectedKeys().clear()) {
                connect(Math.min(MANY, sent + AT_ONCE) - selector.keys().size());
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    SocketChannel channel = (SocketChannel) key.channel();
                    assertThat(channel.finishConnect()).isTrue();
                    assertThat(channel.write(ByteBuffer.wrap(REQUEST))).isEqualTo(REQUEST.length);
                    key.interestOps(SelectionKey.OP_READ);
                    sent++;
                }
            }
        }

        /** Reads all responses to their ends and returns how many have the answer. */
        int readAnswers() throws IOException {
            int complete = 0;
            for (int ended = 0; ended < MANY; selector.selectedKeys().clear()) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (!read(key)) {
                        key.cancel();
                        ended++;
                        complete += key.attachment().toString().contains("Answer to: a") ? 1 : 0;
                    }
                }
            }
            return complete;
        }

        private boolean read(SelectionKey key) throws IOException {
            int bytes = ((SocketChannel) key.channel()).read(buffer.clear());
            key.attach(key.attachment()
                    + StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString());
            return bytes >= 0;
        }

        @Override
        public void close() throws IOException {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        }
    }
}

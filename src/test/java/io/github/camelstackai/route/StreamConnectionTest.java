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
package io.github.camelstackai.route;

import static io.github.camelstackai.Eventually.eventually;
import static io.github.camelstackai.route.Streams.END;
import static io.github.camelstackai.route.Streams.frame;
import static io.github.camelstackai.route.Streams.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** The connection of a stream after its last chunk. */
class StreamConnectionTest extends RouteTest {
    @Test
    void connectionOfACompleteStreamIsReused() {
        context.start();
        Set<Long> known = new HashSet<>();
        eventually("a connection has rested and is reused", () -> assertThat(known.add(connectionOfTheNextStream()))
                .isFalse());
    }

    private long connectionOfTheNextStream() {
        stackAi().enqueue(Streams.reply("x"));
        assertThat(template.requestBody("stackai:stream:f", "q", StackAiStream.class)
                        .text())
                .isEqualTo("x");
        noCallHoldsAConnection();
        List<RecordedRequest> requests = stackAi().requests();
        return requests.get(requests.size() - 1).connection();
    }

    private void noCallHoldsAConnection() {
        eventually("no call holds a connection", () -> assertThat(component.leasedConnections())
                .isZero());
    }

    /** The body may end after the answer is complete, and after the exchange has ended. */
    @Test
    void connectionIsReusedWhereTheBodyEndsAfterTheExchange() throws Exception {
        List<Integer> connections = new CopyOnWriteArrayList<>();
        Semaphore exchangesEnded = new Semaphore(0);
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            component.getConfiguration().setBaseUrl("http://127.0.0.1:" + server.getLocalPort());
            startRoutes(
                    routes -> routes.from("direct:start").to("stackai:stream:f").convertBodyTo(String.class));
            new Thread(() -> acceptAll(server, connections, exchangesEnded), "server").start();
            eventually("a connection has rested and is reused", () -> {
                for (int i = 0; i < 2; i++) {
                    assertThat(send("q").getMessage().getBody()).isEqualTo("");
                    exchangesEnded.release();
                    noCallHoldsAConnection();
                }
                assertThat(Set.copyOf(connections)).hasSizeLessThan(connections.size());
            });
        }
    }

    /** @param connections receives the number of the connection of each request */
    private static void acceptAll(ServerSocket server, List<Integer> connections, Semaphore exchangesEnded) {
        try {
            for (int number = 0; true; number++) {
                int connection = number;
                Socket socket = server.accept();
                new Thread(() -> answerAll(socket, () -> connections.add(connection), exchangesEnded)).start();
            }
        } catch (IOException closed) {
            // the test has ended
        }
    }

    /** Ends the body of each answer after its exchange has ended. */
    private static void answerAll(Socket socket, Runnable onRequest, Semaphore exchangesEnded) {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        String last = Integer.toHexString(utf8(END + "\n").length) + "\r\n" + END + "\n\r\n";
        try (socket) {
            while (true) {
                readRequest(socket);
                onRequest.run();
                socket.getOutputStream().write(utf8(head + last));
                exchangesEnded.acquire();
                socket.getOutputStream().write(utf8("0\r\n\r\n"));
            }
        } catch (IOException | InterruptedException closed) {
            // the client has closed the connection
        }
    }

    /** Reads up to the end of the JSON object. */
    private static void readRequest(Socket socket) throws IOException {
        int last = 0;
        while (last != '}') {
            last = socket.getInputStream().read();
            if (last < 0) {
                throw new EOFException("no request arrived on this connection");
            }
        }
    }

    @Test
    void connectionOfABodyThatDoesNotEndIsClosed() {
        context.start();
        stackAi().enqueue(Reply.chunks(frame("x") + "\n", END + "\n").thenSilence());
        assertThat(template.requestBody("stackai:stream:f", "q", StackAiStream.class)
                        .text())
                .isEqualTo("x");
        eventually("the connection is closed", () -> assertThat(component.leasedConnections())
                .isZero());
    }
}

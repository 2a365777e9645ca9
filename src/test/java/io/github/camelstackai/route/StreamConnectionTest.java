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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The connection of a stream after its last chunk. */
class StreamConnectionTest extends RouteTest {
    @Test
    void connectionOfACompleteStreamIsReused() {
        context.start();
        for (int i = 0; i < 5; i++) {
            stackAi().enqueue(Streams.reply("x"));
            assertThat(template.requestBody("stackai:stream:f", "q", StackAiStream.class)
                            .text())
                    .isEqualTo("x");
            eventually("the connection is back in the pool", () -> assertThat(component.leasedConnections())
                    .isZero());
        }
        assertThat(stackAi().requests())
                .extracting(RecordedRequest::connection)
                .containsOnly(stackAi().requests().get(0).connection());
    }

    /** The body may end after the answer is complete, and after the exchange has ended. */
    @Test
    void connectionIsReusedWhereTheBodyEndsAfterTheExchange() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            component.getConfiguration().setBaseUrl("http://127.0.0.1:" + server.getLocalPort());
            startRoutes(
                    routes -> routes.from("direct:start").to("stackai:stream:f").convertBodyTo(String.class));
            CompletableFuture<Void> firstExchangeEnded = new CompletableFuture<>();
            FutureTask<Void> connection = new FutureTask<>(() -> answerTwice(server, firstExchangeEnded));
            new Thread(connection, "one-connection").start();
            assertThat(send("q").getMessage().getBody()).isEqualTo("");
            firstExchangeEnded.complete(null);
            eventually("the connection is back in the pool", () -> assertThat(component.leasedConnections())
                    .isZero());
            assertThat(send("q").getMessage().getBody()).isEqualTo("");
            connection.get(5, TimeUnit.SECONDS);
        }
    }

    /** Accepts one connection; ends the body of the first answer once {@code firstExchangeEnded} has completed. */
    private static Void answerTwice(ServerSocket server, CompletableFuture<Void> firstExchangeEnded) throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        String last = Integer.toHexString(utf8(END + "\n").length) + "\r\n" + END + "\n\r\n";
        try (Socket socket = server.accept()) {
            readRequest(socket);
            socket.getOutputStream().write(utf8(head + last));
            firstExchangeEnded.get(5, TimeUnit.SECONDS);
            socket.getOutputStream().write(utf8("0\r\n\r\n"));
            readRequest(socket);
            socket.getOutputStream().write(utf8(head + last + "0\r\n\r\n"));
        }
        return null;
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

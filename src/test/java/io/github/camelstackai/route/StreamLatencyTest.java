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

import static io.github.camelstackai.route.Streams.END;
import static io.github.camelstackai.route.Streams.frame;
import static io.github.camelstackai.route.Streams.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** How soon a chunk is routed after the service has written it. */
class StreamLatencyTest extends RouteTest {
    @Test
    void chunkIsRoutedAtOnceAndNotOneLate() throws Exception {
        List<Long> routed = new CopyOnWriteArrayList<>();
        List<Long> written = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .setBody(simple("${body}"))
                        .convertBodyTo(String.class)
                        .process(e -> routed.add(System.nanoTime()));
            }
        });
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            component.getConfiguration().setBaseUrl("http://127.0.0.1:" + server.getLocalPort());
            context.start();
            FutureTask<Void> writer = new FutureTask<>(() -> {
                writePaced(server, written);
                return null;
            });
            new Thread(writer, "paced writer").start();
            assertThat(send("q").getException()).isNull();
            writer.get();
        }
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            delays.add((routed.get(i) - written.get(i)) / 1_000);
        }
        delays.sort(null);
        System.out.println("written to routed: median " + delays.get(delays.size() / 2) + " µs, longest "
                + delays.get(delays.size() - 1) + " µs");
        assertThat(delays).hasSize(21);
        assertThat(Duration.ofNanos(delays.get(delays.size() / 2) * 1_000)).isLessThan(Duration.ofMillis(20));
    }

    /** A chunk every 200 ms by a plain socket; {@code written} gets the moment before each write. */
    private static void writePaced(ServerSocket server, List<Long> written) throws Exception {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            out.write(utf8("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
            for (int i = 0; i <= 20; i++) {
                byte[] line = utf8((i == 20 ? END : frame("t" + i)) + "\n");
                new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
                written.add(System.nanoTime());
                out.write(utf8(Integer.toHexString(line.length) + "\r\n" + new String(line, UTF_8) + "\r\n"));
            }
            out.write(utf8("0\r\n\r\n"));
        }
    }
}

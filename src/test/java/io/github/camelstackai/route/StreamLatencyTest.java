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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** How soon a chunk is routed after the service has written it. */
class StreamLatencyTest extends RouteTest {
    private static final int CHUNKS = 21;

    /** When each chunk was routed, in nanoseconds, until the writer takes it. */
    private final BlockingQueue<Long> routed = new LinkedBlockingQueue<>();

    @Test
    void eachChunkIsRoutedBeforeTheNextIsWritten() throws Exception {
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
            FutureTask<List<Duration>> writer = new FutureTask<>(() -> writeOneByOne(server));
            new Thread(writer, "stream-writer").start();
            Exchange exchange = send("q");
            assertSoon(writer.get());
            assertThat(exchange.getException()).isNull();
        }
    }

    private static void assertSoon(List<Duration> delays) {
        List<Duration> sorted = delays.stream().sorted().toList();
        Duration median = sorted.get(CHUNKS / 2);
        System.out.println("written to routed: median " + median.toNanos() / 1_000 + " µs, longest "
                + sorted.get(CHUNKS - 1).toNanos() / 1_000 + " µs");
        assertThat(sorted).hasSize(CHUNKS);
        assertThat(median).isLessThan(Duration.ofMillis(20));
    }

    /** Writes each chunk once the one before has been routed; returns how long each took to be routed. */
    private List<Duration> writeOneByOne(ServerSocket server) throws Exception {
        List<Duration> delays = new ArrayList<>();
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            out.write(utf8("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
            for (int i = 0; i < CHUNKS; i++) {
                byte[] line = utf8((i == CHUNKS - 1 ? END : frame("t" + i)) + "\n");
                long written = System.nanoTime();
                out.write(utf8(Integer.toHexString(line.length) + "\r\n" + new String(line, UTF_8) + "\r\n"));
                Long at = routed.poll(5, TimeUnit.SECONDS);
                assertThat(at).as("chunk %d is routed", i).isNotNull();
                delays.add(Duration.ofNanos(at - written));
            }
            out.write(utf8("0\r\n\r\n"));
        }
        return delays;
    }
}

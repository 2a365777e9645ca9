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
package io.github.camelstackai.http.apache;

import static io.github.camelstackai.http.apache.Fault.Versions.ALL;
import static io.github.camelstackai.http.apache.PlainClient.LIMIT;
import static io.github.camelstackai.http.apache.PlainClient.result;
import static io.github.camelstackai.http.apache.RequestFaults.eventually;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.config.Http1Config;

/** What happens while a response arrives. */
@SuppressWarnings("FutureReturnValueIgnored") // the receiver or the server tells
final class ResponseFaults {
    private static final int PIECE = 1024;
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private ResponseFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "delivers a body before its receiver has granted anything",
                        "BodyWindow.INITIAL",
                        ALL,
                        ResponseFaults::deliversWithoutAGrant),
                new Fault(
                        "delivers more while what was granted is used up",
                        "BodyWindow.announce",
                        ALL,
                        ResponseFaults::deliversWithTooSmallAGrant),
                new Fault(
                        "reads on while reading is suspended",
                        "BackpressureSession.read",
                        ALL,
                        ResponseFaults::readsOnWhileSuspended),
                new Fault(
                        "takes bytes that no request asked for as the next response",
                        "UnrequestedBytesGuard",
                        ALL,
                        ResponseFaults::takesUnrequestedBytes),
                new Fault(
                        "drops what arrives with the break of a chunked body",
                        "BrokenBodyDecoder",
                        ALL,
                        ResponseFaults::dropsWhatArrivesWithTheBreak));
    }

    private static PlainClient withoutInitialWindow() {
        return PlainClient.with(builder -> builder.setHttp1Config(
                Http1Config.custom().setInitialWindowSize(BodyWindow.INITIAL).build()));
    }

    private static PlainReceiver granting(int bytes) {
        return new PlainReceiver(bytes, () -> {});
    }

    private static boolean deliversWithoutAGrant() throws Exception {
        PlainReceiver receiver = granting(0);
        try (UploadServer server = new UploadServer();
                PlainClient client = new PlainClient()) {
            server.script(socket -> {
                UploadServer.send(socket, HEAD.formatted(2 * PIECE) + "x".repeat(PIECE));
                socket.getInputStream().read();
            });
            client.get(server.uri(), receiver);
            return eventually(() -> receiver.received() == PIECE) && !receiver.capacity.isDone();
        }
    }

    /** One byte is granted after 1 KiB too many has been delivered. */
    private static boolean deliversWithTooSmallAGrant() throws Exception {
        PlainReceiver receiver = granting(0);
        CountDownLatch more = new CountDownLatch(1);
        try (UploadServer server = new UploadServer();
                PlainClient client = withoutInitialWindow()) {
            server.script(socket -> {
                UploadServer.send(socket, HEAD.formatted(3 * PIECE) + "x".repeat(PIECE));
                more.await();
                UploadServer.send(socket, "x".repeat(PIECE));
                socket.getInputStream().read();
            });
            client.get(server.uri(), receiver);
            receiver.capacity.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS).update(1);
            int before = receiver.received();
            more.countDown();
            return before == PIECE && eventually(() -> receiver.received() > before);
        }
    }

    /** The I/O thread waits until many small chunks have arrived. */
    private static boolean readsOnWhileSuspended() throws Exception {
        int chunks = 8 * 1024;
        CountDownLatch head = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        PlainReceiver receiver = new PlainReceiver(0, () -> {
            head.countDown();
            arrived.await();
        });
        try (UploadServer server = new UploadServer();
                PlainClient client = withoutInitialWindow()) {
            server.script(socket -> {
                socket.setSendBufferSize(chunks * PIECE);
                UploadServer.send(socket, CHUNKED);
                head.await();
                UploadServer.send(socket, "8\r\n8 bytes.\r\n".repeat(chunks));
                arrived.countDown();
                socket.getInputStream().read();
            });
            client.get(server.uri(), receiver);
            return eventually(() -> receiver.received() == 8 * chunks);
        }
    }

    /** The second response begins before the second request. */
    private static boolean takesUnrequestedBytes() throws Exception {
        try (UploadServer server = new UploadServer();
                PlainClient client = new PlainClient()) {
            server.script(socket -> {
                UploadServer.send(socket, UploadServer.OK + "HTTP/1.1 200 OK\r\n");
                UploadServer.head(socket.getInputStream());
                UploadServer.send(socket, "Content-Length: 5\r\n\r\nstray");
                socket.getInputStream().read();
            });
            result(client.get(server.uri()), LIMIT);
            return "stray".equals(result(client.get(server.uri()), LIMIT));
        }
    }

    /** A chunk and the end of the connection have arrived when the client reads. */
    private static boolean dropsWhatArrivesWithTheBreak() throws Exception {
        CountDownLatch head = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        PlainReceiver receiver = new PlainReceiver(Integer.MAX_VALUE, () -> {
            head.countDown();
            arrived.await();
        });
        try (UploadServer server = new UploadServer();
                PlainClient client = new PlainClient()) {
            server.script(socket -> {
                UploadServer.send(socket, CHUNKED);
                head.await();
                UploadServer.send(socket, "5\r\nhello\r\n");
                socket.shutdownOutput();
                arrived.countDown();
                socket.getInputStream().read();
            });
            Future<String> call = client.get(server.uri(), receiver);
            return result(call, LIMIT) instanceof Exception && receiver.received() == 0;
        }
    }
}

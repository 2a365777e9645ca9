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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A client that sees bytes and how they end, with no HTTP library between. */
final class TestClient implements AutoCloseable {
    enum End {
        RESET,
        CLOSED,
        SILENT
    }

    /** What came until the end, or until nothing came for a while. */
    record Received(String text, End end) {}

    private final Socket socket = new Socket();
    private final AtomicLong sent = new AtomicLong();

    TestClient(StackAiSimulator simulator) throws IOException {
        this(simulator, 0);
    }

    /**
     * @param receiveBuffer bytes that the kernel may take before the client reads; 0 for its default
     */
    TestClient(StackAiSimulator simulator, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), simulator.port()));
        patience(Duration.ofSeconds(5));
    }

    TestClient patience(Duration silence) throws IOException {
        socket.setSoTimeout((int) silence.toMillis());
        return this;
    }

    TestClient send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        socket.getOutputStream().write(bytes);
        sent.addAndGet(bytes.length);
        return this;
    }

    /** How many bytes the kernel has taken. */
    long sent() {
        return sent.get();
    }

    /** A run of flow {@code f1} with the right credential. */
    TestClient run() throws IOException {
        return post("run/sim-org/f1", "");
    }

    /**
     * A call with the right credential and the input {@code a}.
     *
     * @param headers more of them, each with its line end
     */
    TestClient post(String path, String headers) throws IOException {
        String body = "{\"in-0\":\"a\"}";
        String head = "POST /inference/v0/%s HTTP/1.1\r\nHost: sim\r\nAuthorization: Bearer sim-key\r\n";
        return send(head.formatted(path) + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    Received receive() throws IOException {
        return receive(Integer.MAX_VALUE);
    }

    /** At most so many bytes. */
    Received receive(int most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        End end = End.SILENT;
        try {
            for (int next = read(most); next >= 0; next = read(most - bytes.size())) {
                bytes.write(next);
            }
            end = bytes.size() == most ? End.SILENT : End.CLOSED;
        } catch (SocketTimeoutException e) {
            end = End.SILENT;
        } catch (SocketException e) {
            end = End.RESET;
        }
        return new Received(bytes.toString(StandardCharsets.ISO_8859_1), end);
    }

    private int read(int most) throws IOException {
        return most == 0 ? -1 : socket.getInputStream().read();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Closes with a TCP reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}

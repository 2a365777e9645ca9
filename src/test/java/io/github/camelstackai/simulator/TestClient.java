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
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A client on a plain socket: sees the bytes and how the connection ends. */
final class TestClient implements AutoCloseable {
    enum End {
        RESET,
        CLOSED,
        SILENT
    }

    /** The bytes until the end of the connection, or until a read timed out ({@code SILENT}). */
    record Received(String text, End end) {}

    private final Socket socket;
    private final AtomicLong sent = new AtomicLong();

    TestClient(StackAiSimulator simulator) throws IOException {
        this(simulator, 0);
    }

    /**
     * @param receiveBuffer bytes that the kernel accepts before the client reads them; 0 for its default
     */
    TestClient(StackAiSimulator simulator, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), simulator.port()));
        timeout(Duration.ofSeconds(10));
    }

    /**
     * @param connected a TLS socket, for example
     */
    TestClient(Socket connected) throws IOException {
        socket = connected;
        timeout(Duration.ofSeconds(10));
    }

    /** Sets the timeout of each read. */
    TestClient timeout(Duration silence) throws IOException {
        socket.setSoTimeout((int) silence.toMillis());
        return this;
    }

    TestClient send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        socket.getOutputStream().write(bytes);
        sent.addAndGet(bytes.length);
        return this;
    }

    /** How many bytes the kernel has accepted. */
    long sent() {
        return sent.get();
    }

    /** Sends a run of flow {@code f1} with a valid credential. */
    TestClient run() throws IOException {
        return post("run/sim-org/f1", "");
    }

    /**
     * Sends a call with a valid credential and the input {@code a}.
     *
     * @param headers more headers, each with its line end
     */
    TestClient post(String path, String headers) throws IOException {
        String body = "{\"in-0\":\"a\"}";
        String head = "POST /inference/v0/%s HTTP/1.1\r\nHost: sim\r\nAuthorization: Bearer sim-key\r\n";
        return send(head.formatted(path) + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Reads until the end of the connection or the timeout of a read. */
    Received receive() throws IOException {
        return receive(Integer.MAX_VALUE);
    }

    /** As {@link #receive()}, but at most so many bytes; after them the end is {@code SILENT}. */
    Received receive(int most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        End end = End.SILENT;
        byte[] buffer = new byte[8192];
        try {
            while (bytes.size() < most && end == End.SILENT) {
                int count = socket.getInputStream().read(buffer, 0, Math.min(buffer.length, most - bytes.size()));
                bytes.write(buffer, 0, Math.max(count, 0));
                end = count < 0 ? End.CLOSED : End.SILENT;
            }
        } catch (SocketTimeoutException e) {
            end = End.SILENT;
        } catch (SocketException e) {
            end = End.RESET;
        }
        return new Received(bytes.toString(StandardCharsets.ISO_8859_1), end);
    }

    /**
     * Reads up to the first {@code mark}, which is included.
     *
     * @throws IOException if the connection ends or a read times out before the mark
     */
    String receiveUntil(String mark) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(mark)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new EOFException("No " + mark + " in " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    /** Reads at least so many bytes, and all that are in the socket with the last of them. */
    String receiveAtLeast(int least) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[100_000];
        while (text.length() < least) {
            int bytes = socket.getInputStream().read(buffer);
            if (bytes < 0) {
                throw new EOFException("Only " + text);
            }
            text.append(new String(buffer, 0, bytes, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
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

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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** A server on sockets, for what happens while it receives a request. Each connection does what the next script says. */
final class UploadServer implements AutoCloseable {
    /** Serves a connection from after the head of its first request; the connection is closed after it. */
    interface Script {
        void serve(Socket socket) throws Exception;
    }

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    static final String REFUSED = "HTTP/1.1 413 Too Large\r\nContent-Length: 9\r\n\r\ntoo large";

    private final String scheme;
    private final ServerSocket server;
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    /** The bytes of bodies that scripts have read. */
    final AtomicLong received = new AtomicLong();

    UploadServer() throws IOException {
        this("http", ServerSocketFactory.getDefault());
    }

    UploadServer(SSLContext tls) throws IOException {
        this("https", tls.getServerSocketFactory());
    }

    private UploadServer(String scheme, ServerSocketFactory sockets) throws IOException {
        this.scheme = scheme;
        server = sockets.createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "upload-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Of the next connection. */
    void script(Script script) {
        scripts.add(script);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread thread = new Thread(() -> serve(socket), "upload-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // the test has closed the server
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            head(socket.getInputStream());
            scripts.remove().serve(socket);
        } catch (Exception e) {
            // the client has closed the connection
        }
    }

    /** Reads up to the end of a head. */
    static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    /** Reads up to {@code bytes} of a body; returns how many came. */
    long receive(Socket socket, long bytes) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = bytes;
        while (left > 0) {
            int read = socket.getInputStream().read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                break;
            }
            received.addAndGet(read);
            left -= read;
        }
        return bytes - left;
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort() + "/x");
    }

    /** How many connections were made. */
    int connections() {
        return sockets.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

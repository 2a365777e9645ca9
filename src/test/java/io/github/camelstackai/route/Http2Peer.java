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

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** An HTTP/2 server that answers frame by frame as a test says, also as no good server would. One thread a connection. */
final class Http2Peer implements AutoCloseable {
    static final int REFUSED_STREAM = 7;
    static final int INTERNAL_ERROR = 2;
    static final int ENHANCE_YOUR_CALM = 11;

    /** What is done when a request has arrived; runs on the connection's thread. */
    interface Answer {
        void to(Request request) throws IOException;
    }

    private final SSLServerSocket server;
    private final Answer answer;
    private final int maxStreams;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    /** The bodies of all requests that have arrived, but for those that it has said it does not look at. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    final AtomicInteger connections = new AtomicInteger();

    Http2Peer(SSLContext tls, Answer answer) throws IOException {
        this(tls, 100, answer);
    }

    /** @param maxStreams what is said of {@code SETTINGS_MAX_CONCURRENT_STREAMS} */
    Http2Peer(SSLContext tls, int maxStreams, Answer answer) throws IOException {
        this.answer = answer;
        this.maxStreams = maxStreams;
        server = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress());
        SSLParameters parameters = server.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        server.setSSLParameters(parameters);
        start(this::accept);
    }

    String baseUrl() {
        return "https://localhost:" + server.getLocalPort();
    }

    /** Closes all connections, each with a regular end. */
    void closeConnections() throws IOException {
        for (Link link : links) {
            link.socket.close();
        }
    }

    /** Connections that the client has not closed. */
    int openConnections() {
        return links.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeConnections();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "http2-peer");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SSLSocket socket = (SSLSocket) server.accept();
                socket.setTcpNoDelay(true); // a frame is not kept for the next
                Link link = new Link(socket);
                links.add(link);
                connections.incrementAndGet();
                start(link);
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** A request that has arrived, and the way to answer it. */
    static final class Request {
        private final Link link;
        final int stream;
        private final StringBuilder body = new StringBuilder();

        Request(Link link, int stream) {
            this.link = link;
            this.stream = stream;
        }

        String body() {
            return body.toString();
        }

        void head(int status, Map<String, String> headers) throws IOException {
            StringBuilder block = new StringBuilder(literal(8, Integer.toString(status)));
            headers.forEach((name, value) -> block.append('\0')
                    .append((char) name.length())
                    .append(name)
                    .append((char) value.length())
                    .append(value));
            link.frame(1, 4, stream, block.toString().getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Sends as much as the client lets come, and returns how much that was. */
        int data(byte[] bytes) throws IOException {
            int allowed = Math.min(bytes.length, Math.min(link.window(stream).get(), 16_384));
            if (allowed > 0) {
                link.frame(0, 0, stream, java.util.Arrays.copyOf(bytes, allowed));
                link.window(stream).addAndGet(-allowed);
            }
            return Math.max(allowed, 0);
        }

        void text(String text) throws IOException {
            link.frame(0, 0, stream, text.getBytes(StandardCharsets.UTF_8));
        }

        void end() throws IOException {
            link.frame(0, 1, stream, new byte[0]);
        }

        void ok(String json) throws IOException {
            head(200, Map.of("content-type", "application/json"));
            text(json);
            end();
        }

        void reset(int code) throws IOException {
            link.frame(3, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
        }

        /** Says that no stream after {@code last} has been looked at. */
        void goAway(int last, int code) throws IOException {
            link.lastSeen = last;
            link.frame(7, 0, 0, ByteBuffer.allocate(8).putInt(last).putInt(code).array());
        }

        /** Says that no stream is looked at but those that have arrived. */
        void goAway() throws IOException {
            synchronized (link.open) {
                goAway(link.lastArrived, 0);
            }
        }

        void close() throws IOException {
            link.socket.close();
        }

        /** Whether the client has given it up. */
        boolean gone() {
            return link.resets.contains(stream) || link.socket.isClosed();
        }

        private static String literal(int nameIndex, String value) {
            return "" + (char) nameIndex + (char) value.length() + value;
        }
    }

    /** One connection. */
    private final class Link implements Runnable {
        private final SSLSocket socket;
        private final Map<Integer, Request> open = new ConcurrentHashMap<>();
        private final Map<Integer, AtomicInteger> windows = new ConcurrentHashMap<>();
        private final Set<Integer> resets = ConcurrentHashMap.newKeySet();
        /** Written by the thread that reads the connection. */
        private volatile int initialWindow = 65_535;
        /** Of the requests that were looked at; guarded by {@link #open}, so that it is true when it is said. */
        private int lastArrived;
        /** Later streams are not looked at; written by the thread that answers. */
        private volatile int lastSeen = Integer.MAX_VALUE;

        Link(SSLSocket socket) {
            this.socket = socket;
        }

        @Override
        public void run() {
            try (socket) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                in.readFully(new byte[24]); // the preface
                frame(
                        4,
                        0,
                        0,
                        ByteBuffer.allocate(6)
                                .putShort((short) 3)
                                .putInt(maxStreams)
                                .array());
                while (true) {
                    int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
                    int type = in.readUnsignedByte();
                    int flags = in.readUnsignedByte();
                    int stream = in.readInt();
                    byte[] payload = new byte[length];
                    in.readFully(payload);
                    handle(type, flags, stream, payload);
                }
            } catch (IOException e) {
                // the client, or the test, has closed
            } finally {
                links.remove(this);
            }
        }

        private void handle(int type, int flags, int stream, byte[] payload) throws IOException {
            switch (type) {
                case 0 -> open.get(stream).body.append(new String(payload, StandardCharsets.UTF_8));
                case 1 -> open.put(stream, new Request(this, stream));
                case 3 -> resets.add(stream);
                case 4 -> settings(flags, payload);
                case 6 -> frame(6, 1, 0, payload);
                case 8 -> window(stream).addAndGet(ByteBuffer.wrap(payload).getInt());
                default -> {}
            }
            if (type <= 1 && (flags & 1) == 1) {
                Request request = open.remove(stream);
                synchronized (open) {
                    if (stream > lastSeen) {
                        return;
                    }
                    lastArrived = stream;
                    requests.add(request.body());
                }
                start(() -> {
                    try {
                        answer.to(request);
                    } catch (IOException e) {
                        // the client has left
                    }
                });
            }
        }

        private void settings(int flags, byte[] payload) throws IOException {
            if ((flags & 1) == 0) {
                for (ByteBuffer settings = ByteBuffer.wrap(payload); settings.hasRemaining(); ) {
                    int id = settings.getShort();
                    int value = settings.getInt();
                    initialWindow = id == 4 ? value : initialWindow;
                }
                frame(4, 1, 0, new byte[0]);
            }
        }

        private AtomicInteger window(int stream) {
            return windows.computeIfAbsent(stream, id -> new AtomicInteger(initialWindow));
        }

        private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
            frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
            frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
            synchronized (socket) {
                OutputStream out = socket.getOutputStream();
                out.write(frame.array());
                out.flush();
            }
        }
    }
}

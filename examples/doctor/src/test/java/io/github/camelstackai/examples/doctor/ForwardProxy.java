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
package io.github.camelstackai.examples.doctor;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A forward proxy on a free loopback port: tunnels by CONNECT, and requests in absolute form. */
final class ForwardProxy implements Closeable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> requestLines = new CopyOnWriteArrayList<>();
    /** Status for each request; 0 lets it pass. */
    private final int refusal;

    /** The credential that is asked for; null for none. */
    private final String credential;

    ForwardProxy(int refusal, String credential) throws IOException {
        this.refusal = refusal;
        this.credential = credential;
        threads.execute(this::accept);
    }

    Proxy address(String authorization) {
        return new Proxy("127.0.0.1", server.getLocalPort(), authorization);
    }

    List<String> requestLines() {
        return requestLines;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                sockets.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try {
            InputStream in = client.getInputStream();
            String[] request = Head.line(in).split(" ");
            requestLines.add(request[0] + " " + request[1]);
            StringBuilder headers = new StringBuilder();
            boolean allowed = credential == null;
            for (String line = Head.line(in); !line.isEmpty(); line = Head.line(in)) {
                if (line.startsWith("Proxy-Authorization:")) {
                    allowed |= new Proxy("", 0, credential).header().strip().equals(line);
                } else {
                    headers.append(line).append("\r\n");
                }
            }
            if (!allowed || refusal != 0) {
                int status = allowed ? refusal : 407;
                write(client.getOutputStream(), "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            pass(client, request, headers);
        } catch (IOException e) {
            // the client or the server closed
        }
    }

    private void pass(Socket client, String[] request, CharSequence headers) throws IOException {
        boolean tunnel = request[0].equals("CONNECT");
        URI place = URI.create(tunnel ? "http://" + request[1] : request[1]);
        Socket upstream = new Socket(place.getHost(), place.getPort());
        sockets.add(upstream);
        if (tunnel) {
            write(client.getOutputStream(), "HTTP/1.1 200 Connected\r\n\r\n");
        } else {
            String path = place.getRawPath() + (place.getRawQuery() == null ? "" : "?" + place.getRawQuery());
            write(upstream.getOutputStream(), request[0] + " " + path + " HTTP/1.1\r\n" + headers + "\r\n");
        }
        threads.execute(() -> copy(client, upstream));
        copy(upstream, client);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one side closed
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}

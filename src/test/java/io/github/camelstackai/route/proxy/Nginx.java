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
package io.github.camelstackai.route.proxy;

import static io.github.camelstackai.Eventually.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An nginx process on a loopback port, with all its files in one folder. */
final class Nginx implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final int PATIENCE_SECONDS = 10;

    private final Path folder;
    private final Process process;
    private final int port;

    private Nginx(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** The program; empty where nginx is not installed. */
    static Optional<Path> program() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/sbin";
        return Pattern.compile(":")
                .splitAsStream(path)
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts nginx on a free port.
     *
     * @param pem the file with its certificate and key
     * @param locations the locations of its server, in the syntax of nginx
     */
    static Nginx start(Path folder, Path pem, String locations) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int port = freePort();
            Path configuration = folder.resolve("nginx.conf");
            Files.writeString(configuration, configuration(folder, pem, port, locations));
            Process process = new ProcessBuilder(
                            program().orElseThrow().toString(),
                            "-p",
                            folder.toString(),
                            "-e",
                            "error.log",
                            "-c",
                            configuration.toString())
                    .inheritIO()
                    .start();
            if (listens(process, port)) {
                return new Nginx(folder, process, port);
            }
        }
        throw new IOException("nginx does not start: " + Files.readString(folder.resolve("error.log")));
    }

    /** A port that is free now; another process may bind it before nginx does. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(Process process, int port) {
        await("nginx starts, or ends")
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> !process.isAlive() || accepts(port));
        return process.isAlive();
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String configuration(Path folder, Path pem, int port, String locations) {
        return """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                events { worker_connections 512; }
                http {
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    log_format protocol "$server_protocol $status $uri";
                    access_log %1$s/access.log protocol;
                    server {
                        listen 127.0.0.1:%2$d ssl http2;
                        ssl_certificate %3$s;
                        ssl_certificate_key %3$s;
                        %4$s
                    }
                }
                """.formatted(folder, port, pem, locations);
    }

    String baseUrl() {
        return "https://localhost:" + port;
    }

    /** The protocol, status and path of each request that has ended. */
    List<String> requests() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("access.log"))) {
            return lines.toList();
        }
    }

    @Override
    public void close() {
        process.destroy();
        await("nginx ends").atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(() -> !process.isAlive());
    }
}

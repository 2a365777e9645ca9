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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A loopback port without a service. */
public final class DeadPort implements AutoCloseable {
    /** What a connection attempt meets. */
    public enum Behaviour {
        /** Nothing listens: connections are refused. */
        REFUSING,
        /** The accept queue is full: connections are neither made nor refused. */
        FULL,
        /** Connections are made, but nothing is read. */
        DEAF
    }

    private static final int FULL_AFTER_MILLIS = 300;
    private static final int DEAF_CONNECTIONS = 50;

    private final ServerSocket server;
    private final List<Socket> queue = new ArrayList<>();

    public DeadPort(Behaviour behaviour) throws IOException {
        int queued = behaviour == Behaviour.DEAF ? DEAF_CONNECTIONS : 1;
        server = new ServerSocket(0, queued, InetAddress.getLoopbackAddress());
        switch (behaviour) {
            case REFUSING -> server.close();
            case FULL -> fill();
            case DEAF -> {} // the kernel accepts as many connections as the queue holds
        }
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void fill() throws IOException {
        for (boolean full = false; !full; ) {
            Socket socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), FULL_AFTER_MILLIS);
            } catch (SocketTimeoutException e) {
                full = true;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : queue) {
            socket.close();
        }
    }
}

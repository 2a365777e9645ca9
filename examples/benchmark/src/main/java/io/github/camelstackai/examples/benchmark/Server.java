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
package io.github.camelstackai.examples.benchmark;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;

/**
 * The service that all contenders call, in a separate process. Prints its port, and ends with its standard input.
 *
 * <p>The name of the flow selects the answer: {@code answer-MILLIS} answers a run after a delay, {@code burst-BYTES} streams
 * without a delay, {@code paced-CHUNKS-MILLIS} sends a chunk in each interval, with the time when it was sent.
 */
public final class Server extends AbstractVerticle {
    /** The value of the output node {@code out-0} of a run. */
    static final String ANSWER =
            "You can reset it on the sign-in page: choose \"Forgot password\", and follow the link.";

    private static final int BLOCK = 16 * 1024;
    private static final int BACKLOG = 4096;
    private static final int EVENT_LOOPS = 2;
    /** A free port that all event loops share. */
    private static final int SHARED_PORT = -1;

    private static final String ENVELOPE = "\"run_id\":\"11111111-2222-3333-4444-555555555555\",\"metadata\":{},"
            + "\"progress_data\":null,\"state\":%s,\"pause\":null,\"error\":null}\n";
    private static final String REST = ENVELOPE.formatted("null");
    static final Buffer RUN = Buffer.buffer("{\"outputs\":{\"out-0\":\"" + ANSWER.replace("\"", "\\\"")
            + "\"},\"citations\":null," + ENVELOPE.formatted("\"COMPLETED\""));
    private static final Buffer END = Buffer.buffer("{\"outputs\":{}," + ENVELOPE.formatted("\"COMPLETED\""));
    private static final Buffer FULL_BLOCK = block();

    private final CompletableFuture<Integer> port;

    private Server(CompletableFuture<Integer> port) {
        this.port = port;
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Vertx.vertx()
                .deployVerticle(() -> new Server(port), new DeploymentOptions().setInstances(EVENT_LOOPS))
                .onFailure(port::completeExceptionally);
        System.out.println(port.get());
        while (System.in.read() >= 0) {}
        System.exit(0);
    }

    @Override
    public void start() {
        vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(BACKLOG).setTcpNoDelay(true))
                .requestHandler(this::serve)
                .listen(SHARED_PORT, "127.0.0.1")
                .onSuccess(server -> port.complete(server.actualPort()))
                .onFailure(port::completeExceptionally);
    }

    private void serve(HttpServerRequest request) {
        String path = request.path();
        String[] flow = path.substring(path.lastIndexOf('/') + 1).split("-");
        HttpServerResponse response = request.response().putHeader("Content-Type", "application/json");
        Handler<Void> reply = nothing -> {
            switch (flow[0]) {
                case "answer" -> later(Long.parseLong(flow[1]), () -> response.end(RUN));
                case "burst" -> burst(response.setChunked(true), Long.parseLong(flow[1]));
                case "paced" -> paced(response.setChunked(true), Integer.parseInt(flow[1]), Long.parseLong(flow[2]));
                default -> response.setStatusCode(404).end();
            }
        };
        request.endHandler(reply);
    }

    private void later(long millis, Runnable action) {
        if (millis == 0) {
            action.run();
        } else {
            vertx.setTimer(millis, timer -> action.run());
        }
    }

    private static void burst(HttpServerResponse response, long bytes) {
        long left = bytes;
        while (left > 0 && !response.closed()) {
            if (response.writeQueueFull()) {
                long rest = left;
                response.drainHandler(nothing -> burst(response, rest));
                return;
            }
            Buffer block = left < FULL_BLOCK.length() ? lines(left) : FULL_BLOCK;
            response.write(block);
            left -= block.length();
        }
        response.end(END);
    }

    private void paced(HttpServerResponse response, int chunks, long millis) {
        int[] sent = {0};
        Runnable send = () -> {
            response.write(Buffer.buffer(chunk(" " + System.nanoTime())));
            if (++sent[0] == chunks) {
                response.end(END);
            }
        };
        send.run();
        if (chunks > 1) {
            vertx.setPeriodic(millis, timer -> {
                if (response.ended() || response.closed()) {
                    vertx.cancelTimer(timer);
                } else {
                    send.run();
                }
            });
        }
    }

    private static Buffer block() {
        return lines(BLOCK);
    }

    /** Returns complete frames of about the given size, at least one. */
    private static Buffer lines(long bytes) {
        Buffer lines = Buffer.buffer();
        do {
            lines.appendString(chunk(" token"));
        } while (lines.length() < bytes);
        return lines;
    }

    static String chunk(String text) {
        return "{\"outputs\":{\"out-0\":\"" + text + "\"}," + REST;
    }
}

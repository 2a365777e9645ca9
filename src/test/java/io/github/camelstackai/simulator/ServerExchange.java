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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncServerExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.ResponseChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Collects one request and starts the reply to it. HttpCore calls it on the connection's I/O thread. */
final class ServerExchange implements AsyncServerExchangeHandler {
    private final ServerConnection connection;
    private final TrafficCounters traffic;
    private final ScheduledExecutorService timer;
    private final Dispatcher dispatcher;
    private final long arrivedNanos = System.nanoTime();
    private final RequestContent content = new RequestContent();
    private final ResponseProgress progress = new ResponseProgress();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    // Written on the I/O thread while the request arrives.
    private HttpRequest request;
    private ResponseChannel channel;
    private HttpContext context;
    private Reply reserved;
    // Written once on the I/O thread, or on the timer's if the reply comes later; read on any.
    private volatile ReplySender sender;

    ServerExchange(
            ServerConnection connection,
            TrafficCounters traffic,
            ScheduledExecutorService timer,
            Dispatcher dispatcher) {
        this.connection = connection;
        this.traffic = traffic;
        this.timer = timer;
        this.dispatcher = dispatcher;
    }

    @Override
    public void handleRequest(
            HttpRequest head, EntityDetails entity, ResponseChannel responses, HttpContext httpContext)
            throws HttpException, IOException {
        request = head;
        channel = responses;
        context = httpContext;
        if (!connection.begin(this)) {
            return;
        }
        reserved = dispatcher.reserve();
        if (reserved != null) {
            connection.readSlowly(reserved.effects.reading());
        }
        if (entity == null || isDue()) {
            reply();
        } else if (expectsContinue()) {
            channel.sendInformation(new BasicHttpResponse(HttpStatus.SC_CONTINUE), context);
        }
    }

    private boolean expectsContinue() {
        Header expect = request.getFirstHeader(HttpHeaders.EXPECT);
        return expect != null && HeaderElements.CONTINUE.equalsIgnoreCase(expect.getValue());
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
        if (!answering() || !effects().ignoresRequestBody()) {
            capacity.update(Integer.MAX_VALUE);
        }
    }

    @Override
    public void consume(ByteBuffer src) throws IOException {
        if (answering()) {
            src.position(src.limit());
            return;
        }
        content.add(src);
        if (isDue()) {
            try {
                reply();
            } catch (HttpException e) {
                throw new IOException(e);
            }
        }
    }

    /** Whether the reply starts although the body may not be complete. */
    private boolean isDue() {
        return reserved != null && content.length() >= reserved.effects.startsAfter();
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) throws HttpException, IOException {
        connection.readSlowly(null);
        if (!answering() && open.get()) {
            reply();
        }
    }

    private void reply() throws HttpException, IOException {
        RecordedRequest recorded = new RecordedRequest(request, content, connection, arrivedNanos, progress, over);
        CompletableFuture<Reply> reply = dispatcher.dispatch(recorded, reserved).toCompletableFuture();
        if (reply.isDone()) {
            start(reply.join());
        } else {
            CompletableFuture<Void> unused = reply.thenAcceptAsync(this::startLate, timer);
        }
    }

    private void startLate(Reply reply) {
        try {
            if (open.get()) {
                start(reply);
            }
        } catch (HttpException | IOException e) {
            failed(e);
            connection.reset();
        }
    }

    private void start(Reply reply) throws HttpException, IOException {
        sender = new ReplySender(this, connection, timer, reply, request);
        sender.start(channel, context);
    }

    @Override
    public int available() {
        return answering() ? sender.available() : 0;
    }

    @Override
    public void produce(DataStreamChannel data) throws IOException {
        sender.produce(data);
    }

    @Override
    public void failed(Exception cause) {
        if (cause instanceof HttpException) {
            end();
        } else {
            abort();
        }
    }

    /** HttpCore has finished with it; the socket may not have accepted its last bytes yet. */
    @Override
    public void releaseResources() {
        if (answering()) {
            sender.cancel();
        }
    }

    /** The response is complete, or the simulator has cut it. */
    void end() {
        if (close()) {
            traffic.ended();
        }
    }

    /** The client has closed the connection before the response was complete. */
    void abort() {
        if (close()) {
            traffic.aborted();
        }
    }

    private boolean close() {
        boolean first = open.compareAndSet(true, false);
        if (first) {
            connection.remove(this);
            over.complete(null);
        }
        return first;
    }

    /** Whether what the connection writes belongs to the reply. */
    boolean answering() {
        return sender != null;
    }

    ResponseProgress progress() {
        return progress;
    }

    /** Of the reply. Only while it {@linkplain #answering() is answering}, like {@link #unrequested()}. */
    ConnectionEffects effects() {
        return sender.effects();
    }

    UnrequestedBytes unrequested() {
        return sender.unrequested();
    }
}

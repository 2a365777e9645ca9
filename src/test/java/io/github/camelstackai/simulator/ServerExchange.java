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
import java.nio.ByteBuffer;
import java.util.List;
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

/** One request: collects it, has it recorded, and starts its answer. Called on the connection's I/O thread. */
final class ServerExchange implements AsyncServerExchangeHandler {
    enum Outcome {
        /** The socket took the whole response. */
        ANSWERED,
        /** The simulator cut the connection. */
        CUT,
        /** The client closed the connection before the response ended. */
        ABORTED
    }

    private final ServerConnection connection;
    private final TrafficCounters traffic;
    private final ScheduledExecutorService timer;
    private final Answers answers;
    private final long arrivedNanos = System.nanoTime();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private final ResponseProgress outflow = new ResponseProgress();
    private final AtomicBoolean open = new AtomicBoolean(true);

    // Written on the I/O thread, while the request arrives.
    private HttpRequest request;
    private ResponseChannel channel;
    private HttpContext context;
    private Reply reserved;
    // Written once on the I/O thread, read by any.
    private volatile ReplySender responder;

    ServerExchange(
            ServerConnection connection, TrafficCounters traffic, ScheduledExecutorService timer, Answers answers) {
        this.connection = connection;
        this.traffic = traffic;
        this.timer = timer;
        this.answers = answers;
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
        reserved = answers.reserve();
        if (entity == null || (reserved != null && reserved.effects.beforeBody())) {
            answer();
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
        if (responder == null || !responder.deaf()) {
            capacity.update(Integer.MAX_VALUE);
        }
    }

    @Override
    public void consume(ByteBuffer src) {
        byte[] bytes = new byte[src.remaining()];
        src.get(bytes);
        if (responder == null) {
            body.writeBytes(bytes);
        }
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) throws HttpException, IOException {
        if (responder == null && open.get()) {
            answer();
        }
    }

    private void answer() throws HttpException, IOException {
        RecordedRequest recorded =
                RecordedRequest.of(request, body.toByteArray(), connection.number(), arrivedNanos, outflow);
        Reply reply = answers.answer(recorded, reserved);
        responder = new ReplySender(this, connection, reply, request);
        responder.start(channel, context, timer);
    }

    @Override
    public int available() {
        return responder == null ? 0 : responder.available();
    }

    @Override
    public void produce(DataStreamChannel data) throws IOException {
        responder.produce(data, timer);
    }

    @Override
    public void failed(Exception cause) {
        end(cause instanceof HttpException ? Outcome.CUT : Outcome.ABORTED);
    }

    /** HttpCore is done with it; its last bytes may still wait for the socket. */
    @Override
    public void releaseResources() {
        if (responder != null) {
            responder.cancel();
        }
    }

    /** Counts the request as over, the first time. */
    void end(Outcome outcome) {
        if (!open.compareAndSet(true, false)) {
            return;
        }
        connection.forget(this);
        if (outcome == Outcome.ABORTED) {
            traffic.aborted();
        } else {
            traffic.ended();
        }
    }

    /** Whether what the connection writes belongs to the reply. */
    boolean answering() {
        return responder != null;
    }

    ResponseProgress outflow() {
        return outflow;
    }

    Reply reply() {
        return responder.reply();
    }
}

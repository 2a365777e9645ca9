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

import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.OutboundRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.impl.BasicEndpointDetails;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.impl.BasicHttpConnectionMetrics;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** A call and its attempts without an HTTP client: a test says what the client would report. */
final class Attempts {
    static final HttpHost HOST = new HttpHost("https", "example.com", 443);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    final SimulatedScheduler scheduler = new SimulatedScheduler();
    final RecordingReceiver receiver = new RecordingReceiver();
    final List<CallExchange> attempts = new ArrayList<>();
    /** The call, once for each time that it said it had ended. */
    final List<ApacheCall> ended = new ArrayList<>();
    /** How the client was told that the response is complete. */
    final List<String> done = new ArrayList<>();

    final ApacheCall call;
    private final HttpCoreContext context = HttpCoreContext.create();
    private final BasicHttpTransportMetrics bytesSent = new BasicHttpTransportMetrics();
    private int discarded;

    Attempts() {
        this(CallTimeouts.NONE);
    }

    Attempts(CallTimeouts timeouts) {
        OutboundRequest request =
                new OutboundRequest("POST", URI.create("https://example.com/x"), "", List.of(), null, List.of());
        call = new ApacheCall(request, timeouts, receiver, scheduler, this::send, ended::add);
        context.setEndpointDetails(new BasicEndpointDetails(
                null,
                null,
                new BasicHttpConnectionMetrics(new BasicHttpTransportMetrics(), bytesSent),
                Timeout.DISABLED));
    }

    private void send(ApacheCall sending) {
        CallExchange attempt = new CallExchange(sending);
        attempts.add(attempt);
        sending.sendBy(attempt);
    }

    CallExchange current() {
        return attempts.get(attempts.size() - 1);
    }

    /** Begins the call, and returns its first attempt, which waits for a connection. */
    CallExchange begin() {
        call.begin();
        return current();
    }

    /** Connects the current attempt. */
    boolean connect(boolean reused) {
        if (!reused) {
            current().connecting(CONNECT_TIMEOUT);
        }
        return current().connected(connection(), TimeValue.ZERO_MILLISECONDS) == null;
    }

    /** Sends the call over a new connection. */
    CallExchange sent() throws RequestNotExecutedException {
        begin();
        connect(false);
        sending();
        write();
        return current();
    }

    /** The request is passed to the connection. */
    void sending() throws RequestNotExecutedException {
        current().sending(context);
    }

    /** Bytes of the request leave the connection. */
    void write() {
        bytesSent.incrementBytesTransferred(100);
    }

    private AsyncExecRuntime connection() {
        return (AsyncExecRuntime) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncExecRuntime.class}, (proxy, method, arguments) -> {
                    discarded += method.getName().equals("discardEndpoint") ? 1 : 0;
                    return null;
                });
    }

    /** Whether the connection was closed. */
    boolean isDiscarded() {
        return discarded > 0;
    }

    void head(BasicHttpResponse response) throws IOException {
        current().consumeResponse(response, new BasicEntityDetails(-1, null), context, doneCallback());
    }

    void head(int status) throws IOException {
        head(new BasicHttpResponse(status));
    }

    void headWithoutBody(int status) throws IOException {
        current().consumeResponse(new BasicHttpResponse(status), null, context, doneCallback());
    }

    void body(String text) throws IOException {
        current().consume(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    void bodyEnds() {
        current().streamEnd(List.of());
    }

    private FutureCallback<Void> doneCallback() {
        return new FutureCallback<>() {
            @Override
            public void completed(Void result) {
                done.add("completed");
            }

            @Override
            public void failed(Exception cause) {
                done.add("failed");
            }

            @Override
            public void cancelled() {
                done.add("cancelled");
            }
        };
    }
}

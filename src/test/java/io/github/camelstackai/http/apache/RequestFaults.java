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

import static io.github.camelstackai.http.apache.Fault.Versions.ALL;
import static io.github.camelstackai.http.apache.PlainClient.LIMIT;
import static io.github.camelstackai.http.apache.PlainClient.result;

import io.github.camelstackai.Eventually;
import io.github.camelstackai.route.TestCertificate;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.awaitility.core.ConditionTimeoutException;

/** What happens while a request is being sent. */
@SuppressWarnings("FutureReturnValueIgnored") // the receiver or the server tells
final class RequestFaults {
    /** More than the buffers of both sockets. */
    private static final long LARGE = 16 << 20;
    /** More than the sockets hold for a server that reads nothing. */
    private static final long HELD_BY_SOCKETS = 4 << 20;

    private static final String PROCESSING = "HTTP/1.1 102 Processing\r\n\r\n";

    private RequestFaults() {}

    static List<Fault> all(TestCertificate certificate) {
        return List.of(
                new Fault(
                        "ends content that is too short as if it were complete",
                        "BodyProducer.readPiece",
                        ALL,
                        () -> isAnswered(10, 5)),
                new Fault("cuts content that is too long", "BodyProducer.readPiece", ALL, () -> isAnswered(5, 10)),
                new Fault(
                        "sends the rest of a request after a complete answer",
                        "CallExchange.streamEnd",
                        ALL,
                        RequestFaults::sendsTheRestAfterTheAnswer),
                new Fault(
                        "loses an answer that has arrived when a write fails",
                        "LastAnswerReader",
                        ALL,
                        RequestFaults::losesTheAnswer),
                new Fault(
                        "accepts with TLS what the socket does not",
                        "BackpressureSession.hasUnsent",
                        ALL,
                        () -> acceptsWhatTheSocketDoesNot(certificate)),
                new Fault(
                        "does not tell a request that never left from one that did",
                        "SentBytesSnapshot",
                        ALL,
                        RequestFaults::isNotToldFromSent),
                new Fault(
                        "reports a request that was handed out as not executed",
                        "CallExchange.sending",
                        ALL,
                        RequestFaults::reportsHandedOutAsNotExecuted));
    }

    private static boolean isAnswered(long announced, long length) throws Exception {
        try (UploadServer server = new UploadServer();
                PlainClient client = new PlainClient()) {
            server.script(socket -> {
                server.receive(socket, Math.min(announced, length));
                UploadServer.send(socket, UploadServer.OK);
            });
            return "ok".equals(result(client.post(server.uri(), new PlainBody(announced, length)), LIMIT));
        }
    }

    private static boolean sendsTheRestAfterTheAnswer() throws Exception {
        CompletableFuture<Long> received = new CompletableFuture<>();
        try (UploadServer server = new UploadServer();
                PlainClient client = new PlainClient()) {
            server.script(socket -> {
                try {
                    UploadServer.send(socket, UploadServer.OK);
                    server.receive(socket, LARGE);
                } finally {
                    received.complete(server.received.get());
                }
            });
            client.post(server.uri(), new PlainBody(LARGE, LARGE));
            return received.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS) == LARGE;
        }
    }

    /** The second write fails when the answer has arrived. */
    private static boolean losesTheAnswer() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        AtomicInteger writes = new AtomicInteger();
        PlainClient.Write write = (session, source) -> {
            if (writes.incrementAndGet() == 1) {
                return session.write(source);
            }
            writing.countDown();
            answered.await();
            throw new IOException("broken pipe");
        };
        try (UploadServer server = new UploadServer();
                PlainClient client =
                        PlainClient.with(builder -> builder.setIoSessionDecorator(PlainClient.writing(write)))) {
            server.script(socket -> {
                writing.await();
                UploadServer.send(socket, UploadServer.REFUSED);
                answered.countDown();
                server.receive(socket, LARGE);
            });
            return result(client.post(server.uri(), new PlainBody(LARGE, LARGE)), LIMIT) instanceof IOException;
        }
    }

    /** Each piece that the server writes is an event, on which the client may pass on more of the content. */
    private static boolean acceptsWhatTheSocketDoesNot(TestCertificate certificate) throws Exception {
        Semaphore ticks = new Semaphore(0);
        ClientTlsStrategyBuilder anyHost = ClientTlsStrategyBuilder.create()
                .setSslContext(certificate.client())
                .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
                .setHostnameVerifier(NoopHostnameVerifier.INSTANCE);
        try (UploadServer server = new UploadServer(certificate.server());
                PlainClient client = new PlainClient(
                        PlainClient.pool().setTlsStrategy(anyHost.buildAsync()).build(), builder -> {})) {
            server.script(socket -> {
                while (true) {
                    ticks.acquire();
                    UploadServer.send(socket, PROCESSING);
                }
            });
            PlainBody body = new PlainBody(LARGE, LARGE);
            client.post(server.uri(), body);
            return eventually(() -> {
                ticks.release();
                return body.accepted() > HELD_BY_SOCKETS;
            });
        }
    }

    private static boolean isNotToldFromSent() throws Exception {
        PlainClient.Write write = (session, source) -> {
            throw new IOException("broken pipe");
        };
        try (UploadServer server = new UploadServer();
                PlainClient client =
                        PlainClient.with(builder -> builder.setIoSessionDecorator(PlainClient.writing(write)))) {
            Object result = result(client.post(server.uri(), new PlainBody(9, 9)), LIMIT);
            return result instanceof IOException && !(result instanceof RequestNotExecutedException);
        }
    }

    /** A connection that closes cancels the command, also while its I/O thread executes it. */
    private static boolean reportsHandedOutAsNotExecuted() {
        CompletableFuture<Object> failure = new CompletableFuture<>();
        AsyncClientExchangeHandler handler = (AsyncClientExchangeHandler) Proxy.newProxyInstance(
                RequestFaults.class.getClassLoader(),
                new Class<?>[] {AsyncClientExchangeHandler.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("failed")) {
                        failure.complete(arguments[0]);
                    }
                    return null;
                });
        RequestExecutionCommand command = new RequestExecutionCommand(handler, null);
        boolean handedOut = command.getExchangeHandler() == handler;
        command.cancel();
        return handedOut && failure.getNow(null) instanceof RequestNotExecutedException;
    }

    /** Whether the condition holds soon. */
    static boolean eventually(Callable<Boolean> condition) {
        try {
            Eventually.await("it happens")
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(LIMIT)
                    .until(condition);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }
}

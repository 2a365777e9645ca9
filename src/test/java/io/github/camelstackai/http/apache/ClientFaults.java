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
import static io.github.camelstackai.http.apache.Fault.Versions.FROM_5_6;
import static io.github.camelstackai.http.apache.Fault.Versions.UNTIL_5_6_3;
import static io.github.camelstackai.http.apache.PlainClient.LIMIT;
import static io.github.camelstackai.http.apache.PlainClient.SILENCE;
import static io.github.camelstackai.http.apache.PlainClient.result;
import static io.github.camelstackai.http.apache.RequestFaults.eventually;

import io.github.camelstackai.route.TestCertificate;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What the client does on its own. */
@SuppressWarnings("FutureReturnValueIgnored") // the receiver or the server tells
final class ClientFaults {
    private static final String LOGS = "org.apache.hc.client5.http.";

    private ClientFaults() {}

    static List<Fault> all(TestCertificate ofAnotherHost) {
        return List.of(
                new Fault("asks for packed bodies", "ClientFactory.pass", FROM_5_6, ClientFaults::asksForPackedBodies),
                new Fault(
                        "accepts the certificate of another host",
                        "ClientFactory.tls",
                        UNTIL_5_6_3,
                        () -> isAccepted(ofAnotherHost)),
                new Fault(
                        "does not end a call that is cancelled on a pooled connection",
                        "HeldConnection",
                        ALL,
                        ClientFaults::cancelledCallContinues),
                new Fault("logs heads", "NonLoggingProtocols", ALL, () -> isLogged("headers")),
                new Fault("logs bytes", "ClientFactory.client", ALL, () -> isLogged("wire")),
                new Fault(
                        "reports an error when it is closed while an I/O thread is active",
                        "ApacheTransport.stop",
                        ALL,
                        ClientFaults::closingReportsAnError));
    }

    private static boolean asksForPackedBodies() throws Exception {
        CompletableFuture<String> head = new CompletableFuture<>();
        try (UploadServer server = new UploadServer();
                PlainClient client = new PlainClient()) {
            server.script(socket -> {
                UploadServer.send(socket, UploadServer.OK);
                head.complete(UploadServer.head(socket.getInputStream()));
            });
            result(client.get(server.uri()), LIMIT);
            client.get(server.uri());
            return head.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS).contains("Accept-Encoding:");
        }
    }

    private static boolean isAccepted(TestCertificate ofAnotherHost) throws Exception {
        ClientTlsStrategyBuilder tls = ClientTlsStrategyBuilder.create().setSslContext(ofAnotherHost.client());
        try (UploadServer server = new UploadServer(ofAnotherHost.server());
                PlainClient client = new PlainClient(
                        PlainClient.pool().setTlsStrategy(tls.buildAsync()).build(), builder -> {})) {
            server.script(socket -> UploadServer.send(socket, UploadServer.OK));
            return "ok".equals(result(client.get(server.uri()), LIMIT));
        }
    }

    /** The second call uses the connection of the first one. */
    private static boolean cancelledCallContinues() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        CompletableFuture<Void> closed = new CompletableFuture<>();
        try (UploadServer server = new UploadServer();
                PoolingAsyncClientConnectionManager pool = PlainClient.pool().build();
                PlainClient client = new PlainClient(pool, builder -> {})) {
            server.script(socket -> {
                UploadServer.send(socket, UploadServer.OK);
                UploadServer.head(socket.getInputStream());
                second.countDown();
                socket.getInputStream().read();
                closed.complete(null);
            });
            result(client.get(server.uri()), LIMIT);
            eventually(() -> pool.getTotalStats().getAvailable() == 1);
            Future<String> call = client.get(server.uri());
            second.await();
            call.cancel(true);
            closed.get(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        }
    }

    private static boolean isLogged(String kind) throws Exception {
        Queue<String> log = new ConcurrentLinkedQueue<>();
        AbstractAppender appender = new AbstractAppender(kind, null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                log.add(event.getMessage().getFormattedMessage());
            }
        };
        appender.start();
        Logger logger = (Logger) LogManager.getLogger(LOGS + kind);
        Level before = logger.getLevel();
        logger.addAppender(appender);
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
        try (UploadServer server = new UploadServer();
                PlainClient client = new PlainClient()) {
            server.script(socket -> UploadServer.send(socket, UploadServer.OK));
            result(client.get(server.uri()), LIMIT);
            return log.stream().anyMatch(line -> line.contains("Bearer plain"));
        } finally {
            logger.setLevel(before);
            logger.setAdditive(true);
            logger.removeAppender(appender);
        }
    }

    /** Two events are selected at once, and the client is closed while the first of them is handled. */
    private static boolean closingReportsAnError() throws Exception {
        CompletableFuture<Exception> error = new CompletableFuture<>();
        Semaphore heads = new Semaphore(0);
        Semaphore answers = new Semaphore(0);
        Semaphore sent = new Semaphore(0);
        Semaphore handled = new Semaphore(0);
        PoolingAsyncClientConnectionManager pool =
                PlainClient.pool().setMaxConnTotal(3).setMaxConnPerRoute(3).build();
        try (UploadServer server = new UploadServer();
                PlainClient client =
                        new PlainClient(pool, builder -> builder.setIoReactorExceptionCallback(error::complete))) {
            for (int i = 0; i < 3; i++) {
                server.script(socket -> {
                    answers.acquire();
                    UploadServer.send(socket, UploadServer.OK);
                    sent.release();
                    socket.getInputStream().read();
                });
                client.get(server.uri(), new PlainReceiver(Integer.MAX_VALUE, () -> {
                    heads.release();
                    handled.acquire();
                }));
            }
            eventually(() -> server.connections() == 3);
            answers.release(1);
            heads.acquire();
            answers.release(2);
            sent.acquire(3);
            handled.release();
            heads.acquire();
            client.closeAtOnce();
            return eventually(error::isDone);
        }
    }
}

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
package io.github.camelstackai.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A name service that does not answer holds up neither the thread that calls nor the call for longer than it may. */
class HostLookupTest {
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ExecutorService resolvers = Executors.newSingleThreadExecutor();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CompletableFuture<IOException> failure = new CompletableFuture<>();

    @AfterEach
    void stop() {
        answered.countDown();
        resolvers.shutdownNow();
        timer.shutdownNow();
    }

    /** Looks a name up, as the client's does before it connects, for as long as the test likes. */
    private AsyncClientConnectionManager silentNameService() {
        return (AsyncClientConnectionManager) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AsyncClientConnectionManager.class},
                (proxy, method, arguments) -> {
                    answered.await();
                    throw new IllegalStateException("the test is over");
                });
    }

    @Test
    void silentNameServiceHoldsUpNobody() {
        HttpCall call = new HttpCall(
                new OutboundRequest("GET", URI.create("http://slow.example.com/x"), List.of(), null),
                CallTimeouts.NONE,
                new Failures(),
                timer,
                again -> {},
                ended -> {});
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(CallExchange.class.getName(), new CallExchange(call));
        CallConnections connections =
                new CallConnections(silentNameService(), new Tls(null), timer, resolvers, Duration.ofMillis(200));
        Future<?> connecting = connections.connect(null, null, Timeout.DISABLED, null, context, null);
        assertThat(connecting).as("whoever calls goes on at once").isNotDone();
        assertThat(failure)
                .succeedsWithin(Duration.ofSeconds(10))
                .isInstanceOf(ConnectTimeoutException.class)
                .asString()
                .contains("host name", "connectTimeout", "nothing was sent");
    }

    private final class Failures implements ResponseReceiver {
        @Override
        public int head(ResponseHead head, HttpCall call) {
            return 0;
        }

        @Override
        public void body(ByteBuffer bytes) {}

        @Override
        public void end() {}

        @Override
        public void failed(IOException cause) {
            failure.complete(cause);
        }
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.ResponseReceiver;
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

/** A name service that does not answer blocks no calling thread, and fails the call after connectTimeout. */
class HostLookupTest {
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ExecutorService resolvers = Executors.newSingleThreadExecutor();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    @AfterEach
    void stop() {
        answered.countDown();
        resolvers.shutdownNow();
        timer.shutdownNow();
    }

    /** Blocks in the DNS lookup that precedes a connection, until the test ends. */
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
    void silentNameServiceBlocksNoCallerAndFailsTheCallInTime() {
        ApacheCall call = new ApacheCall(
                new OutboundRequest("GET", URI.create("http://slow.example.com/x"), "", List.of(), null, List.of()),
                CallTimeouts.NONE,
                new Failures(),
                timer,
                again -> {},
                ended -> {});
        HttpClientContext context = new CallContext(new CallExchange(call));
        TimedConnectionManager connections =
                new TimedConnectionManager(silentNameService(), timer, resolvers, Duration.ofMillis(200));
        Future<?> connecting = connections.connect(null, null, Timeout.DISABLED, null, context, null);
        assertThat(connecting).as("the caller continues without waiting").isNotDone();
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
        public void failed(Throwable cause, boolean sent) {
            failure.complete(cause);
        }
    }
}

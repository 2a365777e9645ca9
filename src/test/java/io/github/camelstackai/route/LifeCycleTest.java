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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What a start takes and a stop gives back. */
class LifeCycleTest extends RouteTest {
    private static final int ROUNDS = 50;

    @Test
    void fiftyContextsLeaveNoThreadNoSocketAndNoGrowingHeap() throws Exception {
        useOnce(stackAi()); // loads what stays loaded
        List<String> threads = threads();
        int files = openFiles();
        long heap = usedHeap();
        for (int i = 0; i < ROUNDS; i++) {
            useOnce(stackAi());
        }
        eventually("threads are given back", () -> assertThat(threads()).hasSizeLessThanOrEqualTo(threads.size()));
        eventually("sockets are given back", () -> assertThat(stackAi().openConnections())
                .isZero());
        eventually("files are given back", () -> assertThat(openFiles()).isLessThanOrEqualTo(files + 2));
        long grown = usedHeap() - heap;
        System.out.printf(
                "%d contexts: heap grew by %d KiB, threads %d, files %d%n",
                ROUNDS, grown / 1024, threads.size(), files);
        assertThat(grown).as("bytes for %d contexts", ROUNDS).isLessThan(ROUNDS * 20 * 1024L);
    }

    private static void useOnce(StackAiSimulator stackAi) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            StackAiComponent component = new StackAiComponent();
            component.getConfiguration().setBaseUrl(stackAi.baseUrl());
            component.getConfiguration().setApiKey(stackAi.apiKey());
            component.getConfiguration().setOrgId(stackAi.orgId());
            context.addComponent("stackai", component);
            context.start();
            try (ProducerTemplate template = context.createProducerTemplate()) {
                assertThat(template.requestBody("stackai:run:f", "q")).isEqualTo("Answer to: q");
            }
        }
    }

    @Test
    void callsInFlightFailWithAReasonWhenTheComponentStops() throws Exception {
        startRoute("stackai:run:f");
        stackAi().enqueue(Reply.never());
        CompletableFuture<Object> call = template.asyncRequestBody("direct:start", "q");
        eventually("the call is at the service", () -> assertThat(stackAi().openRequests())
                .isEqualTo(1));
        component.stop();
        assertThat(call)
                .failsWithin(java.time.Duration.ofSeconds(5))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(IOException.class)
                .withMessageContaining("stopped");
        eventually("the service sees it", () -> assertThat(stackAi().openRequests())
                .isZero());
    }

    @Test
    void endpointThatIsUsedAfterTheStopSaysSo() throws Exception {
        startRoute("stackai:run:f");
        component.stop();
        assertThat(send("q").getException())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stopped");
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void callBeforeTheStartOfTheContextEndsToo() {
        CompletableFuture<Exchange> call =
                template.asyncSend("stackai:run:f", e -> e.getMessage().setBody("q"));
        assertThat(call).isNotNull().satisfies(done -> org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(5))
                .until(done::isDone));
    }

    @Test
    void componentStartsAgain() throws Exception {
        startRoute("stackai:run:f");
        send("q");
        component.stop();
        component.start();
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
    }

    @Test
    void idleConnectionIsClosedAfterItsTime() throws Exception {
        component.setConnectionIdleTimeout(java.time.Duration.ofMillis(200));
        startRoute("stackai:run:f");
        send("q");
        assertThat(stackAi().openConnections()).isEqualTo(1);
        eventually("it is closed", () -> assertThat(stackAi().openConnections()).isZero());
    }

    @Test
    void connectionIsUsedAgain() throws Exception {
        startRoute("stackai:run:f");
        for (int i = 0; i < 20; i++) {
            send("q");
            eventually("it is back in the pool", () -> assertThat(component.leasedConnections())
                    .isZero());
        }
        assertThat(stackAi().requests())
                .extracting(request -> request.connection())
                .containsOnly(stackAi().requests().get(0).connection());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("awaitility"))
                .sorted()
                .toList();
    }

    private static int openFiles() {
        String[] files = new File("/proc/self/fd").list();
        return files == null ? 0 : files.length;
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

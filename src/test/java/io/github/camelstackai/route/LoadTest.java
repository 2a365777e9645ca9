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

import static io.github.camelstackai.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.JavaProcess;
import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.simulator.SimulatorMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand runs in flight; the service is a process of its own. The build limits the heap of this JVM. */
class LoadTest {
    private static final int RUNS = 10_000;
    /** Fewer than the system queues: it drops others, which are made a second later. */
    private static final int AT_ONCE = 2000;

    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void tenThousandRunsInFlightNeedAtMostFortyThreads() throws Exception {
        Process service = JavaProcess.of(List.of("-Xmx1g"), SimulatorMain.class, "--api-key=key", "--org-id=org")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader answers = service.inputReader(StandardCharsets.UTF_8);
                PrintWriter commands = new PrintWriter(service.outputWriter(StandardCharsets.UTF_8), true)) {
            run(answers.readLine(), command -> {
                commands.println(command);
                return answers.readLine();
            });
        } finally {
            service.destroy();
            service.waitFor();
        }
    }

    /** Sends a command to the service, and returns its answer. */
    private interface Commands {
        String send(String command) throws IOException;
    }

    private static void run(String baseUrl, Commands service) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            StackAiComponent component = new StackAiComponent();
            component.getConfiguration().setBaseUrl(baseUrl);
            component.getConfiguration().setApiKey("key");
            component.getConfiguration().setOrgId("org");
            component.setMaxConnections(RUNS);
            component.setConnectTimeout(Duration.ofMinutes(1)); // ten thousand connections at once, on any machine
            context.addComponent("stackai", component);
            context.start();
            AsyncProducer producer = context.getEndpoint("stackai:run:f").createAsyncProducer();
            producer.start();
            int threadsBefore = threads();
            long begin = System.nanoTime();
            assertThat(service.send("hold")).isEqualTo("held");
            List<CompletableFuture<Exchange>> runs = new ArrayList<>(RUNS);
            while (runs.size() < RUNS) {
                runs.add(start(producer, "q" + runs.size()));
                if (runs.size() % AT_ONCE == 0) {
                    awaitOpen(runs.size(), service);
                }
            }
            int inFlight = component.callsInFlight();
            long heap = usedHeap();
            int threads = threads();
            assertThat(service.send("release")).isEqualTo("released");
            int threadsMore = Math.max(threads, mostThreadsUntilAnswered(runs)) - threadsBefore;
            report(Duration.ofNanos(System.nanoTime() - begin), inFlight, threadsMore, heap);
            assertThat(inFlight).isEqualTo(RUNS);
            assertThat(threadsMore).isLessThanOrEqualTo(40);
            assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(512L << 20);
        }
    }

    private static void awaitOpen(int count, Commands service) {
        await("the runs are at the service")
                .pollInSameThread()
                .atMost(Duration.ofMinutes(1))
                .until(() -> service.send("counts").contains(" open=" + count + " "));
    }

    private static int mostThreadsUntilAnswered(List<CompletableFuture<Exchange>> runs) throws Exception {
        int most = threads();
        for (int i = 0; i < runs.size(); i++) {
            assertThat(runs.get(i).get(120, TimeUnit.SECONDS).getMessage().getBody())
                    .isEqualTo("Answer to: q" + i);
            most = i % 100 == 0 ? Math.max(most, threads()) : most;
        }
        return most;
    }

    private static void report(Duration took, int inFlight, int threadsMore, long heap) {
        System.out.printf(
                "%d runs: %s in all, %d in flight at once, %d threads more than before, %d MiB heap in use, %d MiB"
                        + " heap at most%n",
                RUNS,
                took,
                inFlight,
                threadsMore,
                heap >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Sends without a waiting thread, as a consumer with asynchronous routing does. */
    private static CompletableFuture<Exchange> start(AsyncProducer producer, String body) {
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        Exchange exchange = producer.getEndpoint().createExchange();
        exchange.getMessage().setBody(body);
        producer.process(exchange, sync -> {
            if (exchange.getException() == null) {
                done.complete(exchange);
            } else {
                done.completeExceptionally(exchange.getException());
            }
        });
        return done;
    }
}

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
package io.github.camelstackai.soak;

import static io.github.camelstackai.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.JavaProcess;
import io.github.camelstackai.StackAiComponent;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Concurrent calls of all operations with random faults, in rounds; the service is a process of its own. After each round every
 * call has ended once, with the outcome of its scenario, after the expected number of requests, and holds no resource. Meters and
 * JMX have counted each attempt once, and it has one span. A consumer of the log of runs has told each run once.
 *
 * <p>{@code -Dsoak.seconds=24} sets the duration, {@code -Dsoak.concurrency=400} the number of concurrent calls, and {@code
 * -Dsoak.seed} the calls: the output and every failure name the seed.
 */
class SoakTest {
    private static final int SECONDS = Integer.getInteger("soak.seconds", 24);
    private static final int CONCURRENCY = Integer.getInteger("soak.concurrency", 400);
    private static final long SEED = Long.getLong("soak.seed", System.nanoTime());
    private static final Duration ROUND = Duration.ofSeconds(Math.min(10, Math.max(1, SECONDS / 4)));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long HEAP_NOISE = 6L << 20;

    private final Ledger ledger = new Ledger();
    private final Semaphore slots = new Semaphore(CONCURRENCY);
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final StackAiComponent component = new StackAiComponent();
    private final Observation observation = new Observation(context);
    private final SpanCounter spans = new SpanCounter();
    private final Map<SoakCall.CallKind, AsyncProducer> producers = new TreeMap<>();
    private final Map<String, Integer> totals = new TreeMap<>();
    // Written by the thread of the test.
    private Process service;
    private BufferedReader answers;
    private PrintWriter commands;
    private int next;
    private long attempts;

    @BeforeEach
    void start() throws Exception {
        service = JavaProcess.of(List.of("-Xmx512m"), SoakService.class, Long.toString(SEED))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8));
        commands = new PrintWriter(service.getOutputStream(), true, StandardCharsets.UTF_8);
        component.getConfiguration().setBaseUrl(answers.readLine());
        component.getConfiguration().setApiKey("sim-key");
        component.getConfiguration().setOrgId("sim-org");
        component.setConnectionIdleTimeout(Duration.ofSeconds(1));
        context.addComponent("stackai", component);
        spans.trace(context);
        context.addRoutes(new SoakRoutes(ledger));
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        service.destroy();
        service.waitFor();
    }

    @Test
    void everyCallEndsOnceAndReleasesItsResources() throws Exception {
        int files = openFiles();
        System.out.printf("Soak of %d s, %d calls at once, -Dsoak.seed=%d%n", SECONDS, CONCURRENCY, SEED);
        context.start();
        for (SoakCall.CallKind kind : SoakCall.CallKind.values()) {
            producers.put(kind, context.getEndpoint("direct:" + kind).createAsyncProducer());
        }
        soak(files);
        context.stop();
        eventually("threads and files are released", () -> {
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("stackai") || name.startsWith("Camel (" + context.getName()));
            assertThat(openFiles()).isLessThanOrEqualTo(files + 3);
        });
        System.out.printf("%d calls of seed %d: %s%n", next, SEED, totals);
    }

    private void soak(int files) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        long heapBefore = Long.MAX_VALUE;
        for (int round = 1; System.nanoTime() < end; round++) {
            round(Math.min(end, System.nanoTime() + ROUND.toNanos()));
            assertNothingHeld(files);
            long heap = usedHeap();
            System.out.printf(
                    "round %d: %d calls so far, %d KiB heap, %d threads, %d files%n",
                    round, next, heap >> 10, ManagementFactory.getThreadMXBean().getThreadCount(), openFiles());
            if (round <= 2) {
                heapBefore = heap; // by the end of the second round, classes are loaded
            }
            assertThat(heap).as("heap in use, seed %d", SEED).isLessThan(heapBefore + HEAP_NOISE);
        }
    }

    private void round(long end) throws Exception {
        ledger.clear();
        context.getRouteController().resumeRoute(SoakRoutes.LOG);
        while (System.nanoTime() < end && slots.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            begin(SoakCall.of(SEED, next++));
        }
        boolean allEnded = slots.tryAcquire(CONCURRENCY, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        eventually("every call has ended as expected", () -> {
            ledger.requested(ask("requests"));
            assertThat(ledger.faults())
                    .as("calls that did not end as expected with -Dsoak.seed=%d", SEED)
                    .isEmpty();
        });
        assertThat(allEnded).isTrue();
        context.getRouteController().suspendRoute(SoakRoutes.LOG); // so that no poll is in flight
        slots.release(CONCURRENCY);
        attempts += ledger.attempts();
        assertThat(spans.open()).as("open spans, seed %d", SEED).isZero();
        assertThat(spans.ended()).as("spans, seed %d", SEED).isEqualTo(attempts);
        ledger.totals().forEach((outcome, count) -> totals.merge(outcome, count, Integer::sum));
    }

    private void begin(SoakCall call) {
        ledger.begins(call);
        observation.begins(call);
        AsyncProducer producer = producers.get(call.kind());
        Exchange exchange = producer.getEndpoint().createExchange();
        exchange.setProperty(SoakRoutes.CALL, call);
        exchange.getMessage().setBody(call.question());
        exchange.getMessage().setHeader("responseTimeout", call.scenario().responseTimeout());
        exchange.getMessage().setHeader("idleTimeout", call.scenario().idleTimeout());
        exchange.getMessage().setHeader("pauseMillis", call.scenario().pauseMillis());
        AtomicBoolean ended = new AtomicBoolean();
        producer.process(exchange, sync -> {
            ledger.ended(call, CallOutcome.of(exchange, call));
            if (ended.compareAndSet(false, true)) {
                slots.release();
            }
        });
    }

    private void assertNothingHeld(int files) {
        eventually("calls that have ended hold no resource", () -> {
            assertThat(component.callsInFlight()).isZero();
            assertThat(component.leasedConnections()).isZero();
            observation.assertComplete();
            assertThat(ask("open")).isEqualTo("0");
            assertThat(openFiles()).isLessThanOrEqualTo(files + 20); // selectors and class files
        });
    }

    private String ask(String command) throws IOException {
        commands.println(command);
        return answers.readLine();
    }

    private static void eventually(String what, ThrowingRunnable holds) {
        await(what).atMost(Duration.ofSeconds(15)).pollInSameThread().untilAsserted(holds);
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

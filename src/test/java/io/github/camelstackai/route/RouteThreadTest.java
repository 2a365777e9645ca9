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

import static io.github.camelstackai.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The threads on which a route continues after a call, and what happens when there are none. */
class RouteThreadTest extends RouteTest {
    @ParameterizedTest
    @CsvSource({
        "stackai:run:f,StackAiWorker",
        "stackai:stream:f?streamMode=collect,StackAiWorker",
        "stackai:stream:f,StackAiReader"
    })
    void routeContinuesOnAPoolThread(String uri, String pool) throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to(uri)
                        .process(e -> threads.add(Thread.currentThread().getName()));
            }
        });
        context.start();
        List<CompletableFuture<Object>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(template.asyncRequestBody("direct:start", "q"));
        }
        calls.forEach(CompletableFuture::join);
        assertThat(threads).hasSize(200).allMatch(name -> name.contains(pool));
    }

    @Test
    void callFailsWithItsAnswerOnTheMessageWhereNoThreadStarts() throws Exception {
        AtomicBoolean out = new AtomicBoolean();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            public void execute(Runnable task) {
                if (out.get()) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                super.execute(task);
            }
        };
        component.setWorkerPool(pool);
        try {
            startRoute("stackai:run:f");
            out.set(true);
            Exchange failed = send("q");
            assertThat(failed.getException())
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageMatching("Run \\S+, StackAI run of flow f .*completed, but no worker thread.*")
                    .hasRootCauseInstanceOf(OutOfMemoryError.class);
            assertThat(failed.getMessage().getBody()).isEqualTo("Answer to: q");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void routeContinuesOnceWhereTheWorkerPoolFailsAfterTakingTheTask() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        AtomicBoolean failing = new AtomicBoolean();
        ThreadPoolExecutor pool = failingAfterEachTask(failing);
        component.setWorkerPool(pool);
        try {
            startRoute("stackai:run:f");
            failing.set(true);
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody("q");
            AsyncProducer producer = context.getEndpoint("stackai:run:f").createAsyncProducer();
            producer.start();
            producer.process(exchange, doneSync -> ended.incrementAndGet());
            eventually("the route continues", () -> assertThat(ended).hasPositiveValue());
            pool.shutdown();
            assertThat(pool.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
            eventually("the I/O thread releases the connection", () -> assertThat(component.leasedConnections())
                    .isZero());
            assertThat(ended).hasValue(1);
        } finally {
            pool.shutdownNow();
        }
    }

    private static ThreadPoolExecutor failingAfterEachTask(AtomicBoolean failing) {
        return new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            public void execute(Runnable task) {
                super.execute(task);
                if (failing.get()) {
                    throw new IllegalStateException("after taking the task");
                }
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"CallerRuns", "Abort"})
    void fullWorkerPoolDelaysNoCall(String policy) throws Exception {
        RejectedExecutionHandler handler = policy.equals("Abort")
                ? new ThreadPoolExecutor.AbortPolicy()
                : new ThreadPoolExecutor.CallerRunsPolicy();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), handler);
        component.setWorkerPool(pool);
        List<String> threads = new CopyOnWriteArrayList<>();
        startRoutes(routes -> {
            routes.from("direct:start")
                    .to("stackai:stream:f")
                    .split(routes.body())
                    .streaming()
                    .to("mock:chunk");
            routes.from("direct:run")
                    .to("stackai:run:f")
                    .process(e -> threads.add(Thread.currentThread().getName()));
        });
        try {
            List<CompletableFuture<Object>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                calls.add(template.asyncRequestBody("direct:start", "q"));
                calls.add(template.asyncRequestBody("direct:run", "q"));
            }
            assertThat(calls).allSatisfy(call -> assertThat(call).succeedsWithin(Duration.ofSeconds(10)));
            assertThat(threads).hasSize(20).noneMatch(name -> name.startsWith("stackai-io"));
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void thousandCollectedStreamsNeedAtMostFortyThreads() throws Exception {
        startRoute("stackai:stream:f?streamMode=collect");
        send("warm up");
        String[] texts = IntStream.range(0, 50).mapToObj(i -> "é" + i + " ").toArray(String[]::new);
        stackAi().script(request -> Streams.reply(texts).chunkEvery(Duration.ofMillis(10)));
        int threads = Thread.activeCount();
        List<CompletableFuture<Object>> answers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            answers.add(template.asyncRequestBody("direct:start", "q"));
        }
        int most = 0;
        for (CompletableFuture<Object> answer : answers) {
            assertThat(answer.join()).isEqualTo(String.join("", texts));
            most = Math.max(most, Thread.activeCount());
        }
        System.out.println("1000 collected streams: " + stackAi().maxOpenRequests() + " open at once, "
                + (most - threads) + " threads more");
        assertThat(stackAi().maxOpenRequests()).isGreaterThan(10);
        assertThat(most - threads).isLessThanOrEqualTo(40);
    }
}

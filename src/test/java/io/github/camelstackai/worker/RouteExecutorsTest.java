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
package io.github.camelstackai.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteExecutorsTest {
    private static final int WORKERS = 20;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final RouteExecutors executors = new RouteExecutors();

    @AfterEach
    void stop() {
        executors.stop(context.getExecutorServiceManager());
        context.stop();
    }

    private void start(ExecutorService users) {
        context.start();
        executors.start(this, context.getExecutorServiceManager(), users);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tasksBeyondTheWorkersWaitAndAreNotRejected() {
        start(null);
        int tasks = 5 * WORKERS;
        CountDownLatch running = new CountDownLatch(WORKERS);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(tasks);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        IntStream.range(0, tasks)
                .forEach(i -> executors.execute(
                        () -> {
                            threads.add(Thread.currentThread());
                            running.countDown();
                            await(release);
                            all.countDown();
                        },
                        false));
        await(running);
        IntStream.range(0, tasks).forEach(i -> executors.execute(() -> {}, false));
        release.countDown();
        await(all);
        assertThat(threads).hasSize(WORKERS).allMatch(thread -> thread.getName().contains("StackAiWorker"));
    }

    @Test
    void eachReaderHasAThread() {
        start(null);
        int readers = 3 * WORKERS;
        CountDownLatch running = new CountDownLatch(readers);
        CountDownLatch release = new CountDownLatch(1);
        IntStream.range(0, readers)
                .forEach(i -> executors.execute(
                        () -> {
                            running.countDown();
                            await(release);
                        },
                        true));
        await(running);
        release.countDown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void poolOfTheUserThatIsFullOrRunsTasksInTheCallerIsBypassed(boolean callerRuns) {
        ThreadPoolExecutor users = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(1),
                callerRuns ? new ThreadPoolExecutor.CallerRunsPolicy() : new ThreadPoolExecutor.AbortPolicy());
        start(users);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(10);
        Thread caller = Thread.currentThread();
        IntStream.range(0, 10)
                .forEach(i -> executors.execute(
                        () -> {
                            assertThat(Thread.currentThread()).isNotSameAs(caller);
                            await(release);
                            all.countDown();
                        },
                        false));
        release.countDown();
        await(all);
        users.shutdownNow();
    }

    @Test
    void noTaskRunsInTheCallerBeforeTheStartAndAfterTheStop() {
        assertThatThrownBy(() -> executors.execute(() -> {}, false)).isInstanceOf(RejectedExecutionException.class);
        start(null);
        executors.stop(context.getExecutorServiceManager());
        for (boolean blocks : new boolean[] {true, false}) {
            assertThatThrownBy(() -> executors.execute(() -> {}, blocks))
                    .isInstanceOf(RejectedExecutionException.class);
        }
    }
}

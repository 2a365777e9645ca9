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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.util.concurrent.ThreadType;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RouteExecutorsTest {
    private static final int WORKERS = 20;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final RouteExecutors executors = new RouteExecutors();
    private ExecutorServiceManager manager;

    @BeforeEach
    void startContext() {
        context.start();
        manager = context.getExecutorServiceManager();
    }

    @AfterEach
    void stop() {
        executors.stop(manager);
        context.stop();
    }

    /** A pool that does with a task what a test says. */
    private static final class UsersPool extends AbstractExecutorService {
        private final Consumer<Runnable> execution;

        UsersPool(Consumer<Runnable> execution) {
            this.execution = execution;
        }

        @Override
        public void execute(Runnable task) {
            execution.accept(task);
        }

        @Override
        public void shutdown() {
            throw new AssertionError("the pool is the user's");
        }

        @Override
        public List<Runnable> shutdownNow() {
            throw new AssertionError("the pool is the user's");
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }

    private String threadOf(boolean blocks) throws Exception {
        CompletableFuture<String> name = new CompletableFuture<>();
        executors.execute(() -> name.complete(Thread.currentThread().getName()), blocks);
        return name.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void taskBeforeTheStartIsRejected(boolean blocks) {
        assertThatThrownBy(() -> executors.execute(() -> {}, blocks)).isInstanceOf(RejectedExecutionException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void taskAfterTheStopIsRejected(boolean blocks) {
        executors.start(this, manager, null);
        executors.stop(manager);
        assertThatThrownBy(() -> executors.execute(() -> {}, blocks)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void tasksThatBlockHaveAPoolOfTheirOwn() throws Exception {
        executors.start(this, manager, null);
        assertThat(threadOf(false)).contains("StackAiWorker");
        assertThat(threadOf(true)).contains("StackAiReader");
    }

    @Test
    void eachTaskThatBlocksHasAThread() throws Exception {
        executors.start(this, manager, null);
        CountDownLatch together = new CountDownLatch(50);
        CountDownLatch release = new CountDownLatch(1);
        IntStream.range(0, 50)
                .forEach(i -> executors.execute(
                        () -> {
                            together.countDown();
                            awaitQuietly(release);
                        },
                        true));
        assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(threadOf(false)).as("workers are free").contains("StackAiWorker");
        release.countDown();
    }

    @Test
    void tasksBeyondTheWorkersWaitAndAreNotRejected() throws Exception {
        executors.start(this, manager, null);
        int tasks = 5 * WORKERS;
        CountDownLatch running = new CountDownLatch(WORKERS);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(tasks);
        AtomicInteger current = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        IntStream.range(0, tasks)
                .forEach(i -> executors.execute(
                        () -> {
                            most.accumulateAndGet(current.incrementAndGet(), Math::max);
                            running.countDown();
                            awaitQuietly(release);
                            current.decrementAndGet();
                            all.countDown();
                        },
                        false));
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        IntStream.range(0, tasks).forEach(i -> executors.execute(() -> {}, false));
        release.countDown();
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        boolean limited = ThreadType.current() == ThreadType.PLATFORM;
        assertThat(most.get()).isBetween(WORKERS, limited ? WORKERS : tasks);
    }

    /** A pool by itself runs some of the tasks, and refuses those for which it has neither thread nor room. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void poolOfTheUserThatIsFullIsBypassed(boolean callerRuns) throws Exception {
        ThreadPoolExecutor users = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(1),
                callerRuns ? new ThreadPoolExecutor.CallerRunsPolicy() : new ThreadPoolExecutor.AbortPolicy());
        executors.start(this, manager, users);
        Thread caller = Thread.currentThread();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(10);
        IntStream.range(0, 10)
                .forEach(i -> executors.execute(
                        () -> {
                            threads.add(Thread.currentThread());
                            awaitQuietly(release);
                            all.countDown();
                        },
                        false));
        release.countDown();
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(threads).doesNotContain(caller);
        users.shutdownNow();
    }

    @Test
    void poolOfTheUserRunsWhatDoesNotBlock() throws Exception {
        executors.start(this, manager, new UsersPool(task -> new Thread(task, "users").start()));
        assertThat(threadOf(false)).isEqualTo("users");
        assertThat(threadOf(true)).contains("StackAiReader");
    }

    static Stream<Consumer<Runnable>> poolsWithoutAThread() {
        return Stream.of(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                Runnable::run);
    }

    @ParameterizedTest
    @MethodSource("poolsWithoutAThread")
    void readersStepInForAPoolThatHasNoThread(Consumer<Runnable> execution) {
        executors.start(this, manager, new UsersPool(execution));
        CompletableFuture<String> name = new CompletableFuture<>();
        // JUnit would end all tests with an OutOfMemoryError
        assertThatCode(() -> executors.execute(
                        () -> name.complete(Thread.currentThread().getName()), false))
                .doesNotThrowAnyException();
        assertThat(name).succeedsWithin(Duration.ofSeconds(30)).asString().contains("StackAiReader");
    }

    @Test
    void stopWaitsForQueuedTasksAndWarnsOfNothing() {
        List<String> warnings = new CopyOnWriteArrayList<>();
        AbstractAppender appender = new AbstractAppender("warnings", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                warnings.add(event.getMessage().getFormattedMessage());
            }
        };
        Logger log = (Logger) LogManager.getLogger(CoalescingExecutor.class);
        appender.start();
        log.addAppender(appender);
        try {
            executors.start(this, manager, null);
            CountDownLatch done = new CountDownLatch(100);
            IntStream.range(0, 100).forEach(i -> executors.execute(done::countDown, false));
            executors.stop(manager);
            assertThat(done.getCount()).isZero();
        } finally {
            log.removeAppender(appender);
        }
        assertThat(warnings).as("no thread is lacking").isEmpty();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

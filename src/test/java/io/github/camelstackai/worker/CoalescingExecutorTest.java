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

import static io.github.camelstackai.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoalescingExecutorTest {
    private static final int THREADS = 3;

    /** Has no thread. */
    private static final ExecutorService NONE = pool(0);

    private final ExecutorService pool = pool(THREADS);
    private final ExecutorService others = Executors.newCachedThreadPool();
    private final AtomicInteger submissions = new AtomicInteger();
    private final CoalescingExecutor executor = new CoalescingExecutor(
            task -> {
                submissions.incrementAndGet();
                pool.execute(task);
            },
            others,
            THREADS);

    @AfterEach
    void stop() {
        pool.shutdownNow();
        others.shutdownNow();
    }

    /** Without a queue, as that of the component. */
    private static ExecutorService pool(int threads) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(0, Math.max(1, threads), 1, TimeUnit.MINUTES, new SynchronousQueue<>());
        if (threads == 0) {
            pool.shutdown();
        }
        return pool;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTaskThatBlocksDelaysNoOtherWhileThereAreThreads() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(10);
        IntStream.range(1, THREADS).forEach(i -> executor.execute(() -> await(release)));
        IntStream.range(0, 10).forEach(i -> executor.execute(others::countDown));
        await(others);
        release.countDown();
    }

    @Test
    void tasksBeyondTheThreadsRunLater() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(50);
        IntStream.range(0, 50)
                .forEach(i -> executor.execute(() -> {
                    await(release);
                    all.countDown();
                }));
        assertThat(all.getCount()).isEqualTo(50);
        release.countDown();
        await(all);
    }

    @Test
    void aThreadThatRunsTakesTheNextTask() {
        int tasks = 10_000;
        CountDownLatch all = new CountDownLatch(tasks);
        CountDownLatch begin = new CountDownLatch(1);
        IntStream.range(0, THREADS).forEach(i -> executor.execute(() -> await(begin)));
        IntStream.range(0, tasks).forEach(i -> executor.execute(all::countDown));
        begin.countDown();
        await(all);
        assertThat(submissions.get())
                .as("one submission for each thread, not for each task")
                .isLessThan(tasks / 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void noTaskIsLostHoweverManyThreadsAddThem(int producers) {
        int each = 20_000;
        CountDownLatch all = new CountDownLatch(producers * each);
        Set<Integer> run = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();
        for (int producer = 0; producer < producers; producer++) {
            int from = producer * each;
            Thread thread = new Thread(() -> IntStream.range(from, from + each)
                    .forEach(number -> executor.execute(() -> {
                        twice.addAndGet(run.add(number) ? 0 : 1);
                        all.countDown();
                    })));
            thread.start();
        }
        await(all);
        assertThat(twice).as("tasks that ran twice").hasValue(0);
    }

    @Test
    void theLastTaskIsNotLostWhileTheOnlyThreadLeaves() {
        CoalescingExecutor single = new CoalescingExecutor(pool, others, 1, () -> {});
        AtomicInteger done = new AtomicInteger();
        for (int i = 1; i <= 50_000; i++) {
            single.execute(done::incrementAndGet);
            long begin = System.nanoTime();
            while (done.get() < i) { // spins, to add the next task within the nanoseconds in which the thread leaves
                assertThat(System.nanoTime() - begin).isLessThan(20_000_000_000L);
            }
        }
    }

    @Test
    void aTaskThatFailsAffectsNoOther() {
        CountDownLatch others = new CountDownLatch(2);
        CountDownLatch begin = new CountDownLatch(1);
        executor.execute(() -> {
            await(begin);
            throw new AssertionError("expected by the test");
        });
        executor.execute(others::countDown);
        executor.execute(others::countDown);
        begin.countDown();
        await(others);
    }

    @Test
    void anInterruptDuringOneTaskIsNotSeenByTheNext() {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            CoalescingExecutor single = new CoalescingExecutor(one, NONE, 1);
            CountDownLatch done = new CountDownLatch(1);
            CountDownLatch begin = new CountDownLatch(1);
            AtomicBoolean interrupted = new AtomicBoolean();
            single.execute(() -> {
                await(begin);
                Thread.currentThread().interrupt();
            });
            single.execute(() -> {
                interrupted.set(Thread.currentThread().isInterrupted());
                done.countDown();
            });
            begin.countDown();
            await(done);
            assertThat(interrupted).isFalse();
        } finally {
            one.shutdownNow();
        }
    }

    private static void refuse(Runnable task) {
        throw new RejectedExecutionException("full");
    }

    private static void lackThreads(Runnable task) {
        throw new OutOfMemoryError("unable to create native thread");
    }

    @Test
    void aTaskWithoutAThreadIsRejectedAndNeverRuns() {
        for (Executor none : new Executor[] {CoalescingExecutorTest::refuse, CoalescingExecutorTest::lackThreads}) {
            CoalescingExecutor without = new CoalescingExecutor(none, NONE, THREADS);
            AtomicBoolean run = new AtomicBoolean();
            assertThatThrownBy(() -> without.execute(() -> run.set(true)))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("no worker thread");
            assertThat(run).isFalse();
        }
    }

    @Test
    void queuedTasksRunOnTheThreadThereIsIfThePoolProvidesNoMore() {
        AtomicBoolean first = new AtomicBoolean(true);
        CoalescingExecutor limited = new CoalescingExecutor(
                task -> {
                    if (!first.compareAndSet(true, false)) {
                        throw new RejectedExecutionException("one thread only");
                    }
                    pool.execute(task);
                },
                NONE,
                THREADS);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        limited.execute(() -> {
            running.countDown();
            await(release);
        });
        await(running);
        assertThatThrownBy(() -> limited.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        release.countDown();
    }

    @Test
    void aTaskRunsOnAnotherThreadWhileThoseOfThePoolAreBetweenTasks() {
        CountDownLatch done = new CountDownLatch(1);
        new CoalescingExecutor(CoalescingExecutorTest::refuse, others, THREADS).execute(done::countDown);
        await(done);
    }

    @Test
    void whileAThreadRunsAnotherTaskIsAddedWithoutWaitingForThePool() {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CoalescingExecutor slow = new CoalescingExecutor(
                task -> {
                    if (submissions.incrementAndGet() == 2) {
                        starting.countDown();
                        await(release);
                    }
                    pool.execute(task);
                },
                NONE,
                THREADS);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(2);
        slow.execute(() -> {
            running.countDown();
            await(release);
        });
        await(running);
        new Thread(() -> slow.execute(done::countDown)).start();
        await(starting);
        assertThat(CompletableFuture.runAsync(() -> slow.execute(done::countDown), others))
                .as("added while the pool starts a thread")
                .succeedsWithin(Duration.ofSeconds(5));
        release.countDown();
        await(done);
    }

    @Test
    void aTaskThatIsAddedWhileThePoolRejectsAnotherIsNotLost() {
        CountDownLatch rejecting = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        CoalescingExecutor lacking = new CoalescingExecutor(
                task -> {
                    if (first.compareAndSet(true, false)) {
                        rejecting.countDown();
                        await(release);
                        throw new RejectedExecutionException("no thread yet");
                    }
                    pool.execute(task);
                },
                NONE,
                THREADS);
        CountDownLatch done = new CountDownLatch(1);
        Thread rejected = new Thread(() ->
                assertThatThrownBy(() -> lacking.execute(() -> {})).isInstanceOf(RejectedExecutionException.class));
        Thread other = new Thread(() -> lacking.execute(done::countDown));
        rejected.start();
        await(rejecting);
        other.start();
        eventually("the other has added its task, or waits to", () -> assertThat(other.getState())
                .isIn(Thread.State.WAITING, Thread.State.TERMINATED));
        release.countDown();
        await(done);
    }
}

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

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SparingExecutorTest {
    private static final int THREADS = 20;
    private static final long SECONDS = 20;

    private final AtomicInteger uncaught = new AtomicInteger();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final SparingExecutor executor = executor(Duration.ofMillis(50));

    private SparingExecutor executor(Duration keep) {
        return new SparingExecutor(this::thread, THREADS, keep);
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, cause) -> uncaught.incrementAndGet());
        threads.add(thread);
        return thread;
    }

    private long alive() {
        return threads.stream().filter(Thread::isAlive).count();
    }

    /** A thread is done a moment before it has ended. */
    private void assertThatAllEnd() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (alive() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(alive()).isZero();
    }

    @AfterEach
    void stop() {
        executor.close(Duration.ofSeconds(SECONDS));
        assertThatAllEnd();
    }

    @Test
    void aTaskThatWaitsHoldsUpNoOtherAsLongAsThereAreThreads() throws InterruptedException {
        CountDownLatch together = new CountDownLatch(THREADS);

        for (int i = 0; i < THREADS; i++) {
            executor.execute(() -> {
                together.countDown();
                awaitQuietly(together);
            });
        }

        assertThat(together.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsMoreThanThereAreThreadsForIsDoneLater() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(3 * THREADS);
        for (int i = 0; i < 3 * THREADS; i++) {
            executor.execute(() -> {
                awaitQuietly(release);
                done.countDown();
            });
        }
        assertThat(done.await(200, TimeUnit.MILLISECONDS)).isFalse();

        release.countDown();

        assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void oneAfterTheOtherIsDoneByOneThread() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 100; i++) {
            CountDownLatch done = new CountDownLatch(1);
            executor.execute(() -> {
                threads.add(Thread.currentThread());
                done.countDown();
            });
            assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            LockSupport.parkNanos(2_000_000); // so that it is idle
        }

        assertThat(threads.size()).isLessThanOrEqualTo(3); // the machine may hold one up as long as it likes
    }

    @Test
    void noTaskIsForgottenHoweverTheyCome() throws InterruptedException {
        int producers = 4;
        int each = 50_000;
        CountDownLatch done = new CountDownLatch(producers * each);
        ExecutorService others = Executors.newFixedThreadPool(producers);
        for (int i = 0; i < producers; i++) {
            others.execute(() -> {
                for (int task = 0; task < each; task++) {
                    executor.execute(done::countDown);
                    if (ThreadLocalRandom.current().nextInt(100) == 0) {
                        LockSupport.parkNanos(50_000); // lets them run out of work
                    }
                }
            });
        }
        others.shutdown();

        assertThat(others.awaitTermination(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theLastTaskIsNotForgottenWhereAThreadIsAboutToRest() throws InterruptedException {
        for (int i = 0; i < 20_000; i++) {
            CountDownLatch done = new CountDownLatch(2);
            executor.execute(done::countDown);
            executor.execute(done::countDown);
            assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theLastTaskIsNotForgottenWhereAThreadEnds() throws InterruptedException {
        SparingExecutor brief = executor(Duration.ofNanos(50_000));
        for (int i = 0; i < 5_000; i++) {
            CountDownLatch done = new CountDownLatch(1);
            brief.execute(done::countDown);
            assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(200_000));
        }
        brief.close(Duration.ofSeconds(SECONDS));
    }

    @Test
    void aTaskThatFailsTakesNoOtherAlong() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            executor.execute(() -> {
                done.countDown();
                throw new IllegalStateException("of the task");
            });
        }

        assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(uncaught.get()).isPositive();
    }

    @Test
    void anInterruptOfOneTaskIsNotSeenByTheNext() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(100);
        AtomicInteger interrupted = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            executor.execute(() -> {
                if (Thread.currentThread().isInterrupted()) {
                    interrupted.incrementAndGet();
                }
                Thread.currentThread().interrupt();
                done.countDown();
            });
        }

        assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupted).hasValue(0);
    }

    @Test
    void afterABurstOfMoreThanThereAreThreadsForNothingIsHeldUp() throws InterruptedException {
        SparingExecutor lasting = executor(Duration.ofMinutes(1));
        for (int burst = 0; burst < 200; burst++) {
            CountDownLatch done = new CountDownLatch(3 * THREADS);
            for (int i = 0; i < 3 * THREADS; i++) {
                lasting.execute(() -> {
                    LockSupport.parkNanos(100_000);
                    done.countDown();
                });
            }
            assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(alive()).isLessThanOrEqualTo(THREADS);
        lasting.close(Duration.ofSeconds(SECONDS));
    }

    @Test
    void threadsEndWhenIdleAndAtOnceWhenClosed() throws InterruptedException {
        SparingExecutor lasting = executor(Duration.ofMinutes(1));
        CountDownLatch done = new CountDownLatch(1);
        lasting.execute(done::countDown);
        assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        LockSupport.parkNanos(20_000_000);
        assertThat(alive()).isEqualTo(1);

        lasting.close(Duration.ofSeconds(SECONDS));

        assertThatAllEnd();
    }

    @Test
    void closingLetsWhatIsQueuedEndAndInterruptsWhatDoesNot() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            executor.execute(() -> {
                LockSupport.parkNanos(1_000_000);
                done.countDown();
            });
        }
        CountDownLatch interrupted = new CountDownLatch(1);
        executor.execute(() -> {
            awaitQuietly(new CountDownLatch(1));
            interrupted.countDown();
        });

        executor.close(Duration.ofMillis(500));

        assertThat(done.getCount()).isZero();
        assertThat(interrupted.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatComesAfterItIsClosedIsDone() throws InterruptedException {
        executor.close(Duration.ofSeconds(SECONDS));
        CountDownLatch done = new CountDownLatch(10);
        for (int i = 0; i < 10; i++) {
            executor.execute(done::countDown);
        }

        assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingWaitsForThreadsThatStartWhileItWaits() {
        AtomicInteger undisturbed = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            executor.execute(() -> {
                long end = System.nanoTime() + 10_000_000;
                while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
                    LockSupport.parkNanos(1_000_000);
                }
                if (!Thread.currentThread().isInterrupted()) {
                    undisturbed.incrementAndGet();
                }
            });
        }

        executor.close(Duration.ofSeconds(SECONDS));

        assertThat(undisturbed).hasValue(100);
    }

    @Test
    void withoutAnyThreadTheCallerDoesIt() {
        SparingExecutor without = new SparingExecutor(task -> new Unstartable(), THREADS, Duration.ofMinutes(1));
        Set<Thread> did = ConcurrentHashMap.newKeySet();

        for (int i = 0; i < 3; i++) {
            without.execute(() -> did.add(Thread.currentThread()));
        }

        assertThat(did).containsExactly(Thread.currentThread());
    }

    @Test
    void withoutAnyThreadATaskThatFailsHoldsUpNoOther() {
        SparingExecutor without = new SparingExecutor(task -> new Unstartable(), THREADS, Duration.ofMinutes(1));
        AtomicInteger reported = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
        Thread.currentThread().setUncaughtExceptionHandler((thread, cause) -> reported.incrementAndGet());
        try {
            without.execute(() -> {
                without.execute(done::incrementAndGet); // done by this call, before the one that adds it returns
                throw new IllegalStateException("a task that fails");
            });
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(before);
        }

        assertThat(reported).hasValue(1);
        assertThat(done).hasValue(1);
    }

    @Test
    void withOneThreadThatOneDoesAll() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        SparingExecutor poor = new SparingExecutor(
                task -> made.getAndIncrement() == 0 ? thread(task) : new Unstartable(), THREADS, Duration.ofMinutes(1));
        Set<Thread> did = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            poor.execute(() -> {
                did.add(Thread.currentThread());
                done.countDown();
            });
        }

        assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(did).hasSize(1).doesNotContain(Thread.currentThread());
        poor.close(Duration.ofSeconds(SECONDS));
    }

    private static final class Unstartable extends Thread {
        @Override
        public synchronized void start() {
            throw new OutOfMemoryError("unable to create native thread");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

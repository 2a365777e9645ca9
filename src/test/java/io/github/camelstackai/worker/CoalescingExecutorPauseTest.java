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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker that has no task pauses until the test ends its pause. */
class CoalescingExecutorPauseTest {
    private final ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newCachedThreadPool();
    private final AtomicInteger submissions = new AtomicInteger();
    private final AtomicReference<Thread> pausing = new AtomicReference<>();
    private final CountDownLatch endOfPause = new CountDownLatch(1);
    private final Set<Thread> ran = ConcurrentHashMap.newKeySet();
    /** Threads that are woken begin after it. */
    private volatile CountDownLatch begin = new CountDownLatch(0);

    private final CoalescingExecutor executor = new CoalescingExecutor(
            task -> {
                submissions.incrementAndGet();
                CountDownLatch start = begin;
                pool.execute(() -> {
                    await(start);
                    task.run();
                });
            },
            pool,
            3,
            () -> {
                if (pausing.compareAndSet(null, Thread.currentThread())) {
                    await(endOfPause);
                }
            });

    @BeforeEach
    void pause() {
        executor.execute(() -> {});
        eventually("the worker pauses", () -> assertThat(pausing).doesNotHaveNullValue());
    }

    @AfterEach
    void stop() {
        endOfPause.countDown();
        pool.shutdown();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private CountDownLatch execute() {
        CountDownLatch done = new CountDownLatch(1);
        executor.execute(() -> {
            ran.add(Thread.currentThread());
            done.countDown();
        });
        return done;
    }

    @Test
    void oneTaskIsLeftToTheThreadThatPauses() {
        CountDownLatch task = execute();
        assertThat(submissions).as("no thread is woken for it").hasValue(1);
        endOfPause.countDown();
        await(task);
        assertThat(ran).containsExactly(pausing.get());
    }

    @Test
    void aSecondTaskWakesAThreadThatRunsBoth() {
        CountDownLatch first = execute();
        CountDownLatch second = execute();
        await(first);
        await(second);
        assertThat(ran).hasSize(1);
        assertThat(submissions).hasValue(2);
    }

    @Test
    void aTaskThatBlocksLeavesTheNextToTheThreadThatPauses() {
        CountDownLatch blocking = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        executor.execute(() -> {
            blocking.countDown();
            await(release);
        });
        CountDownLatch next = execute();
        await(blocking);
        endOfPause.countDown();
        await(next);
        assertThat(ran).containsExactly(pausing.get());
        assertThat(submissions).hasValue(2);
        release.countDown();
    }

    @Test
    void noTaskIsLeftToAThreadWhosePauseHasEnded() {
        endOfPause.countDown();
        eventually(
                "the worker has parked", () -> assertThat(pool.getActiveCount()).isZero());
        begin = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        executor.execute(() -> await(release));
        CountDownLatch next = execute();
        begin.countDown();
        await(next);
        release.countDown();
    }
}

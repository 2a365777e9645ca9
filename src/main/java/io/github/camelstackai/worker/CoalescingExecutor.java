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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues tasks for a thread pool, and wakes as few of its threads as possible: a thread that runs takes the next task, and one more
 * is woken only if tasks are queued and none is about to take one. A pool by itself wakes a thread for each task, which costs more
 * than a short task does. A task that blocks delays no other by more than a pause: before a thread runs it, another is woken for
 * those that are queued, unless one pauses. Thread-safe.
 */
final class CoalescingExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(CoalescingExecutor.class);

    private final Executor pool;
    private final ExecutorService fallback;
    private final int threads;
    private final Runnable pause;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** Whether {@link #drain} was submitted, and has not begun. Only the thread that sets it may submit. */
    private final AtomicBoolean submitted = new AtomicBoolean();
    /** Whether a thread without a task pauses, and whether a task that was added meanwhile has been left to it. */
    private final AtomicReference<Pausing> pausing = new AtomicReference<>(Pausing.NONE);
    /** Threads in {@link #drain}: each looks for tasks once more after it is no longer counted. */
    private final AtomicInteger draining = new AtomicInteger();
    /** Held during a submission by {@link #execute}, so that no task relies on one that the pool is about to reject. */
    private final ReentrantLock submitting = new ReentrantLock();
    /** Whether the present lack of threads has been logged. */
    private final AtomicBoolean logged = new AtomicBoolean();

    /**
     * @param pool without a queue
     * @param fallback runs tasks where the pool has no idle thread although not all of them run tasks
     * @param threads that the pool has at most
     */
    CoalescingExecutor(Executor pool, ExecutorService fallback, int threads) {
        this(pool, fallback, threads, Thread::yield);
    }

    /** @param pause runs before a thread without a task parks; lets the threads run that may add one; must not throw */
    CoalescingExecutor(Executor pool, ExecutorService fallback, int threads, Runnable pause) {
        this.pool = pool;
        this.fallback = fallback;
        this.threads = threads;
        this.pause = pause;
    }

    /** @throws RejectedExecutionException if there is no thread, and no other thread has taken the task */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (!leaveToOther() || draining.get() == 0) { // otherwise a thread that runs takes it at the latest
            submitDrain(task);
        }
    }

    /**
     * Returns whether the caller may leave its task to another thread. The first task that is added during a pause wakes no thread;
     * the next does, since a pause may last milliseconds.
     */
    private boolean leaveToOther() {
        return submitted.get() || pausing.compareAndSet(Pausing.FREE, Pausing.EXPECTED);
    }

    private void submitDrain(Runnable task) {
        submitting.lock();
        try {
            submitDrain();
        } catch (RejectedExecutionException | OutOfMemoryError e) { // the JVM reports a lack of threads as the latter
            if (tasks.remove(task)) {
                throw new RejectedExecutionException("no worker thread is available", e);
            }
        } finally {
            submitting.unlock();
        }
    }

    private void submitDrain() {
        if (draining.get() < threads && !tasks.isEmpty() && submitted.compareAndSet(false, true)) {
            try {
                submit();
                logged.set(false);
            } catch (Throwable e) {
                submitted.set(false);
                throw e;
            }
        }
    }

    private void submit() {
        try {
            pool.execute(this::drain);
        } catch (RejectedExecutionException e) { // its threads are between two tasks, or it has been shut down
            fallback.execute(this::drain);
        }
    }

    private void drain() {
        draining.incrementAndGet();
        submitted.set(false); // before the first task is taken, so that a task added from here on is not missed
        do {
            runTasks();
        } while (waitForMore() || !leave());
    }

    /** Returns whether the thread has left: it stays if there is a task, which may have been added while the thread was counted. */
    private boolean leave() {
        draining.decrementAndGet();
        if (tasks.isEmpty()) {
            return true;
        }
        draining.incrementAndGet();
        return false;
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            if (pausing.get() == Pausing.NONE) { // otherwise the thread that pauses takes the rest
                submitForRest();
            }
            run(task);
        }
    }

    /**
     * Lets the threads run that may add a task, instead of parking at once: to be woken costs more than a short task does. One thread
     * pauses at a time. Returns whether there is a task.
     */
    private boolean waitForMore() {
        if (submitted.get() || !pausing.compareAndSet(Pausing.NONE, Pausing.FREE)) {
            return false;
        }
        pause.run();
        pausing.set(Pausing.NONE);
        return !tasks.isEmpty();
    }

    /** A task that fails, or leaves its thread interrupted, affects no other. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.error("StackAI: a task of a worker thread failed", e);
        } finally {
            boolean unused = Thread.interrupted();
        }
    }

    private void submitForRest() {
        try {
            submitDrain();
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            if (!fallback.isShutdown() && logged.compareAndSet(false, true)) {
                LOG.warn("StackAI: no further worker thread is available; queued tasks wait for the present ones", e);
            }
        }
    }

    private enum Pausing {
        NONE,
        /** A thread pauses, and {@link #execute} has left no task to it. */
        FREE,
        /** A thread pauses, and {@link #execute} has left a task to it. */
        EXPECTED
    }
}

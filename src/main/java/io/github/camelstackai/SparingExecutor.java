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
package io.github.camelstackai;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs tasks in threads of a pool, and wakes no more of them than it takes: a thread that is awake takes the next task, one more
 * is woken only when none is on its way, and of those that are idle it is the one that ran last. To wake a thread for each task
 * costs more than a task that does not wait.
 *
 * <p>A task that waits holds up no other: before it is begun, another thread is woken for those that are queued. Thread-safe.
 */
final class SparingExecutor implements Executor, AutoCloseable {
    private final Executor pool;
    private final long keepNanos;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
    /** Whether a thread was called that has not begun yet. */
    private final AtomicBoolean calling = new AtomicBoolean();

    private volatile boolean closed;

    /**
     * @param pool runs everything that it is given, now or later
     * @param keep how long a thread without a task stands ready before it goes back to the pool
     */
    SparingExecutor(Executor pool, Duration keep) {
        this.pool = pool;
        this.keepNanos = keep.toNanos();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        call();
    }

    /** Gives idle threads back to the pool, and keeps none from now on. */
    @Override
    public void close() {
        closed = true;
        idle.forEach(worker -> LockSupport.unpark(worker.thread));
    }

    private void call() {
        if (!calling.get() && calling.compareAndSet(false, true)) {
            Worker worker = idle.pollFirst();
            if (worker == null) {
                pool.execute(() -> new Worker().work());
            } else {
                worker.called = true;
                LockSupport.unpark(worker.thread);
            }
        }
    }

    private void callForMore() {
        if (!tasks.isEmpty()) {
            call();
        }
    }

    /** A thread of the pool, as long as it is here. */
    private final class Worker {
        private final Thread thread = Thread.currentThread();
        /** Set by who takes it out of {@link #idle}. */
        private volatile boolean called;

        void work() {
            do {
                called = false;
                calling.set(false); // before it looks, so that what is added from here on finds somebody
                runTasks();
            } while (!thread.isInterrupted() && isCalled());
        }

        private void runTasks() {
            try {
                Runnable task = tasks.poll();
                while (task != null) {
                    callForMore();
                    task.run();
                    // an interrupt is for the pool to see to, and not for the next task
                    task = thread.isInterrupted() ? null : tasks.poll();
                }
            } finally {
                callForMore();
            }
        }

        /** Waits for more to do; false when there was nothing for a while. */
        private boolean isCalled() {
            long end = System.nanoTime() + keepNanos;
            idle.addFirst(this);
            callForMore();
            while (!called) {
                long left = end - System.nanoTime();
                if ((left <= 0 || closed || thread.isInterrupted()) && idle.remove(this)) {
                    return false;
                }
                LockSupport.parkNanos(this, Math.max(1, left));
            }
            return true;
        }
    }
}

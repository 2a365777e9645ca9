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

import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Runs tasks in threads of its own, and wakes no more of them than it takes: a thread that is awake takes the next task, one
 * more is woken only when none is on its way, and of those that are idle it is the one that ran last. To wake a thread for each
 * task, as a thread pool does, costs more than a task that does not wait.
 *
 * <p>A task that waits holds up no other: before it is begun, another thread is woken for those that are queued. Thread-safe.
 */
public final class SparingExecutor implements Executor {
    private final ThreadFactory factory;
    private final int maxThreads;
    private final long keepNanos;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    /** Whether a thread was woken or started that has not begun yet. Who sets it wakes one, and nobody else. */
    private final AtomicBoolean waking = new AtomicBoolean();

    private volatile boolean closed;
    /** Waits for the threads to end; null until closed. */
    private volatile Thread closer;

    /** @param keep how long a thread without a task stands ready before it ends */
    SparingExecutor(ThreadFactory factory, int maxThreads, Duration keep) {
        this.factory = factory;
        this.maxThreads = maxThreads;
        this.keepNanos = keep.toNanos();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        wakeForMore();
    }

    /**
     * Ends idle threads at once and the others when nothing is left to do, and waits for that; whatever still runs after
     * {@code patience} is interrupted. What comes later is run all the same, in threads that end with it.
     */
    void close(Duration patience) {
        closer = Thread.currentThread();
        closed = true;
        idle.forEach(worker -> LockSupport.unpark(worker.thread));
        long end = System.nanoTime() + patience.toNanos();
        long left = patience.toNanos();
        while (left > 0 && isBusy() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, left);
            left = end - System.nanoTime();
        }
        others().forEach(Thread::interrupt);
    }

    /** Also while a thread that ends has yet to start the next one. */
    private boolean isBusy() {
        return !tasks.isEmpty() || others().findAny().isPresent();
    }

    private Stream<Thread> others() {
        return threads.stream().filter(thread -> !thread.equals(Thread.currentThread()));
    }

    private void wake() {
        while (!waking.get() && waking.compareAndSet(false, true)) {
            Worker worker = idle.pollFirst();
            if (worker != null) {
                worker.woken = true;
                LockSupport.unpark(worker.thread);
                return;
            }
            if (threads.size() < maxThreads) {
                start();
                return;
            }
            waking.set(false); // all are busy, and look for more when they are done; unless one has just found none
            if (tasks.isEmpty() || (idle.isEmpty() && threads.size() == maxThreads)) {
                return;
            }
        }
    }

    private void start() {
        Thread thread = null;
        try {
            thread = factory.newThread(new Worker());
            threads.add(thread);
            thread.start();
        } catch (Throwable e) {
            if (thread != null) {
                threads.remove(thread);
            }
            waking.set(false);
            throw e;
        }
    }

    /** Where no thread is to be had those that there are do what is queued, and where there is none, this one. */
    private void wakeForMore() {
        try {
            if (!tasks.isEmpty()) {
                wake();
            }
        } catch (RuntimeException | Error e) {
            if (threads.isEmpty()) {
                runInCaller();
            }
        }
    }

    /** A task that fails is reported as in a thread of its own, and holds up no other. */
    private void runInCaller() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (Throwable e) {
                Thread caller = Thread.currentThread();
                caller.getUncaughtExceptionHandler().uncaughtException(caller, e);
            }
        }
    }

    private final class Worker implements Runnable {
        /** Set before it is among the {@link #idle}. */
        private Thread thread;
        /** Set by who takes it out of {@link #idle}. */
        private volatile boolean woken;

        @Override
        public void run() {
            thread = Thread.currentThread();
            try {
                do {
                    woken = false;
                    waking.set(false); // before it looks, so that what is added from here on finds somebody
                    runTasks();
                } while (!thread.isInterrupted() && isWoken());
            } finally {
                threads.remove(thread);
                wakeForMore();
                LockSupport.unpark(closer);
            }
        }

        private void runTasks() {
            Runnable task = tasks.poll();
            while (task != null) {
                wakeForMore();
                task.run();
                task = thread.isInterrupted() ? null : tasks.poll(); // an interrupt is not for the next task to see
            }
        }

        /** Waits for more to do; false when there was nothing for a while. */
        private boolean isWoken() {
            long end = System.nanoTime() + keepNanos;
            idle.addFirst(this);
            wakeForMore();
            while (!woken) {
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

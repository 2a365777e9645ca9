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
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.apache.camel.util.concurrent.ThreadType;

/** The threads on which routes go on when a call has ended, so that no I/O thread does. Thread-safe. */
public final class RouteExecutors {
    private static final int WORKERS = 20;
    /** How long a worker with nothing to do stands ready. */
    private static final Duration KEEP = Duration.ofMinutes(1);
    /** No queue: a stream's reader cannot wait until another has ended, so there is a thread for each that reads. */
    private static final ThreadPoolProfile READERS = new ThreadPoolProfileBuilder("stackai")
            .poolSize(1)
            .maxPoolSize(Integer.MAX_VALUE)
            .maxQueueSize(0)
            .keepAliveTime(KEEP.toSeconds())
            .allowCoreThreadTimeOut(true)
            .rejectedPolicy(ThreadPoolRejectedPolicy.Abort) // the other policy drops what comes after the stop
            .build();

    /** Set at start: threads of our own, or the user's pool. */
    private volatile Executor workers;
    /** Set at start: for routes that wait for the rest of a stream. */
    private volatile ExecutorService readers;

    /** @param users the user's pool for what does not wait; null for threads of our own */
    public void start(Object owner, ExecutorServiceManager manager, ExecutorService users) {
        readers = manager.newThreadPool(owner, "StackAiReader", READERS);
        ThreadFactory factory = task -> manager.newThread("StackAiWorker", task);
        // The queue has no limit of its own: it cannot hold more than the calls that were sent.
        workers = users == null
                ? new SparingExecutor(
                        factory, ThreadType.current() == ThreadType.VIRTUAL ? Integer.MAX_VALUE : WORKERS, KEEP)
                : task -> inPool(users, task);
    }

    /** Lets what is queued end. */
    public void stop(ExecutorServiceManager manager) {
        if (workers instanceof SparingExecutor own) {
            own.close(Duration.ofMillis(manager.getShutdownAwaitTermination()));
        }
        if (readers != null) {
            manager.shutdownGraceful(readers);
        }
    }

    /**
     * Goes on in a thread that may wait.
     *
     * @param waits whether {@code task} is going to wait for the rest of a stream
     */
    public void execute(Runnable task, boolean blocks) {
        Executor started = workers;
        if (started == null) {
            task.run(); // nothing was sent before the start, so nothing is left to wait for
        } else if (blocks) {
            inReader(task);
        } else {
            started.execute(task);
        }
    }

    /** A pool that has no room, or would have this thread do it, is passed over. */
    private void inPool(ExecutorService pool, Runnable task) {
        Thread caller = Thread.currentThread();
        try {
            pool.execute(() -> {
                if (Thread.currentThread().equals(caller)) {
                    inReader(task);
                } else {
                    task.run();
                }
            });
        } catch (RejectedExecutionException e) {
            inReader(task);
        }
    }

    /** There is a thread for it as long as the component runs; once it has stopped, nothing is left to wait for. */
    private void inReader(Runnable task) {
        try {
            readers.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }
}

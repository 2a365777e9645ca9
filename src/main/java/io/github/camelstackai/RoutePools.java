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
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** The threads on which routes go on when a call has ended, so that no I/O thread does. Thread-safe. */
final class RoutePools {
    /** The queue has no limit of its own: it cannot hold more than the calls that were sent. */
    private static final ThreadPoolProfile WORKERS = profile(20, 20, Integer.MAX_VALUE);
    /** No queue: a stream's reader cannot wait until another has ended, so there is a thread for each that reads. */
    private static final ThreadPoolProfile READERS = profile(1, Integer.MAX_VALUE, 0);

    /** How long a worker with nothing to do stands ready. */
    private static final Duration KEEP = Duration.ofMillis(100);

    /** Set at start: the user's pool, or one of our own. */
    private volatile ExecutorService workers;
    /** Set at start: gives work to {@link #workers}, which a user's pool gets task by task. */
    private volatile Executor work;
    /** Set at start: for routes that wait for the rest of a stream. */
    private volatile ExecutorService readers;
    /** Set at start: whether {@link #workers} ends with the component. */
    private volatile boolean own;

    /** @param users the user's pool for what does not wait; null for one of our own */
    void start(Object owner, ExecutorServiceManager manager, ExecutorService users) {
        own = users == null;
        workers = own ? manager.newThreadPool(owner, "StackAiWorker", WORKERS) : users;
        readers = manager.newThreadPool(owner, "StackAiReader", READERS);
        work = own ? new SparingExecutor(this::inWorker, KEEP) : this::inWorker;
    }

    /** Lets what is queued end. */
    void stop(ExecutorServiceManager manager) {
        if (work instanceof SparingExecutor sparing) {
            sparing.close();
        }
        if (own) {
            manager.shutdownGraceful(workers);
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
    void run(Runnable task, boolean waits) {
        Executor started = work;
        if (started == null) {
            task.run(); // nothing was sent before the start, so nothing is left to wait for
        } else if (waits) {
            inReader(task);
        } else {
            started.execute(task);
        }
    }

    /** A worker pool that has no room, or would have this thread do it, is passed over. */
    private void inWorker(Runnable task) {
        Thread caller = Thread.currentThread();
        try {
            workers.execute(() -> {
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

    private static ThreadPoolProfile profile(int core, int max, int queue) {
        return new ThreadPoolProfileBuilder("stackai")
                .poolSize(core)
                .maxPoolSize(max)
                .maxQueueSize(queue)
                .keepAliveTime(60L)
                .allowCoreThreadTimeOut(true)
                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort) // the other policy drops what comes after the stop
                .build();
    }
}

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

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.apache.camel.util.concurrent.ThreadType;

/**
 * The threads on which routes continue when a call has ended, so that no I/O thread does. Both pools are Camel's, and show in JMX.
 * Thread-safe.
 */
public final class RouteExecutors {
    private static final int WORKERS = 20;
    private static final long KEEP_ALIVE_SECONDS = 60;

    /** Written at start: the component's workers, or the user's pool. */
    private volatile Executor workers;
    /** Written at start: for routes that wait for the rest of a stream. */
    private volatile ExecutorService readers;
    /** Written at start; null if the user's pool serves as workers. */
    private volatile ExecutorService ownWorkers;

    /** A pool without a queue, which reuses the thread that was idle last. */
    private static ThreadPoolProfile profile(String id, int maxThreads) {
        ThreadPoolProfile profile = new ThreadPoolProfile(id);
        profile.setPoolSize(1);
        profile.setMaxPoolSize(maxThreads);
        profile.setMaxQueueSize(0);
        profile.setKeepAliveTime(KEEP_ALIVE_SECONDS);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort); // the other policy runs tasks in the caller
        return profile;
    }

    /**
     * Creates the pools.
     *
     * @param users the user's pool for tasks that do not block; null for workers of the component's own
     */
    public void start(Object owner, ExecutorServiceManager manager, ExecutorService users) {
        // A reader of a stream cannot wait until another has finished, so each has a thread.
        readers = manager.newThreadPool(owner, "StackAiReader", profile("stackai-reader", Integer.MAX_VALUE));
        ownWorkers = users == null
                ? manager.newThreadPool(owner, "StackAiWorker", profile("stackai-worker", WORKERS))
                : null;
        int threads = ThreadType.current() == ThreadType.VIRTUAL ? Integer.MAX_VALUE : WORKERS;
        workers = users == null ? new CoalescingExecutor(ownWorkers, readers, threads) : task -> executeOn(users, task);
    }

    /** Waits for queued tasks to end, as long as Camel's manager lets it. */
    public void stop(ExecutorServiceManager manager) {
        if (ownWorkers != null) {
            manager.shutdownGraceful(ownWorkers);
        }
        if (readers != null) {
            manager.shutdownGraceful(readers);
        }
    }

    /**
     * Runs a task on another thread.
     *
     * @param blocks whether {@code task} may block, waiting for the rest of a stream
     * @throws RejectedExecutionException if no thread is available; the task has not run and will not run
     */
    public void execute(Runnable task, boolean blocks) {
        Executor started = workers;
        if (started == null) {
            throw new RejectedExecutionException("the component is not started");
        }
        if (blocks) {
            executeOnReader(task);
        } else {
            started.execute(task);
        }
    }

    /** Falls back to the reader pool if the user's pool rejects the task or would run it in the caller. */
    private void executeOn(ExecutorService pool, Runnable task) {
        Thread caller = Thread.currentThread();
        try {
            pool.execute(() -> {
                if (Thread.currentThread().equals(caller)) {
                    executeOnReader(task);
                } else {
                    task.run();
                }
            });
        } catch (RejectedExecutionException e) {
            executeOnReader(task);
        } catch (OutOfMemoryError e) { // the JVM reports a lack of threads so
            throw new RejectedExecutionException("no worker thread is available", e);
        }
    }

    private void executeOnReader(Runnable task) {
        try {
            readers.execute(task);
        } catch (OutOfMemoryError e) { // the JVM reports a lack of threads so
            throw new RejectedExecutionException("no reader thread is available", e);
        }
    }
}

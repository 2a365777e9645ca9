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
package io.github.camelstackai.examples.benchmark;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Concurrent users. Each starts a run, and the next run when it is answered. */
final class RunLoad {
    private final Contender contender;
    private final String flow;
    private final LongAdder answered = new LongAdder();
    private final AtomicReference<Object> wrong = new AtomicReference<>();
    private final CountDownLatch left;
    private volatile boolean stopped;

    private RunLoad(Contender contender, int users, long delayMillis) {
        this.contender = contender;
        this.flow = "answer-" + delayMillis;
        this.left = new CountDownLatch(users);
    }

    /**
     * @param rampMillis time in which the users arrive, before the measurement
     * @param idleHeap bytes of heap that an idle client uses
     */
    static Map<String, Double> measure(
            Contender contender, int users, long delayMillis, long rampMillis, double seconds, long idleHeap)
            throws InterruptedException {
        return new RunLoad(contender, users, delayMillis).measure(users, rampMillis, seconds, idleHeap);
    }

    private Map<String, Double> measure(int users, long rampMillis, double seconds, long idleHeap)
            throws InterruptedException {
        ExecutorService threads = contender.blocks() ? Executors.newFixedThreadPool(users) : null;
        start(users, rampMillis, threads);
        Map<String, Double> figures = new TreeMap<>();
        window(seconds, figures);
        if (rampMillis > 0) {
            figures.put("threads", (double) Usage.threads());
            figures.put("heapKiBPerRun", (Usage.heap() - idleHeap) / 1024.0 / users);
        }
        stopped = true;
        left.await();
        if (threads != null) {
            threads.shutdown();
        }
        if (wrong.get() != null) {
            throw new IllegalStateException("wrong answer: " + wrong.get());
        }
        return figures;
    }

    private void start(int users, long rampMillis, ExecutorService threads) {
        long begin = System.nanoTime();
        for (int user = 0; user < users; user++) {
            pause(begin + rampMillis * 1_000_000 * user / users);
            if (threads == null) {
                user();
            } else {
                threads.execute(this::blockingUser);
            }
        }
    }

    private void window(double seconds, Map<String, Double> figures) {
        Usage begin = Usage.now();
        long before = answered.sum();
        pause(begin.nanos() + (long) (seconds * 1e9));
        long runs = answered.sum() - before;
        Usage used = Usage.now().since(begin);
        figures.put("runsPerSecond", runs / used.seconds());
        figures.put("cpuMicrosPerRun", used.cpuNanos() / 1e3 / runs);
        figures.put("allocatedKiBPerRun", used.allocated() / 1024.0 / runs);
    }

    private void blockingUser() {
        while (!stopped) {
            contender.run(flow, this::count);
        }
        left.countDown();
    }

    /** Continues in the thread that received the answer. */
    private void user() {
        if (stopped) {
            left.countDown();
        } else {
            contender.run(flow, output -> {
                count(output);
                user();
            });
        }
    }

    private void count(Object output) {
        if (Server.ANSWER.equals(output)) {
            answered.increment();
        } else {
            wrong.compareAndSet(null, output);
            stopped = true;
        }
    }

    private static void pause(long until) {
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}

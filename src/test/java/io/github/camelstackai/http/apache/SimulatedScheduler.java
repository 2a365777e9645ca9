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
package io.github.camelstackai.http.apache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A simulated clock that runs due tasks on request, on the calling thread. */
final class SimulatedScheduler extends ScheduledThreadPoolExecutor {
    final List<Task> scheduled = new ArrayList<>();
    long now;

    SimulatedScheduler() {
        super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Task pending = new Task(task, now + unit.toNanos(delay));
        scheduled.add(pending);
        return pending;
    }

    @Override
    public void execute(Runnable task) {
        ScheduledFuture<?> unused = schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    /** Advances the clock, and runs what is due then. */
    void pass(Duration time) {
        now += time.toNanos();
        runDue();
    }

    void runDue() {
        scheduled.stream()
                .filter(task -> !task.isDone() && task.at <= now)
                .toList()
                .forEach(Task::run);
    }

    /** Tasks that neither ran nor were cancelled. */
    long pending() {
        return scheduled.stream().filter(task -> !task.isDone()).count();
    }

    static final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final long at;

        Task(Runnable task, long at) {
            super(task, null);
            this.at = at;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException("the clock is simulated");
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(at, ((Task) other).at);
        }
    }
}

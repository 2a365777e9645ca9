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

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * The resources that this process has used since its start.
 *
 * @param nanos {@link System#nanoTime}
 * @param cpuNanos of all threads, including those of the JVM, with a resolution of ten milliseconds
 * @param allocatedBy allocated bytes by thread id, of the threads that are alive
 */
record Usage(long nanos, long cpuNanos, Map<Long, Long> allocatedBy) {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    static Usage now() {
        long[] threads = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(threads);
        Map<Long, Long> allocatedBy = new HashMap<>();
        for (int i = 0; i < threads.length; i++) {
            allocatedBy.put(threads[i], Math.max(0, bytes[i])); // -1: the thread has just ended
        }
        return new Usage(System.nanoTime(), PROCESS.getProcessCpuTime(), allocatedBy);
    }

    static int threads() {
        return THREADS.getThreadCount();
    }

    /** Used bytes after a garbage collection. */
    static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    Usage since(Usage begin) {
        Map<Long, Long> more = new HashMap<>(allocatedBy);
        more.replaceAll((thread, bytes) -> Math.max(0, bytes - begin.allocatedBy.getOrDefault(thread, 0L)));
        return new Usage(nanos - begin.nanos, cpuNanos - begin.cpuNanos, more);
    }

    long allocated() {
        return allocatedBy.values().stream().mapToLong(Long::longValue).sum();
    }

    double seconds() {
        return nanos / 1e9;
    }
}

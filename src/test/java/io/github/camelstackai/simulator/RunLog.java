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
package io.github.camelstackai.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the last runs and the last feedback. Thread-safe. */
final class RunLog {
    private final int capacity;
    // Guarded by this.
    private final Map<String, RecordedRun> runs = new LinkedHashMap<>();
    private final Deque<RecordedFeedback> feedback = new ArrayDeque<>();

    RunLog(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(RecordedRun run) {
        runs.put(run.runId(), run);
        if (runs.size() > capacity) {
            runs.remove(runs.keySet().iterator().next());
        }
    }

    synchronized void add(RecordedFeedback given) {
        feedback.addLast(given);
        if (feedback.size() > capacity) {
            feedback.removeFirst();
        }
    }

    synchronized Optional<RecordedRun> run(String runId) {
        return Optional.ofNullable(runs.get(runId));
    }

    synchronized Optional<RecordedRun> lastOf(String flowId) {
        return runs.values().stream().filter(run -> run.flowId().equals(flowId)).reduce((earlier, later) -> later);
    }

    synchronized List<RecordedRun> runs() {
        return new ArrayList<>(runs.values());
    }

    synchronized List<RecordedFeedback> feedback() {
        return List.copyOf(feedback);
    }

    synchronized void clear() {
        runs.clear();
        feedback.clear();
    }
}

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
package io.github.camelstackai.observe;

import io.github.camelstackai.StackAiOperation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the calls that it is told of, and the events of each. */
public final class ObservedCalls implements CallObserver {
    private final List<Events> calls = new CopyOnWriteArrayList<>();

    @Override
    public CallObservation begin(StackAiOperation operation, String flowId) {
        Events events = new Events();
        events.add(operation + " " + flowId);
        calls.add(events);
        return events;
    }

    /** The events of each call. */
    public List<List<String>> calls() {
        return calls.stream().map(Events::all).toList();
    }

    /** The events of one call, in their order. */
    public static final class Events implements CallObservation {
        private final List<String> events = new CopyOnWriteArrayList<>();

        private void add(String event) {
            events.add(event);
        }

        public List<String> all() {
            return List.copyOf(events);
        }

        @Override
        public void firstChunk() {
            add("first chunk");
        }

        @Override
        public void chunk() {
            add("chunk");
        }

        /** Records the first end alone, as every implementation does. */
        @Override
        public void ended(String outcome) {
            if (events.stream().noneMatch(event -> event.startsWith("ended"))) {
                add("ended " + outcome);
            }
        }
    }
}

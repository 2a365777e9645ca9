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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Computes the outputs of flows. A flow that is not registered echoes its input. Thread-safe. */
final class FlowRegistry {
    private static final Set<String> NOT_INPUTS = Set.of("user_id", "stream");

    private final Map<String, Function<Map<String, Object>, Map<String, Object>>> registered =
            new ConcurrentHashMap<>();
    // Written by the test's thread.
    private volatile boolean onlyRegistered;

    void register(String flowId, Function<Map<String, Object>, Map<String, Object>> outputs) {
        registered.put(flowId, outputs);
    }

    void onlyRegistered() {
        onlyRegistered = true;
    }

    void clear() {
        registered.clear();
        onlyRegistered = false;
    }

    boolean has(String flowId) {
        return !onlyRegistered || registered.containsKey(flowId);
    }

    /** Returns the flow's outputs, or throws what its function throws. */
    Map<String, Object> run(String flowId, Map<String, Object> inputs) {
        return registered.getOrDefault(flowId, FlowRegistry::echo).apply(inputs);
    }

    private static Map<String, Object> echo(Map<String, Object> inputs) {
        Map<String, Object> values = new LinkedHashMap<>(inputs);
        values.keySet().removeAll(NOT_INPUTS);
        Object input = values.containsKey("in-0") ? values.get("in-0") : values;
        return Map.of("out-0", "Answer to: " + (input instanceof String ? input : JsonCodec.text(input)));
    }
}

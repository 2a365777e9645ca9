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
package io.github.camelstackai.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/** The result of a streamed run as its frames add up to it. Not thread-safe. */
public final class ResultAccumulator {
    private static final String OUTPUTS = "outputs";

    private final OutputAccumulator outputs;
    /** The keys of all frames: a later value replaces an earlier one, unless it is null. */
    private final Map<String, Object> raw = new LinkedHashMap<>();

    /** @param increments whether frames hold increments, and not snapshots */
    public ResultAccumulator(boolean increments) {
        this.outputs = new OutputAccumulator(increments);
    }

    /**
     * Adds a frame.
     *
     * @param frame the object as it came
     * @param frameOutputs its outputs
     */
    public void add(Map<String, Object> frame, Map<String, Object> frameOutputs) {
        addEnvelope(frame, frameOutputs);
        outputs.add(frameOutputs);
    }

    /** Adds the keys besides the outputs: a frame without a key {@code outputs} holds them among the others. */
    private void addEnvelope(Map<String, Object> frame, Map<String, Object> frameOutputs) {
        boolean flat = !frame.containsKey(OUTPUTS);
        frame.forEach((key, value) -> {
            if (value == null) {
                raw.putIfAbsent(key, null);
            } else if (!flat || !frameOutputs.containsKey(key)) {
                raw.put(key, value);
            }
        });
    }

    /** As {@link OutputAccumulator#size}. */
    public long size() {
        return outputs.size();
    }

    /** As {@link OutputAccumulator#text}. */
    public String text(String output) {
        return outputs.text(output);
    }

    /** The result so far. */
    public RunResult result() {
        raw.put(OUTPUTS, outputs.values());
        return RunResult.of(raw);
    }
}

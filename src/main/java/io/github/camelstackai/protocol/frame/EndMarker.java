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
package io.github.camelstackai.protocol.frame;

import io.github.camelstackai.protocol.RunResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The markers by which frames say that the stream is complete. None of them is output of the flow. */
final class EndMarker {
    static final String NAME = "stream_complete";

    private static final String TEXT = "Stream completed successfully";
    private static final List<String> ENVELOPE_KEYS = List.of("event", "type", "status");

    private EndMarker() {}

    /** Whether a frame without an end marker in its envelope says that the stream is complete. */
    static boolean isIn(RunResult frame) {
        return RunResult.COMPLETED.equals(frame.state())
                || isDone(frame.raw().get("metadata"))
                || isIn(frame.outputs());
    }

    /**
     * The outputs without markers, in a map of its own if there were any.
     *
     * @param last whether the frame ends the stream; in any other frame, text that reads like a marker is output
     */
    static Map<String, Object> strip(RunResult frame, boolean last) {
        Map<String, Object> outputs = frame.outputs();
        if (!last && !outputs.containsKey(NAME)) {
            return outputs;
        }
        Map<String, Object> kept = new LinkedHashMap<>(outputs);
        kept.remove(NAME);
        if (last) {
            kept.remove("type", NAME);
            kept.values().removeIf(EndMarker::isText);
        }
        if (last && isInEnvelope(frame.raw()) && !frame.raw().containsKey("outputs")) {
            // the outputs share the object with other keys of the envelope, which are not known
            kept.keySet().removeIf(key -> !RunResult.isNodeId(key));
        }
        return kept;
    }

    private static boolean isDone(Object metadata) {
        return metadata instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("done"));
    }

    private static boolean isIn(Map<String, Object> outputs) {
        Object flag = outputs.get(NAME);
        return NAME.equals(outputs.get("type")) || (flag != null && !Boolean.FALSE.equals(flag));
    }

    /** Whether a key beside the outputs says that the stream is complete. */
    static boolean isInEnvelope(Map<String, Object> raw) {
        for (String key : ENVELOPE_KEYS) { // a loop, since it runs for each frame
            if (NAME.equals(raw.get(key))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isText(Object value) {
        return value instanceof String text
                && (text.strip().equals(TEXT) || text.strip().equals(TEXT + "."));
    }
}

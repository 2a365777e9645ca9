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
import java.util.regex.Pattern;

/** The signs by which frames say that the stream is complete. None of them is output of the flow. */
public final class EndMarker {
    static final String NAME = "stream_complete";

    private static final String TEXT = "Stream completed successfully";
    private static final List<String> ENVELOPE_KEYS = List.of("event", "type", "status");
    private static final Pattern NODE_ID = Pattern.compile(".+-\\d+");

    private EndMarker() {}

    /** Whether the frame says that the stream is complete. */
    static boolean isIn(RunResult frame) {
        return RunResult.COMPLETED.equals(frame.state())
                || isDone(frame.raw().get("metadata"))
                || isIn(frame.outputs())
                || isInEnvelope(frame.raw());
    }

    /**
     * The outputs without the signs, in a map of its own where there were any.
     *
     * @param last whether this is the frame that ends the stream; in any other one, text that reads like a sign is output
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
            // Here the outputs share one object with the rest of the envelope, whose keys nobody has listed.
            kept.keySet().removeIf(key -> !NODE_ID.matcher(key).matches());
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

    private static boolean isInEnvelope(Map<String, Object> raw) {
        for (String key : ENVELOPE_KEYS) { // of each frame: a stream would cost more than what it looks at
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

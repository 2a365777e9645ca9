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

import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.RunResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps the objects and events of one stream to frames, and remembers its run id. Not thread-safe. */
final class FrameMapper {
    private final Json json;
    private final boolean verbose;
    private String runId; // the last one that a frame named; null until then

    /** @param verbose as of {@link FrameDecoder} */
    FrameMapper(Json json, boolean verbose) {
        this.json = json;
        this.verbose = verbose;
    }

    /**
     * The frame of a JSON object; null if it is none. The name of an event holds even if its object does not say the same.
     *
     * @param data the object as it came
     */
    Frame frame(Map<String, Object> object, Slice data, SseEvent.Meaning meaning) throws StreamDecodingException {
        boolean last = meaning == SseEvent.Meaning.END || EndMarker.isInEnvelope(object);
        boolean failed = meaning == SseEvent.Meaning.ERROR;
        if (!last && !failed && !RunResult.isFrame(object, verbose)) {
            return disguisedError(object);
        }
        RunResult result = result(object, data);
        if (result.runId() != null) {
            runId = result.runId();
        }
        if (failed && !result.failed()) {
            return new Frame(result.with(ownOutputs(result), runId, result.raw()), Frame.Kind.FAILURE);
        }
        boolean terminal = last || EndMarker.isIn(result);
        Map<String, Object> outputs = EndMarker.strip(result, terminal);
        return new Frame(result.with(outputs, runId, result.error()), kind(result, terminal));
    }

    /** The failure that an object without a key of a frame reports; null for a keep-alive and the like. */
    private Frame disguisedError(Map<String, Object> object) {
        RunResult result = RunResult.of(object);
        return result.failed()
                ? new Frame(result.with(new LinkedHashMap<>(), runId, result.error()), Frame.Kind.FAILURE)
                : null;
    }

    /**
     * The frame of what has to be a JSON object; null if it is an object but no frame.
     *
     * @throws StreamDecodingException if it is not a JSON object
     */
    Frame object(Slice data, SseEvent.Meaning meaning) throws StreamDecodingException {
        Object value;
        try {
            value = read(data);
        } catch (IOException invalid) {
            throw StreamDecodingException.malformed("one JSON object", data, invalid);
        }
        if (!(value instanceof Map<?, ?> object)) {
            throw StreamDecodingException.malformed("one JSON object", data, null);
        }
        return frame(cast(object), data, meaning);
    }

    /** The object; null if this is none, or not a complete one. */
    Map<String, Object> parse(Slice data) {
        if (data.isEmpty() || data.at(0) != '{') {
            return null;
        }
        try {
            return cast((Map<?, ?>) read(data));
        } catch (IOException notAnObject) {
            return null;
        }
    }

    /** Whether more bytes could complete this to an object; a token may be incomplete unless the end is a brace. */
    boolean isUnfinished(Slice data) {
        if (data.isEmpty() || data.at(0) != '{') {
            return false;
        }
        try {
            read(data);
            return false;
        } catch (JsonEOFException end) {
            return true;
        } catch (IOException invalid) {
            return data.at(data.length() - 1) != '}';
        }
    }

    private Object read(Slice data) throws IOException {
        return json.read(data.array(), data.offset(), data.length());
    }

    /** The end that a line or event without an object stands for. Its data, if any, becomes {@code raw}. */
    Frame end(Slice data) {
        return new Frame(withoutObject(data, null), Frame.Kind.END);
    }

    /** The failure that an event reports by its name: what its object says, or its text. */
    Frame failure(Slice data) {
        try {
            return object(data, SseEvent.Meaning.ERROR);
        } catch (StreamDecodingException notAnObject) {
            String error = data.isEmpty() ? "The service sent an error event without data" : data.text();
            return new Frame(withoutObject(data, error), Frame.Kind.FAILURE);
        }
    }

    private RunResult withoutObject(Slice data, String error) {
        Map<String, Object> raw = new LinkedHashMap<>();
        RunResult nothing = RunResult.of(raw).with(new LinkedHashMap<>(), runId, error);
        if (!data.isEmpty()) {
            raw.put("data", data.text());
        }
        return nothing;
    }

    private RunResult result(Map<String, Object> object, Slice data) throws StreamDecodingException {
        try {
            return RunResult.ofFrame(object, verbose);
        } catch (IllegalArgumentException wrongOutputs) {
            throw StreamDecodingException.malformed("an object as \"outputs\"", data, wrongOutputs);
        }
    }

    @SuppressWarnings("unchecked") // a JSON object has text keys
    private static Map<String, Object> cast(Map<?, ?> object) {
        return (Map<String, Object>) object;
    }

    private static Map<String, Object> ownOutputs(RunResult result) {
        return result.raw().containsKey("outputs") ? result.outputs() : new LinkedHashMap<>();
    }

    private static Frame.Kind kind(RunResult result, boolean last) {
        if (result.failed()) {
            return Frame.Kind.FAILURE;
        }
        if (result.paused()) {
            return Frame.Kind.PAUSE;
        }
        return last ? Frame.Kind.END : Frame.Kind.DATA;
    }
}

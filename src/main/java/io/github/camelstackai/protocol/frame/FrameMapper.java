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

import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.RunResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes frames of the objects and events of one stream, and remembers its run id. Not thread-safe. */
public final class FrameMapper {
    private final Json json;
    private String runId; // the last one named; null until then

    FrameMapper(Json json) {
        this.json = json;
    }

    /** The frame of a JSON object. What its event's name says holds, even if the object itself does not say so. */
    Frame object(Slice data, SseEvent.Meaning meaning) throws StreamDecodingException {
        RunResult result = parse(data);
        if (result.runId() != null && !result.runId().equals(runId)) {
            runId = result.runId();
        }
        if (meaning == SseEvent.Meaning.ERROR && !result.failed()) {
            return new Frame(result.with(ownOutputs(result), runId, result.raw()), Frame.Kind.FAILURE);
        }
        boolean last = meaning == SseEvent.Meaning.END || EndMarker.isIn(result);
        Map<String, Object> outputs = EndMarker.strip(result, last);
        return new Frame(result.with(outputs, runId, result.error()), kind(result, last));
    }

    /** The end that a line or an event without an object stands for. Its data, if any, is kept as raw. */
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

    private RunResult parse(Slice data) throws StreamDecodingException {
        Object value;
        try {
            value = json.read(data.array(), data.offset(), data.length());
        } catch (IOException invalid) {
            throw StreamDecodingException.malformed("one JSON object", data, invalid);
        }
        if (!(value instanceof Map<?, ?> object)) {
            throw StreamDecodingException.malformed("one JSON object", data, null);
        }
        return result(object, data);
    }

    @SuppressWarnings("unchecked") // a JSON object has text keys
    private static RunResult result(Map<?, ?> object, Slice data) throws StreamDecodingException {
        try {
            return RunResult.of((Map<String, Object>) object);
        } catch (IllegalArgumentException wrongOutputs) {
            throw StreamDecodingException.malformed("an object as \"outputs\"", data, wrongOutputs);
        }
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

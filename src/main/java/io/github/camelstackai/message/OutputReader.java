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
package io.github.camelstackai.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.protocol.AnswerText;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.RunResult;
import io.github.camelstackai.protocol.UnreadableTextException;

/** Reads outputs as JSON, and binds them to a type. Thread-safe. */
public final class OutputReader {
    private final Json json;
    private final AnswerText texts;
    private final JavaType type;

    /** @param type null for {@code Map}, {@code List}, text, number or boolean */
    public OutputReader(Json json, JavaType type) {
        this.json = json;
        this.texts = new AnswerText(json);
        this.type = type;
    }

    /**
     * The value of an output; null for null. What a paused run says, and cannot be read, is returned as it is.
     *
     * @param result that the output is of
     * @throws StackAiResponseException with the text, if it cannot be read
     */
    Object read(Object output, RunResult result, CallDescription call) throws StackAiResponseException {
        try {
            Object value = output instanceof String text ? texts.read(text) : output;
            return type == null ? JsonBody.of(value) : json.bind(value, type);
        } catch (UnreadableTextException e) {
            return unreadable(output, result, call, e.getMessage(), e);
        } catch (JsonProcessingException e) {
            return unreadable(output, result, call, e.getOriginalMessage(), e);
        }
    }

    private Object unreadable(Object output, RunResult result, CallDescription call, String reason, Exception cause)
            throws StackAiResponseException {
        if (result.paused()) {
            return output;
        }
        String text = Json.text(output);
        throw new StackAiResponseException(
                call.withRun(result.runId()) + " answered, but the output cannot be read as "
                        + (type == null ? "JSON" : type.toCanonical()) + ": " + call.excerpt(reason)
                        + (text.isBlank() ? "; it is empty" : "; it begins: " + call.excerpt(text))
                        + "; tell the flow which JSON to write, or remove outputFormat and outputClass to get the text",
                result.runId(),
                text,
                call.redactor().showable(cause));
    }
}

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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiResponse;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.failure.RunErrorMapper;
import io.github.camelstackai.protocol.OutputSelector;
import io.github.camelstackai.protocol.RunResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Maps the result of a run to a message: the selected output to the body, the rest to headers.
 *
 * @param response what becomes the body
 * @param output the output that becomes the body; null for the sole one, or a map of all
 * @param reader of what becomes the body; null to leave it as it is
 */
public record OutputMapper(StackAiResponse response, String output, OutputReader reader) {
    /**
     * Sets body and headers; removes the headers of an earlier run that this one has no value for.
     *
     * @throws StackAiRunFailedException if the run failed
     * @throws StackAiResponseException if the output that the options name is missing, or cannot be read as they say
     */
    public void apply(RunResult result, CallDescription call, Exchange exchange) throws CamelException {
        if (result.failed()) {
            throw RunErrorMapper.map(result, call);
        }
        Object selected = select(result, call);
        Object body = reader == null ? JsonBody.of(selected) : reader.read(selected, result, call);
        Message message = exchange.getMessage();
        MessageHeaders.setAnswer(message, body);
        message.removeHeader(StackAiConstants.INPUTS); // of this call, not of the next
        MessageHeaders.set(message, StackAiConstants.CITATIONS, result.citations());
        MessageHeaders.set(message, StackAiConstants.PAUSE, result.pause());
        MessageHeaders.set(message, StackAiConstants.RUN_ID, result.runId());
        MessageHeaders.set(message, StackAiConstants.STATE, result.state());
        MessageHeaders.set(
                message, StackAiConstants.OUTPUTS, new LinkedHashMap<>(result.outputs())); // not the body's map
    }

    private Object select(RunResult result, CallDescription call) throws StackAiResponseException {
        return switch (response) {
            case FULL -> result.raw();
            case OUTPUTS -> result.outputs();
            case OUTPUT -> output(result, call);
        };
    }

    private Object output(RunResult result, CallDescription call) throws StackAiResponseException {
        Map<String, Object> outputs = result.outputs();
        if (output != null && !outputs.containsKey(output) && !result.paused()) {
            throw new StackAiResponseException(
                    call.withRun(result.runId()) + " has no output '" + output + "'; it has "
                            + call.excerpt(outputs.keySet().toString())
                            + ", set the option output to one of them",
                    result.runId(),
                    null);
        }
        return output == null && outputs.size() > 1 ? outputs : OutputSelector.select(outputs, output);
    }
}

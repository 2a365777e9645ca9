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
package io.github.camelstackai.operation;

import io.github.camelstackai.StackAiConfiguration;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.protocol.Excerpt;
import io.github.camelstackai.protocol.RunResult;
import java.util.Map;
import org.apache.camel.CamelException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Puts the result of a run on the message: the output chosen as body, what else there is to know into headers. */
final class OutputMapper {
    private final StackAiConfiguration options;

    OutputMapper(StackAiConfiguration options) {
        this.options = options;
    }

    /**
     * Sets body and headers; headers of an earlier run that this one has no value for are removed.
     *
     * @throws StackAiRunFailedException when the run failed
     * @throws StackAiResponseException when the output asked for is missing
     */
    void apply(RunResult result, FlowTarget target, Mask mask, Exchange exchange) throws CamelException {
        if (result.failed()) {
            throw failure(result, target, mask);
        }
        Object body = body(result, target, mask);
        Message message = exchange.getMessage();
        Headers.answer(message, body);
        Headers.set(message, StackAiConstants.RUN_ID, result.runId());
        Headers.set(message, StackAiConstants.STATE, result.state());
        Headers.set(message, StackAiConstants.OUTPUTS, result.outputs());
        Headers.set(message, StackAiConstants.CITATIONS, result.citations());
        Headers.set(message, StackAiConstants.PAUSE, result.pause());
    }

    private Object body(RunResult result, FlowTarget target, Mask mask) throws StackAiResponseException {
        return switch (options.getResponse()) {
            case FULL -> result.raw();
            case OUTPUTS -> result.outputs();
            case OUTPUT -> output(result, target, mask);
        };
    }

    private Object output(RunResult result, FlowTarget target, Mask mask) throws StackAiResponseException {
        Map<String, Object> outputs = result.outputs();
        String name = options.getOutput();
        if (name != null) {
            if (!outputs.containsKey(name) && !result.paused()) {
                throw new StackAiResponseException(
                        run(target, result) + " has no output '" + name + "'; it has "
                                + Excerpt.of(mask.hide(outputs.keySet().toString()))
                                + ", set the option output to one of them",
                        result.runId(),
                        null);
            }
            return outputs.get(name);
        }
        return switch (outputs.size()) {
            case 0 -> null;
            case 1 -> outputs.values().iterator().next();
            default -> outputs;
        };
    }

    /** The failure that the service reported; the result has one. */
    static StackAiRunFailedException failure(RunResult result, FlowTarget target, Mask mask) {
        String error = result.error() == null ? null : mask.hide(result.errorText());
        String message = run(target, result) + " failed"
                + (result.state() == null ? "" : " with state " + Excerpt.of(result.state()))
                + (error == null ? "" : ": " + Excerpt.of(error))
                + "; look the run up in StackAI before you send it again, it may have been billed";
        return new StackAiRunFailedException(message, result.runId(), result.state(), error, result.outputs());
    }

    static String run(FlowTarget target, RunResult result) {
        return target + (result.runId() == null ? "" : ", run " + Excerpt.of(result.runId()) + ",");
    }
}

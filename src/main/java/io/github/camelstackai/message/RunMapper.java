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
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.LoggedRun;
import java.util.List;
import org.apache.camel.Message;

/** Puts runs of the log on messages. Thread-safe. */
public final class RunMapper {
    private final Json json;

    public RunMapper(Json json) {
        this.json = json;
    }

    /** Sets the body to a list of runs. */
    public void setRuns(Message message, List<LoggedRun> runs) {
        MessageHeaders.setAnswer(
                message, JsonBody.of(runs.stream().map(run -> run.parsed(json)).toList()));
    }

    /**
     * Sets the body to one run, and the headers that name it.
     *
     * @param flowId of the log
     */
    public void setRun(Message message, LoggedRun run, String flowId) {
        message.setBody(JsonBody.of(run.parsed(json)));
        message.setHeader(StackAiConstants.RUN_ID, run.id());
        message.setHeader(StackAiConstants.FLOW_ID, flowId);
        MessageHeaders.set(message, StackAiConstants.STATE, run.state());
        MessageHeaders.set(message, StackAiConstants.USER_ID, run.userId());
    }
}

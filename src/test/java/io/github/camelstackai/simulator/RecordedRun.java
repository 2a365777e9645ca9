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

import java.util.Map;

/**
 * A run that the simulator carried out.
 *
 * @param inputs the request's JSON object, {@code user_id} and {@code stream} included
 * @param outputs by output node id, as the flow's function returned them; empty if the run failed
 * @param state {@code COMPLETED} or {@code FAILED}
 * @param error the exception of the flow's function as text; null if there was none
 */
public record RecordedRun(
        String runId,
        String orgId,
        String flowId,
        Map<String, Object> inputs,
        Map<String, Object> outputs,
        String state,
        String error) {}

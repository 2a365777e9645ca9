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
import io.github.camelstackai.StackAiOperation;
import io.github.camelstackai.protocol.FlowTarget;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;

/**
 * Reads which flow a message addresses: from its headers, else from the endpoint.
 *
 * @param operation what the endpoint does
 * @param orgId of the options; null if they name none
 * @param flowId of the URI; null if it names none
 */
public record TargetReader(StackAiOperation operation, String orgId, String flowId) {
    /**
     * The flow that the message addresses.
     *
     * @throws IllegalArgumentException naming the option and header of what is missing or cannot be part of a path
     */
    public FlowTarget read(Exchange exchange) {
        String org =
                RequiredValue.segment(exchange, StackAiConstants.ORG_ID, orgId, "organisation: set the option orgId");
        String flow = RequiredValue.segment(
                exchange, StackAiConstants.FLOW_ID, flowId, "flow: name it in the URI, stackai:operation:flowId,");
        return new FlowTarget(operation, org, flow);
    }

    /**
     * The flow of a consumer, which has no message to name it.
     *
     * @throws IllegalArgumentException naming the option of what is missing
     */
    public FlowTarget fixed() {
        if (ObjectHelper.isEmpty(orgId)) {
            throw new IllegalArgumentException("No organisation: set the option orgId");
        }
        if (ObjectHelper.isEmpty(flowId)) {
            throw new IllegalArgumentException("No flow: name it in the URI, as in from(\"stackai:runs:flowId\")");
        }
        return new FlowTarget(operation, orgId, flowId);
    }
}

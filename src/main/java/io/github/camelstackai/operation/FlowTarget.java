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
import io.github.camelstackai.StackAiOperation;
import io.github.camelstackai.protocol.Excerpt;
import io.github.camelstackai.protocol.ServiceUri;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;

/**
 * The flow that a call is for.
 *
 * @param operation what is done with it
 */
record FlowTarget(StackAiOperation operation, String orgId, String flowId) {
    /**
     * From the message's headers, else from the endpoint.
     *
     * @param flowId of the URI; null when it names none
     * @throws IllegalArgumentException naming the option and header of what is missing or cannot stand in a path
     */
    static FlowTarget of(StackAiOperation operation, StackAiConfiguration options, String flowId, Exchange exchange) {
        String org = value(exchange, StackAiConstants.ORG_ID, options.getOrgId(), "organisation: set the option orgId");
        String flow = value(
                exchange, StackAiConstants.FLOW_ID, flowId, "flow: name it in the URI, stackai:operation:flowId,");
        return new FlowTarget(operation, org, flow);
    }

    private static String value(Exchange exchange, String header, String fallback, String missing) {
        String value = Headers.get(exchange, header, String.class);
        if (value == null) {
            value = fallback;
        }
        if (ObjectHelper.isEmpty(value)) {
            throw new IllegalArgumentException("No " + missing + " or the header " + header);
        }
        try {
            ServiceUri.checkSegment(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("No " + missing + " or the header " + header + ": " + e.getMessage(), e);
        }
        return value;
    }

    /** For messages: on one line whatever the names hold. */
    @Override
    public String toString() {
        return "StackAI " + operation.name().toLowerCase(Locale.ROOT) + " of flow " + Excerpt.of(flowId)
                + " (organisation " + Excerpt.of(orgId) + ")";
    }
}

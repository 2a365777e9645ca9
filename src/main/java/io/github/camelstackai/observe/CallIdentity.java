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
package io.github.camelstackai.observe;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperation;
import io.github.camelstackai.text.Excerpt;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * What a call is known by in spans and logs. Each part is on one line, whatever it contains.
 *
 * @param operation of the URI, such as {@code run}
 * @param flowId the flow that is called; null if the call names none
 * @param runId null if it is not known
 */
record CallIdentity(String operation, String flowId, String runId) {
    /**
     * Reads it from an exchange, before or after the call.
     *
     * @param service metadata of the endpoint: {@code operation}, and {@code flowId} if its URI names one
     */
    static CallIdentity of(Exchange exchange, Map<String, String> service, CallFacts facts) {
        String flow = flow(exchange, service.get("operation"), service.get("flowId"));
        String run = facts.redact(header(exchange, StackAiConstants.RUN_ID));
        return new CallIdentity(service.get("operation"), flow == null ? null : Excerpt.of(flow), run);
    }

    /** @param operation one may have no flow, whatever the message names */
    private static String flow(Exchange exchange, String operation, String ofUri) {
        if (StackAiOperation.KNOWLEDGE.name().equalsIgnoreCase(operation)) {
            return null;
        }
        if (exchange.getMessage().getHeader(StackAiConstants.FLOW_ID) != null) {
            return header(exchange, StackAiConstants.FLOW_ID);
        }
        return ofUri == null ? DynamicFlow.get(exchange) : ofUri;
    }

    /** The text of a header; null for none, and for a value that no call takes for text. Never throws. */
    static String header(Exchange exchange, String name) {
        Object value = exchange.getMessage().getHeader(name);
        return value instanceof CharSequence || value instanceof Number ? value.toString() : null;
    }

    /** Such as {@code run triage}. */
    String name() {
        return flowId == null ? operation : operation + " " + flowId;
    }

    /** For messages: the run first, if it is known. */
    @Override
    public String toString() {
        return (runId == null ? "" : "Run " + runId + ", ") + "StackAI " + operation
                + (flowId == null ? "" : " of flow " + flowId);
    }
}

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
package io.github.camelstackai.protocol;

import io.github.camelstackai.StackAiFileAction;
import io.github.camelstackai.StackAiOperation;
import io.github.camelstackai.text.Excerpt;

/**
 * The files that a call addresses.
 *
 * @param name for messages
 */
public record FileTarget(StackAiOperation operation, String flowId, String name) implements CallTarget {
    /**
     * Files of a flow's input node.
     *
     * @param file null for all
     */
    public static FileTarget documents(StackAiFileAction action, FlowTarget flow, String node, String file) {
        return new FileTarget(
                StackAiOperation.DOCUMENTS,
                flow.flowId(),
                "StackAI documents " + action + of(file, action) + " node "
                        + Excerpt.of(node) + " of flow " + Excerpt.of(flow.flowId()) + " (organisation "
                        + Excerpt.of(flow.orgId()) + ")");
    }

    /**
     * Files of a knowledge base.
     *
     * @param file name or id; null for all
     */
    public static FileTarget knowledge(StackAiFileAction action, String knowledgeBaseId, String file) {
        return new FileTarget(
                StackAiOperation.KNOWLEDGE,
                NO_FLOW,
                "StackAI knowledge " + action + of(file, action) + " knowledge base " + Excerpt.of(knowledgeBaseId));
    }

    private static String of(String file, StackAiFileAction action) {
        return file == null
                ? " of"
                : " of '" + Excerpt.of(file) + (action == StackAiFileAction.UPLOAD ? "' to" : "' in");
    }

    @Override
    public String toString() {
        return name;
    }
}

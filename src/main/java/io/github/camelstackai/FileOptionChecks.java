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
package io.github.camelstackai;

import io.github.camelstackai.protocol.ResourceId;
import java.util.EnumSet;
import java.util.Set;

/** Rejects impossible values of the options for files, as {@link OptionChecks} does of the others. */
final class FileOptionChecks {
    private static final Set<StackAiFileAction> DOCUMENTS = EnumSet.of(
            StackAiFileAction.UPLOAD, StackAiFileAction.LIST, StackAiFileAction.DOWNLOAD, StackAiFileAction.DELETE);
    private static final Set<StackAiFileAction> KNOWLEDGE = EnumSet.of(
            StackAiFileAction.UPLOAD,
            StackAiFileAction.LIST,
            StackAiFileAction.STATUS,
            StackAiFileAction.DELETE,
            StackAiFileAction.SYNC);

    private FileOptionChecks() {}

    static void check(StackAiFileConfiguration options) {
        OptionChecks.segment("node", options.getNode());
        if (options.getFileName() != null) {
            OptionChecks.named("fileName", options.getFileName());
        }
        if (options.getKnowledgeBaseId() != null && !ResourceId.isValid(options.getKnowledgeBaseId())) {
            throw OptionChecks.invalid("knowledgeBaseId", "it is not a UUID, as knowledge bases have");
        }
        OptionChecks.present("action", options.getAction());
        OptionChecks.present("uploadApi", options.getUploadApi());
        OptionChecks.positive("indexPollInterval", options.getIndexPollInterval());
    }

    /**
     * An option of an endpoint must have an effect; one that the component sets for all need not have it on each.
     *
     * @param flowId of the URI; null for none
     */
    static void fits(
            StackAiOperation operation,
            String flowId,
            StackAiFileConfiguration options,
            StackAiFileConfiguration defaults) {
        if (operation == StackAiOperation.KNOWLEDGE && flowId != null) {
            throw new IllegalArgumentException(
                    "stackai:knowledge addresses no flow: write stackai:knowledge, and name the knowledge base by the"
                            + " option knowledgeBaseId or the header " + StackAiConstants.KNOWLEDGE_BASE_ID);
        }
        action(operation, options.getAction());
        boolean waits = operation == StackAiOperation.KNOWLEDGE && options.getAction() == StackAiFileAction.UPLOAD;
        if (options.isAwaitIndexed() && !waits && !defaults.isAwaitIndexed()) {
            throw OptionChecks.invalid("awaitIndexed", "it needs the operation knowledge with action=upload");
        }
    }

    private static void action(StackAiOperation operation, StackAiFileAction action) {
        Set<StackAiFileAction> actions =
                switch (operation) {
                    case DOCUMENTS -> DOCUMENTS;
                    case KNOWLEDGE -> KNOWLEDGE;
                    default -> EnumSet.allOf(StackAiFileAction.class);
                };
        if (!actions.contains(action)) {
            throw OptionChecks.invalid(
                    "action",
                    "'" + action + "' does not fit the operation " + operation.uriName() + "; use one of " + actions);
        }
    }
}

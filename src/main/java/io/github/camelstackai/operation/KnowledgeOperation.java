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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiFileAction;
import io.github.camelstackai.call.AnswerHandler;
import io.github.camelstackai.call.AuthenticatedClient;
import io.github.camelstackai.call.CallResult;
import io.github.camelstackai.message.FileReader;
import io.github.camelstackai.message.RequiredValue;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** Uploads, lists or deletes the files of a knowledge base, asks for their status, or synchronises the knowledge base. */
public final class KnowledgeOperation implements Operation {
    private final StackAiFileAction action;
    private final String knowledgeBaseId;
    private final KnowledgeRequests requests;
    private final AuthenticatedClient client;
    private final Function<String, AnswerHandler> answers;
    private final FileReader files;
    private final IndexWatcher watcher;
    private final ResourceLister lister;

    /**
     * @param knowledgeBaseId where the message names none; null for none
     * @param fileName where the message names none; null for none
     * @param answers creates what puts the answer about a knowledge base on the exchange
     * @param watcher waits until uploaded files are indexed; null not to wait
     */
    public KnowledgeOperation(
            StackAiFileAction action,
            String knowledgeBaseId,
            String fileName,
            KnowledgeRequests requests,
            AuthenticatedClient client,
            Function<String, AnswerHandler> answers,
            IndexWatcher watcher,
            ResourceLister lister) {
        this.action = action;
        this.knowledgeBaseId = knowledgeBaseId;
        this.requests = requests;
        this.client = client;
        this.answers = answers;
        this.files = new FileReader(fileName);
        this.watcher = watcher;
        this.lister = lister;
    }

    @Override
    public CompletionStage<CallResult> send(Exchange exchange) throws Exception {
        String base = RequiredValue.uuid(
                exchange,
                StackAiConstants.KNOWLEDGE_BASE_ID,
                knowledgeBaseId,
                "knowledge base: set the option knowledgeBaseId");
        return switch (action) {
            case UPLOAD -> upload(exchange, base);
            case LIST -> lister.list(exchange, base);
            case DELETE -> client.send(requests.delete(exchange, base, resource(exchange)), answers.apply(base));
            case SYNC -> client.send(requests.sync(exchange, base), answers.apply(base));
            default -> client.send(requests.status(exchange, base, resource(exchange)), answers.apply(base));
        };
    }

    private CompletionStage<CallResult> upload(Exchange exchange, String base) throws Exception {
        var request = requests.upload(exchange, base, files.read(exchange));
        return watcher == null ? client.send(request, answers.apply(base)) : watcher.upload(exchange, base, request);
    }

    private static String resource(Exchange exchange) {
        return RequiredValue.uuid(
                exchange, StackAiConstants.RESOURCE_ID, null, "file: name it by its id, as an upload does, in");
    }
}

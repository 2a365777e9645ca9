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

import io.github.camelstackai.call.AnswerHandler;
import io.github.camelstackai.call.AuthenticatedClient;
import io.github.camelstackai.call.CallOptions;
import io.github.camelstackai.call.ClientRuntime;
import io.github.camelstackai.call.FileResponseHandler;
import io.github.camelstackai.call.JsonResponseHandler;
import io.github.camelstackai.call.RequestFactory;
import io.github.camelstackai.failure.HttpErrorMapper;
import io.github.camelstackai.message.DocumentAnswers;
import io.github.camelstackai.message.KnowledgeAnswers;
import io.github.camelstackai.operation.DocumentOperation;
import io.github.camelstackai.operation.IndexWatcher;
import io.github.camelstackai.operation.KnowledgeOperation;
import io.github.camelstackai.operation.KnowledgeRequests;
import io.github.camelstackai.operation.Operation;
import io.github.camelstackai.operation.ResourceLister;
import io.github.camelstackai.stream.OpenCalls;
import java.util.function.Function;
import org.apache.camel.Exchange;

/**
 * Creates the operations for files, as {@link OperationFactory} does the others.
 *
 * @param component the calls that end when the component stops
 */
record FileOperationFactory(
        StackAiConfiguration options,
        ClientRuntime runtime,
        CallOptions calls,
        RequestFactory requests,
        OpenCalls component) {
    private static final String MAYBE_STORED = "; the file may have been stored";
    private static final String MAYBE_DELETED = "; the file may have been deleted";

    Operation documents() {
        return new DocumentOperation(
                new DocumentOperation.Parameters(
                        options.getAction(),
                        options.getNode(),
                        options.getUserId(),
                        options.getFileName(),
                        options.getUploadApi()),
                requests,
                client(),
                documentAnswers());
    }

    private Function<Exchange, AnswerHandler> documentAnswers() {
        AnswerHandler answers =
                switch (options.getAction()) {
                    case UPLOAD ->
                        json((object, call, exchange) -> DocumentAnswers.uploaded(object, exchange), MAYBE_STORED);
                    case DELETE ->
                        json((object, call, exchange) -> DocumentAnswers.deleted(object, exchange), MAYBE_DELETED);
                    default -> any((value, call, exchange) -> DocumentAnswers.list(value, exchange), "");
                };
        return options.getAction() == StackAiFileAction.DOWNLOAD ? FileResponseHandler::new : exchange -> answers;
    }

    Operation knowledge() {
        KnowledgeRequests knowledge = new KnowledgeRequests(requests);
        IndexWatcher watcher = options.isAwaitIndexed()
                ? new IndexWatcher(
                        knowledge,
                        client(),
                        runtime,
                        calls.maxResponseSize(),
                        options.getIndexPollInterval(),
                        options.getMaxRetryAfter(),
                        component)
                : null;
        return new KnowledgeOperation(
                options.getAction(),
                options.getKnowledgeBaseId(),
                options.getFileName(),
                knowledge,
                client(),
                this::knowledgeAnswers,
                watcher,
                new ResourceLister(knowledge, client(), runtime, calls.maxResponseSize(), options.getLimit()));
    }

    /** @param base the knowledge base that the answer is about */
    private AnswerHandler knowledgeAnswers(String base) {
        return switch (options.getAction()) {
            case UPLOAD ->
                json((object, call, exchange) -> KnowledgeAnswers.uploaded(object, base, exchange), MAYBE_STORED);
            case DELETE -> any((value, call, exchange) -> KnowledgeAnswers.deleted(base, exchange), MAYBE_DELETED);
            default -> json((object, call, exchange) -> KnowledgeAnswers.object(object, base, exchange), "");
        };
    }

    private AuthenticatedClient client() {
        return new AuthenticatedClient(runtime, calls, HttpErrorMapper::adviceForFile);
    }

    private AnswerHandler json(JsonResponseHandler.Mapper mapper, String consequence) {
        return new JsonResponseHandler(runtime.json(), calls.maxResponseSize(), mapper, consequence);
    }

    private AnswerHandler any(JsonResponseHandler.ValueMapper mapper, String consequence) {
        return JsonResponseHandler.ofAny(runtime.json(), calls.maxResponseSize(), mapper, consequence);
    }
}

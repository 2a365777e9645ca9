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
import io.github.camelstackai.StackAiUploadApi;
import io.github.camelstackai.call.AnswerHandler;
import io.github.camelstackai.call.AuthenticatedClient;
import io.github.camelstackai.call.CallResult;
import io.github.camelstackai.call.RequestFactory;
import io.github.camelstackai.call.ServiceRequest;
import io.github.camelstackai.message.FileContent;
import io.github.camelstackai.message.FileNameReader;
import io.github.camelstackai.message.FileReader;
import io.github.camelstackai.message.RequiredValue;
import io.github.camelstackai.protocol.FileTarget;
import io.github.camelstackai.protocol.FlowTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** Uploads, lists, downloads or deletes the files of one input node of a flow, for one user. */
public final class DocumentOperation implements Operation {
    /**
     * The parameters of an endpoint.
     *
     * @param node where the message names none; null for none
     * @param userId where the message names none; null for none
     * @param fileName where the message names none; null for none
     */
    public record Parameters(
            StackAiFileAction action, String node, String userId, String fileName, StackAiUploadApi uploadApi) {}

    private final Parameters parameters;
    private final RequestFactory requests;
    private final AuthenticatedClient client;
    private final Function<Exchange, AnswerHandler> answers;
    private final FileReader files;
    private final FileNameReader names;

    /** @param answers creates what puts the answer to the action on an exchange */
    public DocumentOperation(
            Parameters parameters,
            RequestFactory requests,
            AuthenticatedClient client,
            Function<Exchange, AnswerHandler> answers) {
        this.parameters = parameters;
        this.requests = requests;
        this.client = client;
        this.answers = answers;
        this.files = new FileReader(parameters.fileName());
        this.names = new FileNameReader(parameters.fileName());
    }

    /** Where the files of a call are. */
    private record Place(FlowTarget flow, String node, String user) {
        List<String> path() {
            return List.of("documents", flow.orgId(), flow.flowId(), node, user);
        }

        List<String> filePath() {
            return List.of("documents", flow.orgId(), flow.flowId(), node, user, "file");
        }

        Map<String, String> query() {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("org", flow.orgId());
            query.put("user_id", user);
            query.put("flow_id", flow.flowId());
            query.put("node_id", node);
            return query;
        }
    }

    @Override
    public CompletionStage<CallResult> send(Exchange exchange) throws Exception {
        Place place = new Place(
                requests.flow(exchange),
                RequiredValue.segment(exchange, StackAiConstants.NODE, parameters.node(), "node: set the option node"),
                RequiredValue.segment(
                        exchange, StackAiConstants.USER_ID, parameters.userId(), "user: set the option userId"));
        return client.send(request(place, exchange), answers.apply(exchange));
    }

    private ServiceRequest request(Place place, Exchange exchange) throws Exception {
        return switch (parameters.action()) {
            case UPLOAD -> upload(place, files.read(exchange), exchange);
            case DOWNLOAD -> request(exchange, "GET", place, place.filePath(), names.ofStored(exchange));
            case DELETE -> request(exchange, "DELETE", place, place.path(), names.ofStored(exchange));
            default -> requests.of(exchange, "GET", target(place, null), place.path(), Map.of());
        };
    }

    private ServiceRequest upload(Place place, FileContent file, Exchange exchange) {
        return parameters.uploadApi() == StackAiUploadApi.LEGACY
                ? requests.upload(
                        exchange, target(place, file.name()), List.of("upload_to_supabase_user"), place.query(), file)
                : requests.upload(exchange, target(place, file.name()), place.path(), Map.of(), file);
    }

    private ServiceRequest request(Exchange exchange, String method, Place place, List<String> path, String name) {
        return requests.of(exchange, method, target(place, name), path, Map.of("filename", name));
    }

    /** @param file null for all */
    private FileTarget target(Place place, String file) {
        return FileTarget.documents(parameters.action(), place.flow(), place.node(), file);
    }
}

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
package io.github.camelstackai.route;

import io.github.camelstackai.simulator.RecordedRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import io.vertx.openapi.validation.impl.ValidatableRequestImpl;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The contract that StackAI publishes (OpenAPI 3.1), to check the requests of the component against. */
final class PublishedContract implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final OpenAPIContract contract;

    /** That of runs. */
    PublishedContract() {
        this("stackai-run-flow");
    }

    private PublishedContract(String name) {
        JsonObject published =
                new JsonObject(vertx.fileSystem().readFileBlocking("contract/" + name + ".openapi.json"));
        published.getJsonObject("paths").forEach(path -> ((JsonObject) path.getValue())
                .forEach(operation -> ((JsonObject) operation.getValue())
                        .getJsonArray("parameters", new JsonArray())
                        .forEach(parameter -> simplify((JsonObject) parameter))));
        // the validator does not support a relative token URL, which OpenAPI allows
        String absolute =
                published.encode().replace("\"tokenUrl\":\"token\"", "\"tokenUrl\":\"https://api.stack-ai.com/token\"");
        contract = await(OpenAPIContract.from(vertx, new JsonObject(absolute)));
    }

    /** The validator wants each parameter to have one type: that which is not null, or that of a reference. */
    private static void simplify(JsonObject parameter) {
        JsonObject schema = parameter.getJsonObject("schema");
        if (schema.containsKey("anyOf")) {
            parameter.put("schema", schema.getJsonArray("anyOf").getJsonObject(0));
        } else if (schema.containsKey("$ref")) {
            parameter.put("schema", new JsonObject().put("type", "string"));
        }
    }

    /** That of files and knowledge bases. */
    static PublishedContract ofPlatform() {
        return new PublishedContract("stackai-platform");
    }

    /** Fails unless the contract declares the request: its path, method, parameters and body. */
    void check(RecordedRequest request) {
        Operation operation = contract.findOperation(request.path(), HttpMethod.valueOf(request.method()));
        if (operation == null) {
            throw new AssertionError("The contract has no operation for " + request);
        }
        Map<String, RequestParameter> query = new HashMap<>();
        request.query().forEach((name, value) -> query.put(name, new RequestParameterImpl(value)));
        await(RequestValidator.create(vertx, contract)
                .validate(
                        new ValidatableRequestImpl(
                                Map.of(),
                                Map.of(),
                                pathParameters(operation, request),
                                query,
                                new RequestParameterImpl(body(request)),
                                request.header("Content-Type")),
                        operation.getOperationId()));
    }

    private static Map<String, RequestParameter> pathParameters(Operation operation, RecordedRequest request) {
        String[] pattern = operation.getOpenAPIPath().split("/", -1);
        String[] segments = request.path().split("/", -1);
        Map<String, RequestParameter> parameters = new HashMap<>();
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i].startsWith("{")) {
                parameters.put(pattern[i].substring(1, pattern[i].length() - 1), new RequestParameterImpl(segments[i]));
            }
        }
        return parameters;
    }

    /** Null for none. */
    private static Buffer body(RecordedRequest request) {
        return request.body().length == 0 ? null : Buffer.buffer(request.body());
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}

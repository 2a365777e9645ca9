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

import static org.assertj.core.api.Assertions.assertThatCode;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The contract that StackAI publishes of files, knowledge bases and the log of runs, to check the simulator's responses against. */
final class TestContract implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final OpenAPIContract contract;

    TestContract() {
        JsonObject published =
                new JsonObject(vertx.fileSystem().readFileBlocking("contract/stackai-platform.openapi.json"));
        // the validator of responses knows neither these schemes nor parameters of several types
        published.remove("security");
        published.getJsonObject("components").remove("securitySchemes");
        published.getJsonObject("paths").forEach(path -> ((JsonObject) path.getValue())
                .forEach(operation -> keepPathParameters((JsonObject) operation.getValue())));
        contract = await(OpenAPIContract.from(vertx, published));
    }

    private static void keepPathParameters(JsonObject operation) {
        JsonArray ofPath = new JsonArray();
        operation.getJsonArray("parameters").stream()
                .filter(parameter -> "path".equals(((JsonObject) parameter).getString("in")))
                .forEach(ofPath::add);
        operation.put("parameters", ofPath);
    }

    /** Fails unless the contract declares the response: its status, media type and content. */
    void check(String operationId, HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse(null);
        Buffer body = Buffer.buffer(response.body().getBytes(StandardCharsets.UTF_8));
        ValidatableResponse validatable = type == null
                ? ValidatableResponse.create(response.statusCode())
                : ValidatableResponse.create(response.statusCode(), body, type);
        assertThatCode(() -> await(ResponseValidator.create(vertx, contract).validate(validatable, operationId)))
                .as("%s: %d %s", operationId, response.statusCode(), response.body())
                .doesNotThrowAnyException();
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

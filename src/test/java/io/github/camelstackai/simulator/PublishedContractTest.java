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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatableResponse;
import io.vertx.openapi.validation.ValidatorException;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import io.vertx.openapi.validation.impl.ValidatableRequestImpl;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The simulator against the contract that StackAI publishes (OpenAPI 3.1): it accepts valid requests, answers 422 to
 * invalid ones, and its responses are valid. The only error response of the contract is 422; for 401, 404 and 405 the test
 * checks the form that clients have met.
 */
class PublishedContractTest {
    private static final Map<String, String> PATHS = Map.of(
            "run", "/inference/v0/run/sim-org/f",
            "stream", "/inference/v0/stream/sim-org/f",
            "sso", "/inference/v0/sso/stream/sim-org/f",
            "feedback", "/inference/v0/feedback/sim-org/f",
            "metadata", "/inference/v0/run/sim-org/f/metadata");

    @RegisterExtension
    static final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();

    private static Vertx vertx;
    private static OpenAPIContract contract;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void readContract() {
        vertx = Vertx.vertx();
        String json = vertx.fileSystem()
                .readFileBlocking("contract/stackai-run-flow.openapi.json")
                .toString();
        // The validator does not support a relative token URL, which OpenAPI allows.
        String absolute = json.replace("\"tokenUrl\": \"token\"", "\"tokenUrl\": \"https://api.stack-ai.com/token\"");
        contract = await(OpenAPIContract.from(vertx, new JsonObject(absolute)));
    }

    @AfterAll
    static void close() {
        await(vertx.close());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        run      | -                                          | {"in-0": "Hi", "doc-0": ["u"], "n": 1}
        run      | version=-1&verbose=true                    | {}
        run      | version=7&verbose=false                    | {"in-0": "Hi"}
        stream   | -                                          | {"in-0": "Hi", "stream": true}
        stream   | version=2&prefix=true&delta=false&sse=true | {"in-0": "Hi"}
        stream   | verbose=false&run_draft=true               | {"in-0": "Hi"}
        sso      | delta=true&sse=false                       | {"in-0": "Hi"}
        feedback | -                                          | {"run_id": "r", "feedback": "good", "more": 1}
        metadata | -                                          | -
        """)
    void validRequestGetsAValidResponse(String operation, String query, String body) throws Exception {
        Answer answer = call(operation, query, body);

        assertThatCode(() -> validateRequest(answer.operation(), query, body)).doesNotThrowAnyException();
        assertThat(answer.response().statusCode()).isEqualTo(200);
        assertThatCode(() -> validateResponse(answer)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        run      | version=abc   | {}
        run      | version=1.5   | {}
        run      | verbose=maybe | {}
        run      | -             | ["not an object"]
        run      | -             | "text"
        stream   | version=abc   | {}
        stream   | prefix=maybe  | {}
        stream   | delta=maybe   | {}
        stream   | sse=maybe     | {}
        stream   | verbose=maybe | {}
        stream   | run_draft=x   | {}
        stream   | -             | 17
        sso      | sse=maybe     | {}
        sso      | -             | []
        feedback | -             | {"run_id": "r"}
        feedback | -             | {"feedback": "good"}
        feedback | -             | {"run_id": 1, "feedback": "good"}
        feedback | -             | {"run_id": "r", "feedback": null}
        feedback | -             | []
        """)
    void invalidRequestIsAnsweredWith422(String operation, String query, String body) throws Exception {
        Answer answer = call(operation, query, body);

        assertThatThrownBy(() -> validateRequest(answer.operation(), query, body))
                .isInstanceOf(ValidatorException.class);
        assertThat(answer.response().statusCode()).isEqualTo(422);
        assertThatCode(() -> validateResponse(answer)).doesNotThrowAnyException();
    }

    @Test
    void bodyThatIsNotJsonIsAnsweredWith422() throws Exception {
        for (String body : new String[] {"", "{", "{} {}", "null"}) {
            Answer answer = call("run", null, body);

            assertThat(answer.response().statusCode()).as(body).isEqualTo(422);
            assertThatCode(() -> validateResponse(answer)).doesNotThrowAnyException();
        }
    }

    /** The tests above depend on it. */
    @Test
    void validatorRejectsInvalidResponses() {
        Operation feedback = operation("feedback", HttpMethod.POST);
        ValidatableResponse wrong = json(200, "{\"count\": \"one\"}");
        ValidatableResponse noType = json(422, "{\"detail\": [{\"loc\": [\"body\"], \"msg\": \"m\"}]}");

        assertThatThrownBy(() -> validate(feedback, wrong)).isInstanceOf(SchemaValidationException.class);
        assertThatThrownBy(() -> validate(feedback, noType)).isInstanceOf(SchemaValidationException.class);
    }

    @Test
    void otherErrorsHaveADetail() throws Exception {
        String run = PATHS.get("run");
        assertError(post(run, "{}", "wrong-key"), 401, "Invalid authentication credentials");
        assertError(send(request(run).POST(HttpRequest.BodyPublishers.ofString("{}"))), 401, "Not authenticated");
        assertError(post("/inference/v0/run/other-org/f", "{}", "sim-key"), 404, "Organization not found");
        assertError(post("/inference/v0/walk/sim-org/f", "{}", "sim-key"), 404, "Not Found");
        assertError(send(request(run).GET()), 405, "Method Not Allowed");
        stackAi.simulator().onlyFlows();
        assertError(post(run, "{}", "sim-key"), 404, "Flow not found");
    }

    private static void assertError(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(new JsonObject(response.body())).isEqualTo(new JsonObject().put("detail", detail));
    }

    private record Answer(Operation operation, HttpResponse<String> response) {}

    private Answer call(String name, String query, String body) throws Exception {
        String target = PATHS.get(name) + (query == null ? "" : "?" + query);
        if (body == null) {
            HttpRequest.Builder request = request(target).header("Authorization", "Bearer sim-key");
            return new Answer(operation(name, HttpMethod.GET), send(request.GET()));
        }
        return new Answer(operation(name, HttpMethod.POST), post(target, body, "sim-key"));
    }

    private static Operation operation(String name, HttpMethod method) {
        return contract.findOperation(PATHS.get(name), method);
    }

    private static void validateRequest(Operation operation, String query, String body) {
        Map<String, RequestParameter> path =
                Map.of("org_id", new RequestParameterImpl("sim-org"), "flow_id", new RequestParameterImpl("f"));
        Map<String, RequestParameter> parameters = new HashMap<>();
        RequestTarget.parse("?" + (query == null ? "" : query))
                .query()
                .forEach((name, value) -> parameters.put(name, new RequestParameterImpl(value)));
        RequestParameter content = new RequestParameterImpl(body == null ? null : Buffer.buffer(body));
        await(RequestValidator.create(vertx, contract)
                .validate(
                        new ValidatableRequestImpl(Map.of(), Map.of(), path, parameters, content, "application/json"),
                        operation.getOperationId()));
    }

    /** Validates a stream frame by frame: the schema applies to one object. */
    private static void validateResponse(Answer answer) {
        String type = answer.response().headers().firstValue("Content-Type").orElseThrow();
        boolean stream = answer.operation().getOperationId().startsWith("stream");
        String[] documents = stream && answer.response().statusCode() == 200
                ? answer.response().body().replaceAll("(?m)^data: ", "").split("\n+")
                : new String[] {answer.response().body()};
        assertThat(type).isIn("application/json", stream ? "text/event-stream" : "application/json");
        for (String document : documents) {
            validate(answer.operation(), json(answer.response().statusCode(), document));
        }
    }

    private static ValidatableResponse json(int status, String body) {
        return ValidatableResponse.create(status, Buffer.buffer(body), "application/json");
    }

    private static void validate(Operation operation, ValidatableResponse response) {
        await(ResponseValidator.create(vertx, contract).validate(response, operation.getOperationId()));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> post(String target, String body, String token) throws Exception {
        return send(request(target)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(stackAi.simulator().baseUrl() + target))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}

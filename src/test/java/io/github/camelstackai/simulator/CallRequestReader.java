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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads what a recording has of a request: without credentials and organisation, perhaps masked. Immutable. */
final class CallRequestReader {
    /** Query parameters with texts of users. */
    private static final Set<String> TEXTS = Set.of("user_id", "filename", "cursor", "run_id");

    private static final int BEARER = "Bearer ".length();
    /** The segment of the paths of documents that has the user. */
    private static final int USER = 4;

    private final StackAiSimulatorBuilder simulator;
    private final StackAiRecording recording;

    CallRequestReader(StackAiSimulatorBuilder simulator, StackAiRecording recording) {
        this.simulator = simulator;
        this.recording = recording;
    }

    /** The operation of a request that is recorded; null for any other, such as one for a token. */
    ApiOperation operation(RecordedRequest request) {
        ApiOperation operation =
                ApiOperation.of(request.method(), request.target().within(simulator.prefixSegments()));
        return operation == ApiOperation.TOKEN ? null : operation;
    }

    /**
     * Filters the credential and the organisation of the request too.
     *
     * @param request of an {@link #operation}
     */
    SecretFilter filter(RecordedRequest request) {
        Map<String, String> secrets = recording.secrets(simulator);
        String authorization = request.header("Authorization");
        if (authorization != null && authorization.length() > BEARER) {
            secrets.putIfAbsent(authorization.substring(BEARER).strip(), SecretFilter.REDACTED);
        }
        List<String> path = request.target().within(simulator.prefixSegments());
        Stream.of(operation(request).org(path), request.query("org"))
                .filter(Objects::nonNull)
                .forEach(org -> secrets.putIfAbsent(org, SecretFilter.ORGANISATION));
        return new SecretFilter(secrets);
    }

    /**
     * @param request of an {@link #operation}
     */
    CallRequest read(RecordedRequest request, SecretFilter filter) {
        List<String> path = request.target().within(simulator.prefixSegments());
        ApiOperation operation = operation(request);
        List<String> shape = new ArrayList<>(path);
        shape.replaceAll(filter::text);
        if (masksPath(operation)) {
            shape.set(USER, TextMask.text(shape.get(USER)));
        }
        Map<String, String> query = new TreeMap<>();
        request.query().forEach((name, value) -> query.put(filter.text(name), parameter(name, filter.text(value))));
        String flow = operation == ApiOperation.LEGACY_UPLOAD ? query.get("flow_id") : operation.flow(shape);
        return new CallRequest(
                operation.name().toLowerCase(Locale.ROOT),
                request.method(),
                flow,
                "/" + String.join("/", operation.withOrg(shape, SecretFilter.ORGANISATION)),
                query,
                inputs(request, filter));
    }

    private boolean masksPath(ApiOperation operation) {
        return recording.masked && operation.name().contains("_DOCUMENT");
    }

    private String parameter(String name, String value) {
        if (name.equals("org")) {
            return SecretFilter.ORGANISATION;
        }
        if (SecretFilter.isSecretName(name)) {
            return SecretFilter.REDACTED;
        }
        return recording.masked && TEXTS.contains(name) ? TextMask.text(value) : value;
    }

    private JsonNode inputs(RecordedRequest request, SecretFilter filter) {
        String text = filter.text(JsonCodec.text(described(request)));
        return JsonCodec.tree((recording.masked ? TextMask.body(text) : text).getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode described(RecordedRequest request) {
        RecordedFile file = request.file();
        if (file != null) {
            ObjectNode upload = JsonNodeFactory.instance.objectNode();
            return upload.put("file", file.name()).put("type", file.type()).put("size", file.size());
        }
        byte[] body = request.body();
        if (isForm(request)) {
            return JsonNodeFactory.instance.objectNode().put("bodyLength", body.length);
        }
        try {
            return JsonCodec.tree(body);
        } catch (IllegalArgumentException e) {
            ObjectNode other = JsonNodeFactory.instance.objectNode();
            return body.length == 0 ? other : other.put("body", request.text());
        }
    }

    /** Whether the content is a form, which may contain a file although the simulator finds none in it. */
    private static boolean isForm(RecordedRequest request) {
        String type = request.header("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }
}

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
package io.github.camelstackai.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.http.RequestBody;
import io.github.camelstackai.message.FileContent;
import io.github.camelstackai.message.MessageHeaders;
import io.github.camelstackai.message.TargetReader;
import io.github.camelstackai.protocol.CallTarget;
import io.github.camelstackai.protocol.FlowTarget;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.MultipartForm;
import io.github.camelstackai.protocol.ServiceUri;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/**
 * Creates the requests of an endpoint, complete but for the credential: from its options, and from the parts of the message that
 * a mapper selects. Thread-safe.
 */
public final class RequestFactory {
    private static final Map.Entry<String, String> ACCEPT = Map.entry("Accept", "application/json");
    private static final Map.Entry<String, String> JSON = Map.entry("Content-Type", "application/json");

    private final CallOptions options;
    private final TargetReader targets;
    private final Json json;
    private final Supplier<List<String>> proxyCredentials;
    private final URI base;

    public RequestFactory(ClientRuntime runtime, CallOptions options, TargetReader targets) {
        this.options = options;
        this.targets = targets;
        this.json = runtime.json();
        this.proxyCredentials = runtime.proxyCredentials();
        this.base = ServiceUri.base(options.baseUrl());
    }

    /**
     * Creates a POST request.
     *
     * @param operation its path, such as {@code run}
     * @throws IllegalArgumentException if the message names no flow, or {@code body} holds what cannot be written as JSON
     */
    public ServiceRequest post(
            Exchange exchange, String operation, Map<String, String> query, Map<String, Object> body) {
        FlowTarget target = targets.read(exchange);
        return request(
                exchange, "POST", target, path(target, operation, "", query), List.of(ACCEPT, JSON), write(body));
    }

    /**
     * Creates a GET request.
     *
     * @param operation its path, such as {@code run}
     * @param suffix what follows the flow, with its slash
     * @throws IllegalArgumentException if the message names no flow
     */
    public ServiceRequest get(Exchange exchange, String operation, String suffix, Map<String, String> query) {
        FlowTarget target = targets.read(exchange);
        return request(exchange, "GET", target, path(target, operation, suffix, query), List.of(ACCEPT), null);
    }

    /**
     * Creates the request for a page of a flow's log of runs.
     *
     * @param exchange on whose behalf it is sent; null for none
     */
    public ServiceRequest runs(FlowTarget target, Exchange exchange, Map<String, String> query) {
        List<String> path = List.of("analytics", "org", target.orgId(), "flows", target.flowId());
        return of(exchange, "GET", target, path, query);
    }

    /** The flow that the message addresses, as {@link TargetReader#read} says. */
    public FlowTarget flow(Exchange exchange) {
        return targets.read(exchange);
    }

    /**
     * Creates a request without content.
     *
     * @param path its segments below the base URL
     * @throws IllegalArgumentException if the address cannot be built
     */
    public ServiceRequest of(
            Exchange exchange, String method, CallTarget target, List<String> path, Map<String, String> query) {
        return request(exchange, method, target, ServiceUri.of(base, path, query), List.of(ACCEPT), null);
    }

    /** Creates a POST request with a file, as {@link #of}. */
    public ServiceRequest upload(
            Exchange exchange, CallTarget target, List<String> path, Map<String, String> query, FileContent file) {
        MultipartForm form = MultipartForm.of(file.name(), file.type());
        return request(
                exchange,
                "POST",
                target,
                ServiceUri.of(base, path, query),
                List.of(ACCEPT, Map.entry("Content-Type", form.contentType())),
                new MultipartBody(form, file));
    }

    private ServiceRequest request(
            Exchange exchange,
            String method,
            CallTarget target,
            String path,
            List<Map.Entry<String, String>> headers,
            RequestBody body) {
        OutboundRequest http = new OutboundRequest(method, base, path, headers, body, proxyCredentials.get());
        return new ServiceRequest(target, http, Caller.of(exchange));
    }

    private String path(FlowTarget target, String operation, String suffix, Map<String, String> query) {
        return ServiceUri.of(base, operation, target.orgId(), target.flowId(), suffix, query);
    }

    /**
     * The parameters {@code version} and {@code verbose}, where they differ from the service's defaults, in a map of its own.
     *
     * @throws IllegalArgumentException if the header for the version cannot be used
     */
    public Map<String, String> query(Exchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        int version = MessageHeaders.get(exchange, StackAiConstants.VERSION, Integer.class, options.version());
        if (version < -1) { // the option has been checked
            throw new IllegalArgumentException(
                    "The header " + StackAiConstants.VERSION + " is " + version + ", but must be -1 or more");
        }
        if (version != -1) {
            query.put("version", Integer.toString(version));
        }
        if (!options.verbose()) {
            query.put("verbose", "false");
        }
        return query;
    }

    private RequestBody write(Map<String, Object> body) {
        try {
            return RequestBody.of(json.write(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "The inputs cannot be written as JSON, correct the body or the header " + StackAiConstants.INPUTS
                            + ": " + e.getOriginalMessage(),
                    e);
        }
    }
}

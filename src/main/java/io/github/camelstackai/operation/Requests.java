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

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelstackai.StackAiConfiguration;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.ServiceUri;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;

/** Puts requests together, but for the credential: from an endpoint's options, and of the message what a mapping chose. */
final class Requests {
    static final Map.Entry<String, String> ACCEPT = Map.entry("Accept", "application/json");
    private static final Map.Entry<String, String> JSON = Map.entry("Content-Type", "application/json");

    private final StackAiConfiguration options;
    private final Json json;
    private final String base;
    /** The last one, left by any thread: most endpoints call one flow, and a URI is dear to put together. */
    private final AtomicReference<Address> last = new AtomicReference<>();

    private record Address(FlowTarget target, String operation, String suffix, Map<String, String> query, URI uri) {
        boolean isOf(FlowTarget target, String operation, String suffix, Map<String, String> query) {
            return this.target.equals(target)
                    && this.operation.equals(operation)
                    && this.suffix.equals(suffix)
                    && this.query.equals(query);
        }
    }

    Requests(StackAiConfiguration options, Json json) {
        this.options = options;
        this.json = json;
        this.base = ServiceUri.base(options.getBaseUrl());
    }

    /** @throws IllegalArgumentException when {@code body} holds what cannot be written as JSON */
    OutboundRequest post(FlowTarget target, String operation, Map<String, String> query, Map<String, Object> body) {
        return new OutboundRequest("POST", uri(target, operation, "", query), List.of(ACCEPT, JSON), write(body));
    }

    /** @param suffix what follows the flow, with its slash */
    OutboundRequest get(FlowTarget target, String operation, String suffix, Map<String, String> query) {
        return new OutboundRequest("GET", uri(target, operation, suffix, query), List.of(ACCEPT), null);
    }

    private URI uri(FlowTarget target, String operation, String suffix, Map<String, String> query) {
        Address known = last.get();
        if (known == null || !known.isOf(target, operation, suffix, query)) {
            URI uri = ServiceUri.of(base, operation, target.orgId(), target.flowId(), suffix, query);
            known = new Address(target, operation, suffix, Map.copyOf(query), uri);
            last.set(known);
        }
        return known.uri();
    }

    /** {@code version} and {@code verbose}, where they differ from the service's defaults. */
    Map<String, String> query(Exchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        Integer asked = Headers.get(exchange, StackAiConstants.VERSION, Integer.class);
        if (asked != null && asked < -1) {
            throw new IllegalArgumentException(
                    "The header " + StackAiConstants.VERSION + " is " + asked + ", but must be -1 or more");
        }
        int version = asked == null ? options.getVersion() : asked;
        if (version != -1) {
            query.put("version", Integer.toString(version));
        }
        if (!options.isVerbose()) {
            query.put("verbose", "false");
        }
        return query;
    }

    private byte[] write(Map<String, Object> body) {
        try {
            return json.write(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "The inputs cannot be written as JSON, correct the body or the header " + StackAiConstants.INPUTS
                            + ": " + e.getOriginalMessage(),
                    e);
        }
    }
}

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
package io.github.camelstackai.stream;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.message.MessageHeaders;
import io.github.camelstackai.observe.DynamicFlow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.support.ExchangeHelper;

/**
 * Sends the chunks of one call to an endpoint, each on an exchange of its own with the headers, properties and variables of the
 * exchange that made the call.
 */
public final class ChunkSender {
    private final ChunkTargets targets;
    private final Endpoint endpoint;
    private final List<OpenCalls> routes;
    /** What all exchanges have in common; not sent itself. */
    private final Exchange template;

    private final Map<String, Object> variables;

    /** @param origin makes the call; what its exchanges have of it is copied now */
    public ChunkSender(ChunkTargets targets, Endpoint endpoint, Exchange origin) {
        this.targets = targets;
        this.endpoint = endpoint;
        this.routes = OpenCalls.of(origin);
        this.template = endpoint.createExchange();
        origin.getProperties().forEach(template::setProperty);
        this.variables = new HashMap<>(origin.getVariables());
        template.setProperty(ExchangePropertyKey.CORRELATION_ID, origin.getExchangeId());
        Message message = template.getMessage();
        message.getHeaders().putAll(origin.getMessage().getHeaders());
        MessageHeaders.setChunks(message, null);
        if (DynamicFlow.get(origin) != null) { // the header is that of the toD, and not of the message
            message.removeHeader(StackAiConstants.FLOW_ID);
            DynamicFlow.remove(template);
        }
    }

    /** The stream ends with the routes of the exchange that made the call, and with the component. */
    void opened(OpenCall stream) {
        targets.openCalls().add(stream);
        routes.forEach(route -> route.add(stream));
    }

    void closed(OpenCall stream) {
        routes.forEach(route -> route.remove(stream));
        targets.openCalls().remove(stream);
    }

    /** As {@link ChunkTargets#send}. */
    CompletionStage<Exchange> send(StackAiChunk chunk, long index) {
        Exchange exchange = ExchangeHelper.createCopy(template, false);
        variables.forEach(exchange::setVariable);
        Message message = exchange.getMessage();
        message.setBody(chunk);
        MessageHeaders.set(message, StackAiConstants.RUN_ID, chunk.runId());
        message.setHeader(StackAiConstants.CHUNK_INDEX, index);
        return targets.send(endpoint, exchange);
    }
}

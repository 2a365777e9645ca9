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

import io.github.camelstackai.StackAiConfiguration;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperation;
import io.github.camelstackai.StackAiStreamMode;
import io.github.camelstackai.http.OutboundRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;

/** Runs a flow and hands on its answer while it is written, or in one piece when it is complete. */
public final class StreamOperation implements Operation {
    private final Service service;
    private final StackAiConfiguration options;
    private final String flowId;
    private final Requests requests;
    private final InputMapper inputs;
    private final OutputMapper outputs;
    private final Caller caller;
    /** Streams whose exchange is under way. */
    private final Set<ChunkStream> onRoutes = ConcurrentHashMap.newKeySet();

    /** @param flowId of the endpoint's URI; null when it names none */
    public StreamOperation(Service service, StackAiConfiguration options, String flowId) {
        this.service = service;
        this.options = options;
        this.flowId = flowId;
        this.requests = new Requests(options, service.json());
        this.inputs = new InputMapper(options, service.json());
        this.outputs = new OutputMapper(options);
        this.caller = new Caller(service, options, Refusal::adviceOfRun);
    }

    @Override
    public boolean keepsReader() {
        return options.getStreamMode() == StackAiStreamMode.CHUNKS;
    }

    @Override
    public CompletionStage<Outcome> send(Exchange exchange) throws Exception {
        Credential user = options.isSso() ? user(exchange) : null; // off the message, whatever comes of the call
        FlowTarget target = FlowTarget.of(StackAiOperation.STREAM, options, flowId, exchange);
        Map<String, Object> body = inputs.inputs(exchange);
        if (options.isStreamFlag()) {
            body.putIfAbsent("stream", true);
        }
        String path = options.isSso() ? "sso/stream" : "stream";
        OutboundRequest request = requests.post(target, path, query(exchange), body);
        return caller.call(target, request, user, mask -> attempt(target, mask));
    }

    @Override
    public void stop() {
        onRoutes.forEach(stream -> stream.cancel("the route was stopped"));
    }

    private Attempt attempt(FlowTarget target, Mask mask) {
        StreamReceiver receiver = receiver(target, mask);
        return new Attempt(receiver, receiver.answer());
    }

    private StreamReceiver receiver(FlowTarget target, Mask mask) {
        if (keepsReader()) {
            ChunkStream chunks = new ChunkStream(options, service, target, mask);
            return new StreamReceiver(chunks, chunks.opened().thenApply(stream -> exchange -> open(stream, exchange)));
        }
        CollectedAnswer answer = new CollectedAnswer(options, service.json(), target, mask);
        return new StreamReceiver(
                answer, answer.result().thenApply(result -> exchange -> outputs.apply(result, target, mask, exchange)));
    }

    /** Takes the signed-in user's token off the message; null when it brings none. */
    private static Credential user(Exchange exchange) {
        try {
            String token = Headers.get(exchange, StackAiConstants.ACCESS_TOKEN, String.class);
            if (token != null && !BearerToken.isUsable(token)) {
                throw new IllegalArgumentException("The header " + StackAiConstants.ACCESS_TOKEN
                        + " is empty, longer than 16 KiB, or holds blanks or characters that a header cannot carry");
            }
            return token == null ? null : Credential.fixed(token);
        } finally {
            exchange.getMessage().removeHeader(StackAiConstants.ACCESS_TOKEN);
        }
    }

    private void open(ChunkStream stream, Exchange exchange) {
        Message message = exchange.getMessage();
        Headers.answer(message, stream);
        message.removeHeaders("CamelStackAi(State|Outputs|Citations|Pause)");
        Headers.set(message, StackAiConstants.RUN_ID, stream.getRunId());
        if (exchange.getFromRouteId() != null) {
            onRoutes.add(stream);
            exchange.getExchangeExtension().addOnCompletion(new EndOfExchange(stream, exchange));
        }
    }

    /** Ends a stream with the exchange that it is on, which may be another than the one that it was opened on. */
    private final class EndOfExchange extends SynchronizationAdapter {
        private final ChunkStream stream;

        EndOfExchange(ChunkStream stream, Exchange exchange) {
            this.stream = stream;
            stream.abandonedWhen(() -> isOver(exchange));
        }

        @Override
        public void beforeHandover(Exchange target) {
            stream.abandonedWhen(() -> isOver(target));
        }

        @Override
        public void onDone(Exchange done) {
            onRoutes.remove(stream);
            stream.abandonedWhen(() -> false);
            stream.cancel(
                    "its exchange has ended and the stream had not been read to its end; a copy of a message, as of"
                            + " multicast, recipientList, wireTap or a Kamelet, cannot take a stream along: send it by to or"
                            + " toD, read it within the Kamelet, or use streamMode=collect");
        }
    }

    /**
     * Whether nobody wants the rest: a splitter that has stopped asks for all that is left, only to drop it. One that goes on
     * after a failure leaves that failure on the exchange as it is; one that stops wraps it.
     */
    private static boolean isOver(Exchange exchange) {
        ExchangeExtension extension = exchange.getExchangeExtension();
        return exchange.getException() instanceof CamelExchangeException
                || exchange.isRouteStop()
                || exchange.isRollbackOnly()
                || exchange.isRollbackOnlyLast()
                || (extension.isErrorHandlerHandledSet() && extension.isErrorHandlerHandled());
    }

    private Map<String, String> query(Exchange exchange) {
        Map<String, String> query = new LinkedHashMap<>(requests.query(exchange));
        put(query, "prefix", options.isPrefix(), false);
        put(query, "delta", options.isDelta(), true);
        put(query, "sse", options.isSse(), false);
        put(query, "run_draft", options.isRunDraft(), false);
        return query;
    }

    private static void put(Map<String, String> query, String name, boolean value, boolean serviceDefault) {
        if (value != serviceDefault) {
            query.put(name, Boolean.toString(value));
        }
    }
}

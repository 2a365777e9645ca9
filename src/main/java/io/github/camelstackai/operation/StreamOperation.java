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
import io.github.camelstackai.auth.BearerToken;
import io.github.camelstackai.auth.Credential;
import io.github.camelstackai.call.AnswerHandler;
import io.github.camelstackai.call.AuthenticatedClient;
import io.github.camelstackai.call.CallResult;
import io.github.camelstackai.call.ClientRuntime;
import io.github.camelstackai.call.RequestFactory;
import io.github.camelstackai.message.InputMapper;
import io.github.camelstackai.message.MessageHeaders;
import io.github.camelstackai.message.OutputMapper;
import io.github.camelstackai.stream.ChunkForwarder;
import io.github.camelstackai.stream.ChunkReceiver;
import io.github.camelstackai.stream.ChunkSender;
import io.github.camelstackai.stream.ChunkStream;
import io.github.camelstackai.stream.StreamCollector;
import io.github.camelstackai.stream.StreamLifecycle;
import io.github.camelstackai.stream.StreamOptions;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Runs a flow, and passes its answer on while it is written, or collected when it is complete. */
public final class StreamOperation implements Operation {
    /**
     * The parameters of a stream call.
     *
     * @param collect whether the answer is collected
     * @param streamFlag whether to send {@code "stream": true} among the inputs
     * @param sso whether to call as the signed-in user
     */
    public record Parameters(
            boolean collect,
            boolean streamFlag,
            boolean sso,
            boolean prefix,
            boolean delta,
            boolean sse,
            boolean runDraft) {}

    private final Parameters parameters;
    private final RequestFactory requests;
    private final InputMapper inputs;
    private final AuthenticatedClient client;
    /** The handler of a call that an exchange makes. */
    private final Function<Exchange, AnswerHandler> answers;

    /**
     * @param outputs puts a collected result on the exchange
     * @param chunks sends the chunks of a call that is collected; null to send none
     */
    public StreamOperation(
            Parameters parameters,
            StreamOptions options,
            RequestFactory requests,
            InputMapper inputs,
            AuthenticatedClient client,
            ClientRuntime runtime,
            OutputMapper outputs,
            Function<Exchange, ChunkSender> chunks) {
        this.parameters = parameters;
        this.requests = requests;
        this.inputs = inputs;
        this.client = client;
        if (chunks != null) {
            this.answers = exchange -> forwarded(options, runtime, outputs, chunks.apply(exchange));
        } else {
            AnswerHandler all = parameters.collect() ? collected(options, runtime, outputs) : chunks(options, runtime);
            this.answers = exchange -> all;
        }
    }

    private static AnswerHandler collected(StreamOptions options, ClientRuntime runtime, OutputMapper outputs) {
        return (call, answer) -> new StreamCollector(
                options,
                runtime.json(),
                call,
                answer.observation(),
                result -> answer.complete(exchange -> outputs.apply(result, call, exchange)),
                answer::fail);
    }

    private static AnswerHandler forwarded(
            StreamOptions options, ClientRuntime runtime, OutputMapper outputs, ChunkSender chunks) {
        return (call, answer) -> new ChunkForwarder(
                options,
                runtime.json(),
                call,
                answer.observation(),
                runtime.workers(),
                chunks,
                result -> answer.complete(exchange -> outputs.apply(result, call, exchange)),
                answer::fail);
    }

    private static AnswerHandler chunks(StreamOptions options, ClientRuntime runtime) {
        return (call, answer) -> new ChunkReceiver(
                options,
                runtime.json(),
                call,
                answer.observation(),
                runtime.workers(),
                stream -> answer.begin(exchange -> open(stream, exchange)),
                answer::fail);
    }

    private static void open(ChunkStream stream, Exchange exchange) {
        Message message = exchange.getMessage();
        MessageHeaders.setChunks(message, stream);
        MessageHeaders.set(message, StackAiConstants.RUN_ID, stream.getRunId());
        StreamLifecycle.attach(stream, exchange);
    }

    @Override
    public boolean blocksOnBody() {
        return !parameters.collect();
    }

    @Override
    public CompletionStage<CallResult> send(Exchange exchange) throws Exception {
        Credential user =
                parameters.sso() ? user(exchange) : null; // removed from the message, whether or not the call succeeds
        Map<String, Object> body = inputs.inputs(exchange);
        if (parameters.streamFlag()) {
            body.putIfAbsent("stream", true);
        }
        String path = parameters.sso() ? "sso/stream" : "stream";
        return client.send(requests.post(exchange, path, query(exchange), body), user, answers.apply(exchange));
    }

    /** Takes the signed-in user's token from the message; null if there is none. */
    private static Credential user(Exchange exchange) {
        try {
            String token = MessageHeaders.get(exchange, StackAiConstants.ACCESS_TOKEN, String.class);
            if (token != null && !BearerToken.isUsable(token)) {
                throw new IllegalArgumentException("The header " + StackAiConstants.ACCESS_TOKEN
                        + " is empty, longer than 16 KiB, or has characters not allowed in an HTTP header");
            }
            return token == null ? null : Credential.fixed(token);
        } finally {
            exchange.getMessage().removeHeader(StackAiConstants.ACCESS_TOKEN);
        }
    }

    private Map<String, String> query(Exchange exchange) {
        Map<String, String> query = requests.query(exchange);
        put(query, "prefix", parameters.prefix(), false);
        put(query, "delta", parameters.delta(), true);
        put(query, "sse", parameters.sse(), false);
        put(query, "run_draft", parameters.runDraft(), false);
        return query;
    }

    private static void put(Map<String, String> query, String name, boolean value, boolean serviceDefault) {
        if (value != serviceDefault) {
            query.put(name, Boolean.toString(value));
        }
    }
}

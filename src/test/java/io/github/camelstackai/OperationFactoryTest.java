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
package io.github.camelstackai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.auth.Credential;
import io.github.camelstackai.auth.PendingTokens;
import io.github.camelstackai.call.CallResult;
import io.github.camelstackai.call.ClientRuntime;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.StubTransport;
import io.github.camelstackai.message.TestExchanges;
import io.github.camelstackai.observe.CallObserver;
import io.github.camelstackai.operation.Operation;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.stream.ChunkTargets;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each option of an endpoint reaches the part of the operation that uses it. */
class OperationFactoryTest {
    private static final String OUTPUTS = "{\"outputs\":{\"out-0\":\"a\",\"out-1\":\"b\"},\"state\":\"COMPLETED\"}\n";

    private final StubTransport transport = new StubTransport();
    private final PendingTokens pendingTokens = new PendingTokens();
    private final StackAiConfiguration options = new StackAiConfiguration();
    private final Exchange exchange = TestExchanges.withBody("q");

    @BeforeEach
    void configure() {
        pendingTokens.open();
        options.setOrgId("org");
    }

    private OperationFactory factory(StackAiOperation operation) {
        ClientRuntime runtime = new ClientRuntime(
                transport,
                new Json(),
                () -> Credential.fixed("component"),
                List::of,
                pendingTokens,
                Runnable::run,
                CallObserver.NONE);
        return factory(operation, options, runtime);
    }

    private OperationFactory factory(StackAiOperation operation, StackAiConfiguration values, ClientRuntime runtime) {
        return new OperationFactory(operation, values, "f", runtime, exchange.getContext(), new ChunkTargets());
    }

    private CompletableFuture<CallResult> send(Operation operation) throws Exception {
        return operation.send(exchange).toCompletableFuture();
    }

    private void start(Operation operation) throws Exception {
        assertThat(send(operation)).isNotDone();
    }

    private String sentUri(StackAiOperation operation) throws Exception {
        start(factory(operation).create());
        return transport.last().request().url();
    }

    private Object answer(StackAiOperation operation, String body) throws Exception {
        CompletableFuture<CallResult> result = send(factory(operation).create());
        transport.last().call().respond(200, body);
        result.join().applyTo(exchange);
        return exchange.getMessage().getBody();
    }

    @ParameterizedTest
    @CsvSource({
        "RUN,POST,/inference/v0/run/org/f",
        "STREAM,POST,/inference/v0/stream/org/f",
        "FEEDBACK,POST,/inference/v0/feedback/org/f",
        "METADATA,GET,/inference/v0/run/org/f/metadata?run_id=r"
    })
    void eachOperationSendsItsRequest(StackAiOperation operation, String method, String path) throws Exception {
        options.setRunId("r");
        options.setBaseUrl("https://ai.example.com/prefix//");
        assertThat(sentUri(operation)).isEqualTo("https://ai.example.com/prefix" + path);
        assertThat(transport.last().request().method()).isEqualTo(method);
        assertThat(transport.last().header("Authorization")).isEqualTo("Bearer component");
    }

    @ParameterizedTest
    @EnumSource(StackAiOperation.class)
    void timeoutsAndKeyOfTheEndpointCount(StackAiOperation operation) throws Exception {
        options.setRunId("r");
        options.setNode("doc-0");
        options.setUserId("u");
        options.setFileName("a.txt");
        options.setKnowledgeBaseId("0b5d0a4e-1111-4222-8333-444455556666");
        options.setApiKey("endpoint");
        options.setResponseTimeout(Duration.ofSeconds(1));
        options.setStreamIdleTimeout(Duration.ofSeconds(2));
        options.setTotalTimeout(Duration.ofSeconds(3));
        start(factory(operation).create());
        CallTimeouts timeouts = transport.last().timeouts();
        assertThat(timeouts.response()).isEqualTo(Duration.ofSeconds(1));
        assertThat(timeouts.idle()).isEqualTo(Duration.ofSeconds(2));
        assertThat(timeouts.total()).as("what is left").isBetween(Duration.ofMillis(2001), Duration.ofSeconds(3));
        assertThat(transport.last().header("Authorization")).isEqualTo("Bearer endpoint");
    }

    @Test
    void versionAndVerboseAreParametersOfARun() throws Exception {
        options.setVersion(3);
        options.setVerbose(false);
        assertThat(sentUri(StackAiOperation.RUN)).endsWith("/run/org/f?version=3&verbose=false");
    }

    @Test
    void eachParameterOfAStreamIsSentByItsName() throws Exception {
        Map<String, Consumer<StackAiConfiguration>> parameters = Map.of(
                "prefix=true", o -> o.setPrefix(true),
                "delta=false", o -> o.setDelta(false),
                "sse=true", o -> o.setSse(true),
                "run_draft=true", o -> o.setRunDraft(true));
        for (Map.Entry<String, Consumer<StackAiConfiguration>> parameter : parameters.entrySet()) {
            StackAiConfiguration changed = options.copy();
            parameter.getValue().accept(changed);
            ClientRuntime runtime = new ClientRuntime(
                    transport,
                    new Json(),
                    () -> Credential.fixed("t"),
                    List::of,
                    pendingTokens,
                    Runnable::run,
                    CallObserver.NONE);
            start(factory(StackAiOperation.STREAM, changed, runtime).create());
            assertThat(URI.create(transport.last().request().url()).getQuery()).isEqualTo(parameter.getKey());
        }
    }

    @Test
    void signedInUserIsCalledOnItsOwnPath() throws Exception {
        options.setSso(true);
        exchange.getMessage().setHeader(StackAiConstants.ACCESS_TOKEN, "user");
        assertThat(sentUri(StackAiOperation.STREAM)).endsWith("/inference/v0/sso/stream/org/f");
        assertThat(transport.last().header("Authorization")).isEqualTo("Bearer user");
    }

    @ParameterizedTest
    @CsvSource({"RUN,true,false", "STREAM,true,true", "STREAM,false,false"})
    void inputsAreNamedByTheOptions(StackAiOperation operation, boolean flag, boolean flagSent) throws Exception {
        options.setInput("in-7");
        options.setUserId("me");
        options.setStreamFlag(flag);
        start(factory(operation).create());
        assertThat(new String(transport.last().request().body().open().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"in-7\":\"q\",\"user_id\":\"me\"" + (flagSent ? ",\"stream\":true}" : "}"));
    }

    @ParameterizedTest
    @EnumSource(
            value = StackAiOperation.class,
            names = {"RUN", "STREAM"})
    void outputAndResponseSelectTheBody(StackAiOperation operation) throws Exception {
        options.setStreamMode(StackAiStreamMode.COLLECT);
        options.setOutput("out-1");
        assertThat(answer(operation, OUTPUTS)).isEqualTo("b");
        options.setOutput(null);
        options.setResponse(StackAiResponse.OUTPUTS);
        assertThat(answer(operation, OUTPUTS)).isEqualTo(Map.of("out-0", "a", "out-1", "b"));
    }

    @Test
    void streamOfChunksBlocksItsReaderAndNoOtherDoes() {
        assertThat(factory(StackAiOperation.RUN).create().blocksOnBody()).isFalse();
        assertThat(factory(StackAiOperation.STREAM).create().blocksOnBody()).isTrue();
        options.setStreamMode(StackAiStreamMode.COLLECT);
        assertThat(factory(StackAiOperation.STREAM).create().blocksOnBody()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = StackAiOperation.class,
            names = {"RUN", "STREAM", "METADATA", "FEEDBACK"})
    void maxResponseSizeLimitsEachAnswer(StackAiOperation operation) throws Exception {
        options.setRunId("r");
        options.setStreamMode(StackAiStreamMode.COLLECT);
        options.setMaxResponseSize(20);
        CompletableFuture<CallResult> result = send(factory(operation).create());
        transport.last().call().respond(200, "{\"outputs\":{\"out-0\":\"" + "x".repeat(50) + "\"}}\n");
        assertThat(result.join().mayHaveRun()).isTrue();
        assertThatThrownBy(() -> result.join().applyTo(exchange)).hasMessageContaining("20");
    }

    @ParameterizedTest
    @CsvSource({"RUN,false", "STREAM,false", "FEEDBACK,true", "METADATA,true"})
    void failureRemovesTheRunIdOfAnEarlierRun(StackAiOperation operation, boolean kept) {
        exchange.getMessage().setHeader(StackAiConstants.RUN_ID, "earlier");
        factory(operation).failures().record(exchange, new IOException("reset"), true, null);
        assertThat(exchange.getMessage().getHeaders().containsKey(StackAiConstants.RUN_ID))
                .isEqualTo(kept);
    }

    @Test
    void maxRetryAfterCapsTheDelay() {
        options.setMaxRetryAfter(Duration.ofSeconds(5));
        ResponseHead head = new ResponseHead(429, "Too Many Requests", Map.of(), List.of("60"));
        factory(StackAiOperation.RUN).failures().record(exchange, new IOException("429"), false, head);
        assertThat(exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(5000L);
    }

    @ParameterizedTest
    @CsvSource({
        "RUN,correct the inputs",
        "STREAM,correct the inputs",
        "FEEDBACK,correct what was sent",
        "METADATA,correct what was sent"
    })
    void refusalSaysWhatToCorrect(StackAiOperation operation, String advice) throws Exception {
        options.setRunId("r");
        CompletableFuture<CallResult> result = send(factory(operation).create());
        transport.last().call().respond(422, "{}");
        assertThatThrownBy(() -> result.join().applyTo(exchange)).hasMessageContaining(advice);
    }

    @Test
    void laterChangesOfTheOptionsHaveNoEffectOnAnOperation() throws Exception {
        Operation operation = factory(StackAiOperation.RUN).create();
        options.setBaseUrl("https://other.example.com");
        options.setVersion(9);
        options.setInput("in-9");
        start(operation);
        assertThat(transport.last().request().url()).isEqualTo("https://api.stack-ai.com/inference/v0/run/org/f");
        assertThat(new String(transport.last().request().body().open().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"in-0\":\"q\"}");
    }
}

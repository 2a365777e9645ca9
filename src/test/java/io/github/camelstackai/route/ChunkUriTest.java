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

import static io.github.camelstackai.route.Streams.END;
import static io.github.camelstackai.route.Streams.frame;
import static io.github.camelstackai.route.Streams.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.simulator.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A collected stream whose chunks go to an endpoint as they arrive. */
class ChunkUriTest extends RouteTest {
    private static final String COLLECT = "stackai:stream:f?streamMode=collect";
    private static final String TO_CHUNKS = COLLECT + "&chunkUri=direct:chunk";

    private final List<Message> chunks = Collections.synchronizedList(new ArrayList<>());

    /** With the route {@code direct:chunk} that keeps what it gets. */
    private void start(String uri) throws Exception {
        startRoutes(routes -> {
            routes.from("direct:start")
                    .setProperty("tenant", routes.constant("t1"))
                    .setVariable("colour", routes.constant("blue"))
                    .toD(uri);
            routes.from("direct:chunk")
                    .setHeader("colour", routes.variable("colour"))
                    .process(e -> chunks.add(e.getMessage()));
        });
    }

    private List<Object> texts() {
        return chunks.stream()
                .<Object>map(message -> message.getBody(StackAiChunk.class).text())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TO_CHUNKS,
                "stackai:stream:${header.flow}?streamMode=collect&chunkUri=direct:chunk",
                COLLECT + "&chunkUri=direct:${header.to}"
            })
    void chunksGoToTheEndpointInOrderAndTheAnswerIsTheBody(String uri) throws Exception {
        start(uri);
        stackAi().enqueue(reply("Hel", "lo", "!"));
        Exchange exchange = send("q", Map.of("flow", "f", "to", "chunk"));
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("Hello!");
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(StackAiConstants.RUN_ID, "r1")
                .containsEntry(StackAiConstants.STATE, "COMPLETED")
                .containsEntry(StackAiConstants.OUTPUTS, Map.of("out-0", "Hello!"))
                .doesNotContainKey(StackAiConstants.CHUNK_INDEX);
        assertThat(texts()).containsExactly("Hel", "lo", "!", "");
        assertThat(chunks)
                .extracting(message -> message.getHeader(StackAiConstants.CHUNK_INDEX))
                .containsExactly(0L, 1L, 2L, 3L);
        assertThat(chunks)
                .extracting(message -> message.getBody(StackAiChunk.class).isLast())
                .containsExactly(false, false, false, true);
    }

    @Test
    void eachChunkHasAnExchangeWithTheHeadersOfTheMessage() throws Exception {
        start(TO_CHUNKS);
        stackAi().enqueue(reply("a", "b"));
        Map<String, Object> headers = new HashMap<>(Map.of("socket", "s1", Exchange.CONTENT_TYPE, "text/plain"));
        headers.put(StackAiConstants.RUN_ID, "an-earlier-run");
        headers.put(StackAiConstants.STATE, "of an earlier run");
        headers.put(StackAiConstants.INPUTS, Map.of("in-1", "x"));
        Exchange exchange = send("q", headers);
        assertThat(exchange.getException()).isNull();
        assertThat(chunks).hasSize(3).allSatisfy(message -> {
            assertThat(message.getHeaders())
                    .containsEntry("socket", "s1")
                    .containsEntry("colour", "blue")
                    .containsEntry(StackAiConstants.RUN_ID, "r1")
                    .doesNotContainKeys(Exchange.CONTENT_TYPE, StackAiConstants.STATE, StackAiConstants.INPUTS);
            assertThat(message.getExchange().getProperty("tenant")).isEqualTo("t1");
            assertThat(message.getExchange().getProperty(Exchange.CORRELATION_ID))
                    .isEqualTo(exchange.getExchangeId());
        });
        assertThat(chunks)
                .extracting(message -> message.getExchange().getExchangeId())
                .doesNotHaveDuplicates()
                .doesNotContain(exchange.getExchangeId());
    }

    /** What one chunk's route does with its message reaches neither another chunk nor the answer. */
    @Test
    void exchangesOfChunksAreApart() throws Exception {
        startRoutes(routes -> {
            routes.from("direct:start").to(TO_CHUNKS);
            routes.from("direct:chunk")
                    .process(e -> chunks.add(e.getMessage().copy()))
                    .setHeader("left", routes.constant(true))
                    .setBody(routes.constant("changed"));
        });
        stackAi().enqueue(reply("a", "b"));
        Exchange exchange = send("q");
        assertThat(exchange.getMessage().getBody()).isEqualTo("ab");
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("left");
        assertThat(chunks).hasSize(3).noneMatch(message -> message.getHeaders().containsKey("left"));
    }

    @Test
    void optionsOfTheOutputApplyToTheAnswer() throws Exception {
        start(TO_CHUNKS + "&output=out-1&outputFormat=json&delta=false");
        stackAi()
                .enqueue(Reply.text("{\"outputs\":{\"out-0\":\"x\",\"out-1\":\"{'a'\"}}\n"
                        + "{\"outputs\":{\"out-1\":\"{'a': True}\"},\"citations\":[1]}\n" + END + "\n"));
        Exchange exchange = send("q");
        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("a", true));
        assertThat(exchange.getMessage().getHeader(StackAiConstants.CITATIONS)).isEqualTo(List.of(1));
        assertThat(texts()).containsExactly("{'a'", "{'a': True}", "");
    }

    @Test
    void pausedRunEndsTheAnswer() throws Exception {
        start(TO_CHUNKS);
        stackAi()
                .enqueue(Reply.text(
                        frame("wait") + "\n{\"outputs\":{},\"run_id\":\"r1\",\"pause\":{\"by\":\"mail\"}}\n"));
        Exchange exchange = send("q");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(StackAiConstants.STATE)).isEqualTo("PAUSED");
        assertThat(texts()).containsExactly("wait", "");
    }

    @Test
    void programWithoutARouteGetsTheAnswer() throws Exception {
        start(COLLECT);
        stackAi().enqueue(reply("a"));
        assertThat(template.requestBody(TO_CHUNKS, "q")).isEqualTo("a");
        assertThat(texts()).containsExactly("a", "");
    }

    @Test
    void yamlRouteNamesTheEndpointWithItsOptions() throws Exception {
        String yaml = """
                - from:
                    uri: direct:start
                    steps:
                      - to:
                          uri: stackai:stream:f
                          parameters:
                            streamMode: collect
                            chunkUri: RAW(direct:chunk?block=false&synchronous=true)
                - from:
                    uri: direct:chunk
                    steps:
                      - to: mock:chunk
                """;
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("chunks.yaml", yaml));
        context.start();
        stackAi().enqueue(reply("a", "b"));
        assertThat(send("q").getMessage().getBody()).isEqualTo("ab");
        MockEndpoint chunk = context.getEndpoint("mock:chunk", MockEndpoint.class);
        assertThat(chunk.getReceivedCounter()).isEqualTo(3);
        assertThat(context.hasEndpoint("direct:chunk?block=false&synchronous=true"))
                .isNotNull();
    }

    /** A redelivery is another run: its chunks are sent again, from 0. */
    @Test
    void redeliverySendsTheChunksOfTheNewRun() throws Exception {
        startRoutes(routes -> {
            routes.errorHandler(
                    routes.defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(1));
            routes.from("direct:start").to(TO_CHUNKS);
            routes.from("direct:chunk").process(e -> chunks.add(e.getMessage()));
        });
        stackAi().enqueue(Reply.chunks(frame("a") + "\n").thenClose(), reply("b"));
        assertThat(send("q").getMessage().getBody()).isEqualTo("b");
        assertThat(texts()).containsExactly("a", "b", "");
        assertThat(chunks)
                .extracting(message -> message.getHeader(StackAiConstants.CHUNK_INDEX))
                .containsExactly(0L, 0L, 1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stackai:stream:f?chunkUri=direct:chunk",
                "stackai:run:f?chunkUri=direct:chunk",
                "stackai:run:f?streamMode=collect&chunkUri=direct:chunk",
                "stackai:feedback:f?chunkUri=direct:chunk",
                COLLECT + "&chunkUri=RAW( )",
                COLLECT + "&chunkUri=no-such-component:x",
                COLLECT + "&chunkUri=probe:unstartable"
            })
    void impossibleChunkUriFailsAtStartByItsName(String uri) {
        context.addComponent("probe", new ProbeComponent((exchange, callback) -> true));
        assertThatThrownBy(() -> startRoute(uri))
                .satisfies(e -> assertThat(messages(e)).anyMatch(message -> message.contains("option chunkUri")));
        assertThat(stackAi().requests()).isEmpty();
    }

    private static List<String> messages(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .map(Throwable::toString)
                .toList();
    }

    /** The default of the component is for its collected streams; other operations are not affected. */
    @Test
    void chunkUriOfTheComponentAppliesToCollectedStreams() throws Exception {
        component.getConfiguration().setChunkUri("direct:chunk");
        start("stackai:run:f");
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
        stackAi().enqueue(reply("a"));
        assertThat(template.requestBody(COLLECT, "q")).isEqualTo("a");
        assertThat(texts()).containsExactly("a", "");
    }
}

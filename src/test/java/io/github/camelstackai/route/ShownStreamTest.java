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

import static org.apache.camel.builder.Builder.simple;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.Reply;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stream that is shown as text keeps its chunks, and one that was read keeps its text. */
class ShownStreamTest extends RouteTest {
    private static final String HEL = "{\"outputs\":{\"out-0\":\"Hel\"},\"run_id\":\"r1\"}\n";
    private static final String LO = "{\"outputs\":{\"out-0\":\"lo\"},\"run_id\":\"r1\"}\n";
    private static final String END = "{\"outputs\":{},\"run_id\":\"r1\",\"state\":\"COMPLETED\"}\n";

    private Exchange run(Consumer<RouteDefinition> before, String... frames) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                RouteDefinition route = from("direct:start").to("stackai:stream:f");
                before.accept(route);
                route.split(body())
                        .streaming()
                        .convertBodyTo(String.class)
                        .to("mock:chunks")
                        .end()
                        .log("behind: ${body}");
            }
        });
        context.start();
        stackAi().enqueue(Reply.chunks(frames));
        return send("q");
    }

    private void assertThatChunksArrived(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        MockEndpoint chunks = context.getEndpoint("mock:chunks", MockEndpoint.class);
        assertThat(chunks.getReceivedExchanges())
                .extracting(each -> each.getMessage().getBody(String.class))
                .containsExactly("Hel", "lo", "");
    }

    @Test
    void logLineBeforeTheSplit() throws Exception {
        assertThatChunksArrived(run(route -> route.log("${body}").log("again: ${body}"), HEL, LO, END));
    }

    @Test
    void logEndpointBeforeTheSplit() throws Exception {
        assertThatChunksArrived(run(route -> route.to("log:shown?showAll=true&showStreams=true"), HEL, LO, END));
    }

    @Test
    void tracing() throws Exception {
        context.setTracing(true);
        assertThatChunksArrived(run(route -> {}, HEL, LO, END));
    }

    @Test
    void backlogTracing() throws Exception {
        context.setBacklogTracing(true);
        assertThatChunksArrived(run(route -> {}, HEL, LO, END));
    }

    static Stream<Consumer<RouteDefinition>> waysToShow() {
        return Stream.of(
                route -> route.log("${body}").log("again: ${body}"),
                route -> route.log("${bodyAs(String)}"),
                route -> route.setHeader("shown", simple("${bodyOneLine}")),
                route -> route.setProperty("shown", simple("${body}")),
                route -> route.to("log:shown?showAll=true&showStreams=true"),
                route -> route.getCamelContext().setTracing(true),
                route -> route.getCamelContext().setBacklogTracing(true));
    }

    @ParameterizedTest
    @MethodSource("waysToShow")
    void streamOfSeveralOutputsIsShownWithoutFailingAndKeepsItsChunks(Consumer<RouteDefinition> shown)
            throws Exception {
        String other = "{\"outputs\":{\"out-1\":\"lo\"},\"run_id\":\"r1\"}\n";
        assertThatChunksArrived(run(
                route -> {
                    route.setCamelContext(context);
                    shown.accept(route);
                },
                HEL,
                other,
                END));
    }

    @Test
    void bodyBehindTheSplitIsTheText() throws Exception {
        Exchange exchange = run(route -> {}, HEL, LO, END);
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("Hello");
        assertThat(exchange.getMessage().getBody(java.io.InputStream.class)).hasContent("Hello");
    }

    @Test
    void streamThatBreaksWhileItIsShownHandsOverItsChunksAndThenTheFailure() {
        stackAi().enqueue(Reply.chunks(HEL, LO));
        context.start();
        try (StackAiStream stream = (StackAiStream) template.requestBody("stackai:stream:f", "q")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(stream::text).hasMessageContaining("TRUNCATED");
            assertThat(List.of(stream.next().text(), stream.next().text())).containsExactly("Hel", "lo");
            org.assertj.core.api.Assertions.assertThatThrownBy(stream::next).hasMessageContaining("TRUNCATED");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void pairOfSurrogatesInTwoFramesIsOneCharacter() {
        stackAi()
                .enqueue(Reply.chunks(
                        "{\"outputs\":{\"out-0\":\"Hi \\ud83d\"},\"run_id\":\"r1\"}\n",
                        "{\"outputs\":{\"out-0\":\"\\ude00!\"},\"run_id\":\"r1\"}\n",
                        END));
        context.start();
        assertThat(template.requestBody("stackai:stream:f", "q", java.io.InputStream.class))
                .hasContent("Hi 😀!");
    }
}

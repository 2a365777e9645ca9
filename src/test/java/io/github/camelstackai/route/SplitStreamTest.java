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

import static io.github.camelstackai.Eventually.eventually;
import static io.github.camelstackai.route.Streams.END;
import static io.github.camelstackai.route.Streams.frame;
import static io.github.camelstackai.route.Streams.reply;
import static org.apache.camel.builder.Builder.constant;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream on the way through a route: split, queued, or sent to several recipients. */
class SplitStreamTest extends RouteTest {
    @Test
    void splitterRoutesEachChunkAndCompletesOnTheLast() throws Exception {
        List<String> routed = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .process(e -> routed.add(e.getMessage().getBody(String.class) + "|"
                                + e.getProperty(Exchange.SPLIT_COMPLETE) + "|"
                                + e.getMessage().getBody(StackAiChunk.class).isLast()));
            }
        });
        context.start();
        stackAi().enqueue(reply("a", "b"));
        assertThat(send("q").getException()).isNull();
        assertThat(routed).containsExactly("a|false|false", "b|false|false", "|true|true");
    }

    @Test
    void splitterWithoutStopOnExceptionGetsEveryChunkAfterAFailure() throws Exception {
        List<String> routed = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .process(e -> {
                            routed.add(e.getMessage().getBody(String.class));
                            if (routed.size() == 2) {
                                throw new IllegalStateException("second");
                            }
                        });
            }
        });
        context.start();
        stackAi().enqueue(reply("a", "b", "c"));
        assertThat(send("q").getException()).hasMessage("second");
        assertThat(routed).containsExactly("a", "b", "c", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multicast", "recipientList", "wireTap"})
    void copyOfTheMessageFailsWithAStreamThatEndedWithItsExchange(String way) throws Exception {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        CountDownLatch firstExchangeEnded = new CountDownLatch(1);
        startRoutes(routes -> {
            routes.onException(Exception.class)
                    .handled(true)
                    .process(e -> failures.add(e.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
            sendCopy(routes.from("direct:start"), way);
            routes.from("direct:read").split(routes.body()).streaming().to("mock:chunk");
            routes.from("seda:read?pollTimeout=20")
                    .process(e -> firstExchangeEnded.await())
                    .to("direct:read");
        });
        stackAi()
                .enqueue(Reply.chunks(frame("a") + "\n", frame("b") + "\n", END + "\n")
                        .chunkEvery(Duration.ofMillis(100)));
        send("q");
        firstExchangeEnded.countDown();
        eventually("the reader of the copy fails", () -> assertThat(failures).hasSize(1));
        assertThat(failures.get(0)).isInstanceOf(StackAiStreamException.class).hasMessageContaining("collect");
    }

    private static void sendCopy(RouteDefinition start, String way) {
        switch (way) {
            case "multicast" ->
                start.multicast((old, now) -> now).to("stackai:stream:f").end().to("direct:read");
            case "recipientList" ->
                start.recipientList(constant("stackai:stream:f")).to("direct:read");
            default -> start.to("stackai:stream:f").wireTap("seda:read");
        }
    }

    @Test
    void streamIsReadBehindAQueue() throws Exception {
        List<String> routed = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("stackai:stream:f").to("seda:read").process(e -> {
                    throw new IllegalStateException("the first exchange fails");
                });
                from("seda:read?pollTimeout=20")
                        .split(body())
                        .streaming()
                        .process(e -> routed.add(e.getMessage().getBody(String.class)));
            }
        });
        context.start();
        stackAi().enqueue(reply("a", "b").chunkEvery(Duration.ofMillis(100)));
        template.send(
                "direct:start", ExchangePattern.InOnly, e -> e.getMessage().setBody("q"));
        eventually("all chunks are routed", () -> assertThat(routed).containsExactly("a", "b", ""));
    }
}

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
package io.github.camelstackai.examples.kamelets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Streams of a Kamelet, which is a separate route. */
class KameletStreamTest extends KameletTest {
    private static final String STREAM = "stackai-stream-action?flowId=f";

    private void startSplitting(List<String> chunks) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .errorHandler(noErrorHandler())
                        .kamelet(STREAM)
                        .process(e -> chunks.add(
                                e.getMessage().getBody(StackAiChunk.class).text()))
                        .end();
            }
        });
    }

    private static Reply endless() {
        byte[] frame = "{\"outputs\":{\"out-0\":\"a\"}}\n".getBytes(StandardCharsets.UTF_8);
        return Reply.streaming(() -> frame).trickle(500, Duration.ofMillis(20));
    }

    private static void noRequestIsOpen() {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(stackAi().openRequests()).isZero());
    }

    @Test
    void routesChunksOnArrival() throws Exception {
        List<String> chunks = new CopyOnWriteArrayList<>();
        startSplitting(chunks);
        CompletableFuture<Void> completion = new CompletableFuture<>();
        byte[] frame = "{\"outputs\":{\"out-0\":\"a\"}}\n".getBytes(StandardCharsets.UTF_8);
        byte[] last = "{\"outputs\":{},\"state\":\"COMPLETED\"}\n".getBytes(StandardCharsets.UTF_8);
        stackAi()
                .enqueue(Reply.streaming(() -> completion.isDone() ? last : frame)
                        .trickle(1000, Duration.ofMillis(20)));
        CompletableFuture<Object> answer = template.asyncRequestBody("direct:start", "q");
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(chunks).hasSizeGreaterThan(2));
        assertThat(answer).isNotDone();
        completion.complete(null);
        assertThat(answer).succeedsWithin(TIMEOUT);
    }

    @Test
    void failureOfAStepCancelsTheStream() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .errorHandler(noErrorHandler())
                        .kamelet(STREAM)
                        .throwException(new IllegalStateException("enough"))
                        .end();
            }
        });
        stackAi().enqueue(endless());
        assertThatThrownBy(() -> template.sendBody("direct:start", "q")).hasStackTraceContaining("enough");
        noRequestIsOpen();
    }

    @Test
    void brokenStreamFailsTheRoute() throws Exception {
        List<String> chunks = new CopyOnWriteArrayList<>();
        startSplitting(chunks);
        stackAi()
                .enqueue(Reply.chunks("{\"outputs\":{\"out-0\":\"Half\"}}\n")
                        .chunk(Duration.ofMillis(300), "{")
                        .thenClose());
        assertThatThrownBy(() -> template.sendBody("direct:start", "q"))
                .hasStackTraceContaining(StackAiStreamException.class.getName());
        assertThat(chunks).containsExactly("Half");
    }

    @Test
    void stopOfTheContextCancelsTheStream() throws Exception {
        List<String> chunks = new CopyOnWriteArrayList<>();
        startSplitting(chunks);
        context.getShutdownStrategy().setTimeout(1);
        stackAi().enqueue(endless());
        template.asyncSend("direct:start", e -> e.getMessage().setBody("q"));
        await().atMost(TIMEOUT).until(() -> !chunks.isEmpty());
        context.stop();
        noRequestIsOpen();
    }

    @Test
    void withoutStepsTheBodyIsTheWholeText() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("kamelet:" + STREAM);
            }
        });
        assertThat(template.requestBody("direct:start", "q")).isEqualTo("Answer to: q");
    }

    /** Without the names, the steps of the second route get the answers of both routes. */
    @Test
    void kameletsWithNamesHaveTheirOwnSteps() throws Exception {
        List<String> one = new CopyOnWriteArrayList<>();
        List<String> other = new CopyOnWriteArrayList<>();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one")
                        .kamelet("stackai-stream-action/one?flowId=f")
                        .process(e -> one.add(e.getMessage().getBody(String.class)))
                        .end();
                from("direct:other")
                        .kamelet("stackai-stream-action/other?flowId=f")
                        .process(e -> other.add(e.getMessage().getBody(String.class)))
                        .end();
            }
        });
        template.sendBody("direct:one", "1");
        template.sendBody("direct:other", "2");
        assertThat(String.join("", one)).isEqualTo("Answer to: 1");
        assertThat(String.join("", other)).isEqualTo("Answer to: 2");
    }

    @Test
    void stepThatBlocksStopsTheServiceFromSending() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        startBlocking(first, release);
        byte[] frame = ("{\"outputs\":{\"out-0\":\"" + "x".repeat(1000) + "\"}}\n").getBytes(StandardCharsets.UTF_8);
        stackAi().enqueue(Reply.streaming(() -> frame));
        CompletableFuture<Object> done = template.asyncRequestBody("direct:start", "q");
        assertThat(first.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        RecordedRequest request = stackAi().takeRequest(TIMEOUT);
        long[] sent = {-1};
        await("the service cannot write")
                .pollInterval(Duration.ofSeconds(1))
                .atMost(TIMEOUT)
                .until(() -> sent[0] == (sent[0] = request.bytesSent()));
        assertThat(sent[0]).as("socket buffers and streamBufferSize").isLessThan(16 << 20);
        release.countDown();
        assertThat(done).failsWithin(TIMEOUT);
        noRequestIsOpen();
    }

    private void startBlocking(CountDownLatch first, CountDownLatch release) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .errorHandler(noErrorHandler())
                        .kamelet(STREAM)
                        .process(e -> {
                            first.countDown();
                            release.await();
                        })
                        .throwException(new IllegalStateException("enough"))
                        .end();
            }
        });
    }
}

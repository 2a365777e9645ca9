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
import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds for the component holds through a Kamelet, which is a route of its own. */
@Timeout(60)
class KameletRoutesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String RUN = "kamelet:stackai-run-action?flowId=f";
    private static final String STREAM = "stackai-stream-action?flowId=f";

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final StackAiComponent component = new StackAiComponent();
    private ProducerTemplate template;

    private static StackAiSimulator stackAi() {
        return STACK_AI.simulator();
    }

    @BeforeEach
    void configure() {
        component.getConfiguration().setBaseUrl(stackAi().baseUrl());
        component.getConfiguration().setApiKey(stackAi().apiKey());
        component.getConfiguration().setOrgId(stackAi().orgId());
        context.addComponent("stackai", component);
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void start(RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
        context.start();
    }

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
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stackAi().openRequests()).isZero());
    }

    @Test
    void parametersAndSettingsOfTheComponentReachTheService() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("kamelet:stackai-run-action?flowId=triage&input=in-1&userId=u-1&version=3");
            }
        });
        assertThat(template.requestBody("direct:start", "fire")).asString().startsWith("Answer to: ");
        RecordedRequest request = stackAi().takeRequest(PATIENCE);
        assertThat(request.path()).endsWith("/run/" + stackAi().orgId() + "/triage");
        assertThat(request.query()).containsEntry("version", "3");
        assertThat(request.json()).isEqualTo(Map.of("in-1", "fire", "user_id", "u-1"));
    }

    @Test
    void keyOfTheKameletIsSentAsItIs() throws Exception {
        component.getConfiguration().setApiKey(null);
        stackAi().acceptToken("k+/a=b%41~.");
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to(RUN + "&apiKey=RAW(k+/a=b%41~.)");
            }
        });
        assertThat(template.requestBody("direct:start", "q")).isEqualTo("Answer to: q");
        assertThat(stackAi().takeRequest(PATIENCE).header("Authorization")).isEqualTo("Bearer k+/a=b%41~.");
    }

    @Test
    void refusalIsRedeliveredByTheCaller() throws Exception {
        stackAi().enqueue(Reply.error(503, "busy"));
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(StackAiOperationFailedException.class)
                        .maximumRedeliveries(1)
                        .redeliveryDelay(10);
                from("direct:start").to(RUN + "&noErrorHandler=true");
            }
        });
        assertThat(template.requestBody("direct:start", "q")).isEqualTo("Answer to: q");
        assertThat(stackAi().requestCount()).isEqualTo(2);
    }

    @Test
    void refusalReachesTheCaller() throws Exception {
        stackAi().script(request -> Reply.error(402, "No credits left"));
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:run").errorHandler(noErrorHandler()).to(RUN);
                from("direct:stream").errorHandler(noErrorHandler()).to("kamelet:" + STREAM);
                from("direct:feedback")
                        .errorHandler(noErrorHandler())
                        .to("kamelet:stackai-feedback-sink?flowId=f&runId=r-1");
            }
        });
        for (String operation : List.of("run", "stream", "feedback")) {
            assertThatThrownBy(() -> template.sendBody("direct:" + operation, "q"))
                    .as(operation)
                    .hasCauseInstanceOf(StackAiOperationFailedException.class)
                    .rootCause()
                    .hasMessageContaining("No credits left");
        }
    }

    @Test
    void feedbackIsAboutTheRunOfTheMessage() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("kamelet:stackai-feedback-sink?flowId=f");
            }
        });
        template.sendBodyAndHeader("direct:start", "Well done", StackAiConstants.RUN_ID, "r-7");
        assertThat(stackAi().feedback()).singleElement().satisfies(feedback -> {
            assertThat(feedback.runId()).isEqualTo("r-7");
            assertThat(feedback.feedback()).isEqualTo("Well done");
        });
    }

    // ---- streams

    @Test
    void chunksAreRoutedWhileTheAnswerIsWritten() throws Exception {
        List<String> chunks = new CopyOnWriteArrayList<>();
        startSplitting(chunks);
        CompletableFuture<Void> completion = new CompletableFuture<>();
        byte[] frame = "{\"outputs\":{\"out-0\":\"a\"}}\n".getBytes(StandardCharsets.UTF_8);
        byte[] last = "{\"outputs\":{},\"state\":\"COMPLETED\"}\n".getBytes(StandardCharsets.UTF_8);
        stackAi()
                .enqueue(Reply.streaming(() -> completion.isDone() ? last : frame)
                        .trickle(1000, Duration.ofMillis(20)));
        CompletableFuture<Object> answer = template.asyncRequestBody("direct:start", "q");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(chunks).hasSizeGreaterThan(2));
        assertThat(answer).isNotDone();
        completion.complete(null);
        assertThat(answer).succeedsWithin(PATIENCE);
    }

    @Test
    void failureBehindTheKameletCancelsTheStream() throws Exception {
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
    void streamThatBreaksFailsItsReader() throws Exception {
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
        await().atMost(PATIENCE).until(() -> !chunks.isEmpty());
        context.stop();
        noRequestIsOpen();
    }

    @Test
    void withoutStepsTheWholeTextIsTheBody() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("kamelet:" + STREAM);
            }
        });
        assertThat(template.requestBody("direct:start", "q")).isEqualTo("Answer to: q");
    }

    /** Without those names the steps of the second would get the answers of both. */
    @Test
    void namedKameletsHaveTheirOwnSteps() throws Exception {
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
    void readerThatStopsMakesTheServiceStall() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .errorHandler(noErrorHandler())
                        .kamelet(STREAM)
                        .process(e -> {
                            first.countDown();
                            goOn.await();
                        })
                        .throwException(new IllegalStateException("enough"))
                        .end();
            }
        });
        byte[] frame = ("{\"outputs\":{\"out-0\":\"" + "x".repeat(1000) + "\"}}\n").getBytes(StandardCharsets.UTF_8);
        stackAi().enqueue(Reply.streaming(() -> frame));
        CompletableFuture<Object> done = template.asyncRequestBody("direct:start", "q");
        assertThat(first.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        RecordedRequest request = stackAi().takeRequest(PATIENCE);
        long[] sent = {-1};
        await("the service's write stalls")
                .pollInterval(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .until(() -> sent[0] == (sent[0] = request.bytesSent()));
        assertThat(sent[0]).as("socket buffers and streamBufferSize").isLessThan(16 << 20);
        goOn.countDown();
        assertThat(done).failsWithin(PATIENCE);
        noRequestIsOpen();
    }
}

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
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiFailure;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.simulator.RecordedFeedback;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Feedback on a run: the run, the text, and the response. */
class FeedbackTest extends RouteTest {
    private static final Map<String, Object> RUN = Map.of(StackAiConstants.RUN_ID, "r1");

    private Map<String, Object> sent(Object body, Map<String, Object> headers) throws Exception {
        startRoute("stackai:feedback:f");
        assertThat(send(body, headers).getException()).isNull();
        return sentInputs();
    }

    @Test
    void runIdOfTheRunBeforeIsUsed() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:run:f")
                        .setBody(constant("good"))
                        .to("stackai:feedback:f")
                        .to("stackai:metadata:f");
            }
        });
        context.start();
        Exchange exchange = send("q");
        assertThat(exchange.getException()).isNull();
        String runId = stackAi().runs().get(0).runId();
        assertThat(stackAi().feedback())
                .containsExactly(new RecordedFeedback(runId, stackAi().orgId(), "f", "good"));
        assertThat(exchange.getMessage().getBody())
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("run_id", runId);
        assertThat(exchange.getMessage().getHeader(StackAiConstants.RUN_ID))
                .as("feedback and metadata keep the header")
                .isEqualTo(runId);
    }

    @Test
    void runIdIsKeptThroughAQueue() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:run:f")
                        .setBody(constant("bad"))
                        .to("seda:later");
                from("seda:later?pollTimeout=20").to("stackai:feedback:f").to("mock:done");
            }
        });
        context.start();
        send("q");
        eventually("the feedback arrives", () -> assertThat(stackAi().feedback())
                .containsExactly(new RecordedFeedback(
                        stackAi().runs().get(0).runId(), stackAi().orgId(), "f", "bad")));
    }

    @Test
    void runIdOfTheStreamBeforeIsUsed() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .to("log:chunks?level=TRACE")
                        .end()
                        .setBody(constant("good"))
                        .to("stackai:feedback:f");
            }
        });
        context.start();
        assertThat(send("q").getException()).isNull();
        assertThat(stackAi().feedback())
                .extracting(RecordedFeedback::runId)
                .containsExactly(stackAi().runs().get(0).runId());
    }

    @Test
    void bodyIsTheMapOfCounts() throws Exception {
        startRoute("stackai:feedback:f");
        Exchange exchange = send("good", Map.of(StackAiConstants.RUN_ID, "r1", Exchange.CONTENT_TYPE, "text/plain"));
        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("matched_count", 0, "modified_count", 0));
        assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE))
                .as("it described the request body")
                .isNull();
        assertThat(exchange.getMessage().getHeader(StackAiConstants.RUN_ID)).isEqualTo("r1");
    }

    @Test
    void requestMatchesThePublishedContract() throws Exception {
        startRoute("stackai:feedback:f");
        send("good", RUN);
        RecordedRequest request = stackAi().takeRequest(Duration.ofSeconds(5));
        assertThat(request.rawUri()).isEqualTo("/inference/v0/feedback/sim-org/f");
        assertThat(request.header("Authorization"))
                .isEqualTo("Bearer " + stackAi().apiKey());
        try (PublishedContract contract = new PublishedContract()) {
            contract.check(request);
        }
    }

    record Vote(String run_id, String feedback, int stars) {}

    enum Mood {
        GOOD
    }

    static Stream<Object> objects() {
        return Stream.of(
                Map.of("run_id", "r2", "feedback", "ok", "stars", 3),
                new Vote("r2", "ok", 3),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("run_id", "r2")
                        .put("feedback", "ok")
                        .put("stars", 3));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void objectIsSentAsItIs(Object body) throws Exception {
        assertThat(sent(body, RUN)).isEqualTo(Map.of("run_id", "r2", "feedback", "ok", "stars", 3));
    }

    @Test
    void jsonTextIsSentAsItIs() throws Exception {
        assertThat(sent("{\"run_id\":\"r2\",\"feedback\":\"ok\"}", Map.of(Exchange.CONTENT_TYPE, "application/json")))
                .isEqualTo(Map.of("run_id", "r2", "feedback", "ok"));
    }

    @Test
    void objectWithoutARunIdGetsThatOfTheHeader() throws Exception {
        assertThat(sent(Map.of("feedback", "ok"), RUN)).isEqualTo(Map.of("run_id", "r1", "feedback", "ok"));
    }

    static Stream<Object> texts() {
        byte[] bytes = "5".getBytes(StandardCharsets.UTF_8);
        return Stream.of("5", 5, bytes, new ByteArrayInputStream(bytes));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void bodyThatConvertsToTextIsTheFeedback(Object body) throws Exception {
        assertThat(sent(body, RUN)).isEqualTo(Map.of("run_id", "r1", "feedback", "5"));
    }

    @Test
    void enumIsSentAsItsName() throws Exception {
        assertThat(sent(Mood.GOOD, RUN)).containsEntry("feedback", "GOOD");
    }

    @Test
    void optionNamesTheRunWithoutAHeader() throws Exception {
        startRoute("stackai:feedback:f?runId=r9");
        send("good");
        assertThat(sentInputs()).containsEntry("run_id", "r9");
        send("good", RUN);
        assertThat(sentInputs()).containsEntry("run_id", "r1");
    }

    @Test
    void missingRunIsRefusedBeforeAnythingIsSent() throws Exception {
        startRoute("stackai:feedback:f");
        assertThat(send("good").getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(StackAiConstants.RUN_ID, "runId");
        assertThat(stackAi().requestCount()).isZero();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \n"})
    void emptyFeedbackIsRefusedBeforeAnythingIsSent(String body) throws Exception {
        startRoute("stackai:feedback:f");
        assertThat(send(body, RUN).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("body");
        assertThat(send(Map.of("run_id", "r1"), RUN).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("body");
        assertThat(stackAi().requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "{\"count\":\"one\"}", "{\"count\":1.5}", "{\"count\":null}"})
    void responseWithoutCountsIsAnError(String answer) throws Exception {
        startRoute("stackai:feedback:f");
        stackAi().enqueue(Reply.text(answer));
        Exchange exchange = send("good", RUN);
        assertThat(exchange.getException())
                .isInstanceOf(StackAiResponseException.class)
                .hasMessageContainingAll("feedback", answer);
        assertThat(exchange.getMessage().getBody()).isEqualTo("good");
    }

    @Test
    void refusalIsAStackAiOperationFailedException() throws Exception {
        startRoute("stackai:feedback:f");
        stackAi().enqueue(Reply.error(429, "slow down").header("Retry-After", "7"));
        Exchange exchange = send("good", RUN);
        assertThat(exchange.getException())
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContainingAll("StackAI feedback of flow f", "429", "slow down");
        assertThat(((StackAiFailure) exchange.getException()).isRetryable()).isTrue();
        assertThat(exchange.getIn().getHeader(StackAiConstants.REDELIVERY_DELAY))
                .isEqualTo(7000L);
    }
}

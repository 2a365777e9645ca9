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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The Kamelets behave like the component. */
class KameletRoutesTest extends KameletTest {
    private static final String RUN = "kamelet:stackai-run-action?flowId=f";
    private static final String STREAM = "kamelet:stackai-stream-action?flowId=f";

    @Test
    void sendsParametersAndOptionsOfTheComponent() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("kamelet:stackai-run-action?flowId=triage&input=in-1&userId=u-1&version=3");
            }
        });
        assertThat(template.requestBody("direct:start", "fire")).asString().startsWith("Answer to: ");
        RecordedRequest request = stackAi().takeRequest(TIMEOUT);
        assertThat(request.path()).endsWith("/run/" + stackAi().orgId() + "/triage");
        assertThat(request.query()).containsEntry("version", "3");
        assertThat(request.json()).isEqualTo(Map.of("in-1", "fire", "user_id", "u-1"));
    }

    @Test
    void sendsTheKeyOfTheKameletUnchanged() throws Exception {
        component.getConfiguration().setApiKey(null);
        stackAi().acceptToken("k+/a=b%41~.");
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to(RUN + "&apiKey=RAW(k+/a=b%41~.)");
            }
        });
        assertThat(template.requestBody("direct:start", "q")).isEqualTo("Answer to: q");
        assertThat(stackAi().takeRequest(TIMEOUT).header("Authorization")).isEqualTo("Bearer k+/a=b%41~.");
    }

    @Test
    void callerRedeliversARejectedRun() throws Exception {
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
    void callerGetsTheFailure() throws Exception {
        stackAi().script(request -> Reply.error(402, "No credits left"));
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:run").errorHandler(noErrorHandler()).to(RUN);
                from("direct:stream").errorHandler(noErrorHandler()).to(STREAM);
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
    void sendsFeedbackOnTheRunOfTheMessage() throws Exception {
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

    @Test
    void sourceReceivesEachRunThatEnded() throws Exception {
        List<Object> received = new CopyOnWriteArrayList<>();
        stackAi().logRun("f", Map.of("run_id", "good"));
        stackAi().logRun("f", Map.of("run_id", "bad", "state", "FAILED"));
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:stackai-runs-source?flowId=f&startFrom=1h&states=FAILED")
                        .process(exchange -> received.add(exchange.getMessage().getHeader(StackAiConstants.RUN_ID)));
            }
        });
        Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> assertThat(received)
                .containsExactly("bad"));
    }
}

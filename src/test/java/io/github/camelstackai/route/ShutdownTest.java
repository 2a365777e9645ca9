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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.simulator.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls and streams while the component, a route or the context stops. */
class ShutdownTest extends RouteTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void callInFlightFailsWhenTheComponentStops() throws Exception {
        startRoute("stackai:run:f");
        stackAi().enqueue(Reply.never());
        CompletableFuture<Object> call = template.asyncRequestBody("direct:start", "q");
        eventually("the call is at the service", () -> assertThat(stackAi().openRequests())
                .isEqualTo(1));
        component.stop();
        assertThat(call)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(IOException.class)
                .withMessageContaining("stopped");
        eventually("the service sees the close", () -> assertThat(stackAi().openRequests())
                .isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run:f", "stream:f?streamMode=collect"})
    void gracefulStopWaitsForCallsInFlight(String call) throws Exception {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        stackAi().script(request -> Reply.usual().when(answer));
        startRoute("stackai:" + call);
        List<CompletableFuture<Object>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(template.asyncRequestBody("direct:start", "q" + i));
        }
        eventually("all calls are at the service", () -> assertThat(stackAi().openRequests())
                .isEqualTo(20));
        CompletableFuture<Void> stop = CompletableFuture.runAsync(context::stop);
        eventually("the context stops", () -> assertThat(context.isStopping()).isTrue());
        answer.complete(null);
        for (int i = 0; i < 20; i++) {
            assertThat(calls.get(i)).succeedsWithin(LONG).isEqualTo("Answer to: q" + i);
        }
        assertThat(stop).succeedsWithin(LONG);
        assertThat(stackAi().abortedRequests()).isZero();
    }

    @Test
    void stopCancelsCallsAfterTheShutdownTimeout() throws Exception {
        context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        context.getShutdownStrategy().setTimeout(400);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        stackAi()
                .script(request ->
                        request.text().contains("soon") ? Reply.usual().when(answer) : Reply.never());
        startRoute("stackai:run:f");
        CompletableFuture<Object> soon = template.asyncRequestBody("direct:start", "soon");
        List<CompletableFuture<Exchange>> never = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            never.add(template.asyncSend("direct:start", e -> e.getMessage().setBody("never")));
        }
        eventually("all calls are at the service", () -> assertThat(stackAi().openRequests())
                .isEqualTo(21));
        CompletableFuture<Void> stop = CompletableFuture.runAsync(context::stop);
        eventually("the context stops", () -> assertThat(context.isStopping()).isTrue());
        answer.complete(null);
        assertThat(soon).succeedsWithin(LONG).isEqualTo("Answer to: soon");
        assertThat(stop).succeedsWithin(LONG);
        for (CompletableFuture<Exchange> call : never) {
            assertThat(call).succeedsWithin(LONG);
            assertThat(call.join().getException())
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll("/run/sim-org/f", "stopped", "may have taken place");
        }
    }

    @Test
    void suspendedContextSendsNoCallUntilItResumes() throws Exception {
        context.getComponent("direct", DirectComponent.class).setBlock(false);
        startRoute("stackai:run:f");
        CompletableFuture<Void> answer = new CompletableFuture<>();
        stackAi().enqueue(Reply.usual().when(answer));
        CompletableFuture<Object> before = template.asyncRequestBody("direct:start", "before");
        eventually("the call is at the service", () -> assertThat(stackAi().openRequests())
                .isEqualTo(1));
        CompletableFuture<Void> suspended = CompletableFuture.runAsync(context::suspend);
        answer.complete(null);
        assertThat(suspended).succeedsWithin(LONG);
        assertThat(before).succeedsWithin(LONG).isEqualTo("Answer to: before");
        assertThat(send("while suspended").getException()).isInstanceOf(DirectConsumerNotAvailableException.class);
        assertThat(stackAi().requestCount()).isEqualTo(1);
        context.resume();
        assertThat(send("after").getMessage().getBody()).isEqualTo("Answer to: after");
    }

    @Test
    void stopOfTheComponentFailsOpenStreams() throws Exception {
        context.start();
        byte[] piece = Streams.utf8(Streams.frame("a") + "\n");
        List<StackAiStream> streams = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            stackAi().enqueue(Reply.streaming(() -> piece).trickle(500, Duration.ofMillis(20)));
            streams.add(template.requestBody("stackai:stream:f", "q", StackAiStream.class));
        }
        CompletableFuture<Void> reader =
                CompletableFuture.runAsync(() -> streams.get(0).forEachRemaining(chunk -> {}));
        component.stop();
        assertThat(reader)
                .failsWithin(LONG)
                .withThrowableThat()
                .withRootCauseInstanceOf(IOException.class)
                .withMessageContaining("stopped");
        assertThat(component.callsInFlight()).isZero();
        eventually("connections are closed", () -> assertThat(stackAi().openConnections())
                .isZero());
        for (StackAiStream stream : streams.subList(1, 20)) {
            assertThatThrownBy(() -> stream.forEachRemaining(chunk -> {}))
                    .isInstanceOf(StackAiStreamException.class)
                    .hasMessageContaining("stopped");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run:f", "stream:f", "stream:f?streamMode=collect", "feedback:f?runId=r", "metadata:f"})
    void callAfterTheStopIsNotSent(String call) throws Exception {
        startRoute("stackai:" + call);
        component.stop();
        assertThat(send("q").getException())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing was sent")
                .hasMessageContaining("stopped");
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void callBeforeTheStartOfTheContextEnds() {
        CompletableFuture<Exchange> call =
                template.asyncSend("stackai:run:f", e -> e.getMessage().setBody("q"));
        assertThat(call).succeedsWithin(LONG);
    }
}

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

import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The start, stop and suspension of {@code from("stackai:runs:flow")}. */
class RunsConsumerLifecycleTest extends RunsRouteTest {
    @Test
    void routeThatStartsAgainContinuesWhereItStopped() throws Exception {
        consume(FAST);
        pollTwice();
        log("r", Instant.now());
        eventuallyTold("r:COMPLETED");

        context.getRouteController().stopRoute("log");
        log("meanwhile", Instant.now());
        context.getRouteController().startRoute("log");

        eventuallyTold("r:COMPLETED", "meanwhile:COMPLETED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "suspend", "context"})
    void stopWithdrawsAPollThatWaits(String how) throws Exception {
        stackAi().script(request -> Reply.never());
        consume(SINCE_NOON);
        stackAi().takeRequest(Duration.ofSeconds(5));

        Instant begin = Instant.now();
        switch (how) {
            case "stop" -> context.getRouteController().stopRoute("log");
            case "suspend" -> context.getRouteController().suspendRoute("log");
            default -> context.stop();
        }

        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(3));
        eventually("the call is withdrawn", () -> assertThat(stackAi().openRequests())
                .isZero());
    }

    @Test
    void suspendedConsumerContinues() throws Exception {
        consume(SINCE_NOON);
        pollTwice();
        context.getRouteController().suspendRoute("log");
        log("r", NOON);
        context.getRouteController().resumeRoute("log");

        eventuallyTold("r:COMPLETED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        stackai:run:f                           | only stackai:runs
        stackai:stream:f                        | only stackai:runs
        stackai:feedback:f                      | only stackai:runs
        stackai:metadata:f                      | only stackai:runs
        stackai:runs                            | No flow: name it in the URI
        stackai:runs:f?orgId=                   | orgId
        stackai:runs:f?states=DONE              | states: 'DONE' is none of PENDING, PAUSED, RESUMED, COMPLETED, FAILED, CANCELLED
        stackai:runs:f?startFrom=yesterday      | startFrom: 'yesterday' is neither a date or time
        stackai:runs:f?startFrom=20261126       | startFrom: '20261126' is neither a date or time
        stackai:runs:f?limit=0                  | limit: 0 is less than the minimum, 1
        stackai:runs:f?lookback=-1              | lookback
        stackai:runs:f?delay=soon               | delay
        stackai:runs:f?idempotentRepository=#no | no
        """)
    void whatCannotBeConsumedFailsAtTheStart(String uri, String message) {
        assertThatThrownBy(() -> consume(uri)).hasStackTraceContaining(message);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void consumerWithoutACredentialFailsAtTheStart() {
        component.getConfiguration().setApiKey(null);
        LambdaRouteBuilder route = routes -> routes.from(FAST).to("mock:unused");

        assertThatThrownBy(() -> startRoutes(route)).hasStackTraceContaining("No credential");
    }

    @Test
    void repositoryRemembersWhatWasTold() throws Exception {
        MemoryIdempotentRepository repository = new MemoryIdempotentRepository();
        context.getRegistry().bind("seen", repository);
        log("r", NOON);
        log("known", NOON);
        repository.start();
        repository.add("known:ended");

        consume(SINCE_NOON + "&idempotentRepository=#seen");

        eventuallyTold("r:COMPLETED");
        eventually("the run is remembered", () -> assertThat(repository.contains("r:ended"))
                .isTrue());
    }
}

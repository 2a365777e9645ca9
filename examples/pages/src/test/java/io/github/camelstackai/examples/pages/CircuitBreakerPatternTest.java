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
package io.github.camelstackai.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.Reply;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A circuit breaker with a fixed answer. */
class CircuitBreakerPatternTest extends PatternTest {
    private static final String BREAKER = "Circuit breaker";

    static Stream<Arguments> statuses() {
        return IntStream.of(422, 429, 503).boxed().flatMap(status -> Arrays.stream(Language.values())
                .map(language -> Arguments.of(language, status)));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void openCircuitSendsNothing(Language language, int status) throws Exception {
        start(BREAKER, language);
        simulator().script(request -> Reply.error(status, "no"));
        for (int i = 0; i < 12; i++) {
            assertThat(send("q").getMessage().getBody(String.class)).startsWith("The assistant is not available.");
        }
        assertThat(asked("triage")).hasSize(10);
        assertThat(breaker().getCircuitBreakerState()).isEqualTo("OPEN");
        assertThat(breaker().getCircuitBreakerWaitDurationInOpenState()).isEqualTo(30);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void circuitOpensWhenHalfOfTenCallsFailed(Language language) throws Exception {
        start(BREAKER, language);
        for (int i = 0; i < 10; i++) {
            assertThat(breaker().getCircuitBreakerState()).isEqualTo("CLOSED");
            simulator().enqueue(i % 2 == 0 ? Reply.usual() : Reply.error(503, "down"));
            send("q");
        }
        assertThat(breaker().getCircuitBreakerState()).isEqualTo("OPEN");
    }

    private ResilienceProcessor breaker() {
        return (ResilienceProcessor)
                context.getRoutes().get(0).filter("circuitBreaker*").get(0);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void closedCircuitAnswers(Language language) throws Exception {
        start(BREAKER, language);
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void totalTimeoutInsideTheCircuitBreakerClosesTheConnection(Language language) throws Exception {
        set("answer.within", "200ms");
        start(BREAKER, language);
        simulator().enqueue(Reply.never());
        assertThat(send("q").getMessage().getBody(String.class)).startsWith("The assistant is not available.");
        await().atMost(PATIENCE).until(() -> simulator().abortedRequests() == 1);
    }

    /** What the page warns of. */
    @Test
    void timeoutOfTheCircuitBreakerCancelsNothingAndItsFallbackDoesNotKnowOfTheRun() throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        simulator().enqueue(Reply.usual().when(release));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .circuitBreaker()
                        .resilience4jConfiguration()
                        .timeoutEnabled(true)
                        .timeoutDuration(200)
                        .end()
                        .to("stackai:run:triage")
                        .onFallback()
                        .setBody(exchangeProperty("CamelStackAiMayHaveRun"))
                        .end();
            }
        });
        context.start();
        assertThat(send("q").getMessage().getBody()).isNull();
        assertThat(simulator().abortedRequests()).isZero();
        release.complete(null);
        await().atMost(PATIENCE).until(() -> simulator().runs().size() == 1 && component.callsInFlight() == 0);
    }
}

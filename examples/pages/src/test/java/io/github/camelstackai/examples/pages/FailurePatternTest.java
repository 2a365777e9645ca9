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

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.saga.InMemorySagaService;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The patterns of docs/patterns.md below "When a call fails". */
class FailurePatternTest extends PatternTest {
    private static final String FALLBACK = "Fall back to another version or flow";
    private static final String BREAKER = "Circuit breaker";
    private static final String NEVER_TWICE = "The same event never twice";
    private static final String SAGA = "Saga with compensation";
    private static final Map<String, Object> ORDER = Map.of("orderId", "4711");

    @ParameterizedTest
    @EnumSource(Language.class)
    void fallbackAnswersWhatTheFirstVersionRefuses(Language language) throws Exception {
        start(FALLBACK, language);
        for (int status : new int[] {404, 422, 429}) {
            simulator().enqueue(Reply.error(status, "no"));
            assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
        }
        assertThat(asked("triage"))
                .extracting(request -> request.query("version"))
                .containsExactly("8", "7", "8", "7", "8", "7");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void fallbackIsNotCalledWhenTheRunMayHaveTakenPlace(Language language) throws Exception {
        start(FALLBACK, language);
        simulator().enqueue(Reply.reset());
        assertThat(send("q").getException()).isInstanceOf(IOException.class);
        assertThat(asked("triage")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void openCircuitSendsNothing(Language language) throws Exception {
        start(BREAKER, language);
        simulator().script(request -> Reply.error(503, "down"));
        for (int i = 0; i < 12; i++) {
            assertThat(send("q").getMessage().getBody(String.class)).startsWith("The assistant is not available.");
        }
        assertThat(asked("triage")).hasSize(10);
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

    @ParameterizedTest
    @EnumSource(Language.class)
    void eventRunsOnce(Language language) throws Exception {
        start(NEVER_TWICE, language, "unclear");
        send("book", ORDER);
        send("book", ORDER);
        send("book", Map.of("orderId", "4712"));
        assertThat(asked("book-the-order")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void eventThatDidNotRunRunsWhenItIsDeliveredAgain(Language language) throws Exception {
        start(NEVER_TWICE, language, "unclear");
        simulator().enqueue(Reply.error(429, "slow down"));
        assertThat(send("book", ORDER).getException()).isInstanceOf(StackAiOperationFailedException.class);
        assertThat(send("book", ORDER).getException()).isNull();
        assertThat(asked("book-the-order")).hasSize(2);
        assertThat(end("unclear").getExchanges()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void eventThatMayHaveRunDoesNotRunAgain(Language language) throws Exception {
        start(NEVER_TWICE, language, "unclear");
        simulator().enqueue(Reply.error(503, "down"));
        send("book", ORDER);
        send("book", ORDER);
        assertThat(asked("book-the-order")).hasSize(1);
        assertThat(end("unclear").getExchanges()).singleElement().satisfies(unclear -> assertThat(
                        unclear.getMessage().getHeaders())
                .containsAllEntriesOf(ORDER));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void eventDoesNotRunAgainIfAStepBehindTheBlockFails(Language language) throws Exception {
        start(NEVER_TWICE, language, "unclear");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:event").to("direct:start").throwException(new IllegalStateException("behind the block"));
            }
        });
        for (int i = 0; i < 2; i++) {
            Exchange event = template.send("direct:event", exchange -> {
                exchange.getMessage().setBody("book");
                exchange.getMessage().setHeaders(new HashMap<>(ORDER));
            });
            assertThat(event.getException()).hasMessage("behind the block");
        }
        assertThat(asked("book-the-order")).hasSize(1);
    }

    /** What the page warns of. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void keyIsRemovedIfTheEndForUnclearEventsFails(Language language) throws Exception {
        start(NEVER_TWICE, language);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:unclear").throwException(new IllegalStateException("unclear failed"));
            }
        });
        simulator().script(request -> Reply.error(503, "down"));
        send("book", ORDER);
        send("book", ORDER);
        assertThat(asked("book-the-order")).hasSize(2);
    }

    /** What the page warns of. */
    @Test
    void keyIsRemovedIfOnExceptionHandlesTheFailure() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).to("mock:unclear");
                from("direct:start")
                        .idempotentConsumer(header("orderId"), new MemoryIdempotentRepository())
                        .to("stackai:run:book-the-order");
            }
        });
        context.start();
        simulator().enqueue(Reply.error(503, "down"));
        send("book", ORDER);
        send("book", ORDER);
        assertThat(asked("book-the-order")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void sagaThatFailsIsCompensated(Language language) throws Exception {
        start(SAGA, language, "reserve", "release", "sign");
        simulator().enqueue(Reply.error(503, "down"));
        assertThat(send("q", ORDER).getException()).isInstanceOf(StackAiOperationFailedException.class);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(end("release").getExchanges()).hasSize(1));
        assertThat(end("release").getExchanges().get(0).getMessage().getHeader("orderId"))
                .isEqualTo("4711");
        assertThat(end("reserve").getExchanges()).hasSize(1);
        assertThat(end("sign").getExchanges()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void sagaThatSucceedsIsNotCompensated(Language language) throws Exception {
        start(SAGA, language, "reserve", "release", "sign");
        assertThat(send("q", ORDER).getException()).isNull();
        assertThat(end("sign").getExchanges()).hasSize(1);
        await().during(Duration.ofMillis(300))
                .atMost(PATIENCE)
                .until(() -> end("release").getExchanges().isEmpty());
    }

    /** What the page warns of. */
    @Test
    void stepBehindASagaRunsAlthoughTheSagaFails() throws Exception {
        context.addService(new InMemorySagaService());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .saga()
                        .to("stackai:run:write-the-contract")
                        .end()
                        .to("mock:behind");
            }
        });
        context.start();
        simulator().enqueue(Reply.error(503, "down"));
        assertThat(send("q").getException()).isInstanceOf(StackAiOperationFailedException.class);
        assertThat(end("behind").getExchanges()).hasSize(1);
    }
}

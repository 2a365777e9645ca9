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

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.Reply;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fallback, and events that run once. */
class FailurePatternTest extends PatternTest {
    private static final String FALLBACK = "Fall back to another version or flow";
    private static final String NEVER_TWICE = "The same event never twice";
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

    @ParameterizedTest
    @EnumSource(Language.class)
    void eventWhoseFailureSaysNothingDoesNotRunAgain(Language language) throws Exception {
        MockEndpoint failing = fail("stackai://run:book-the-order", new IllegalStateException("unknown"));
        start(NEVER_TWICE, language, "unclear");
        send("book", ORDER);
        send("book", ORDER);
        assertThat(failing.getReceivedCounter()).isEqualTo(1);
        assertThat(end("unclear").getExchanges()).hasSize(1);
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
}

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
import java.time.Duration;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.saga.InMemorySagaService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reservation that is released if the run after it failed. */
class SagaPatternTest extends PatternTest {
    private static final String SAGA = "Saga with compensation";
    private static final Map<String, Object> ORDER = Map.of("orderId", "4711");

    @ParameterizedTest
    @EnumSource(Language.class)
    void reservationThatFailsIsReleasedToo(Language language) throws Exception {
        start(SAGA, language, "reserve", "release", "sign");
        end("reserve").whenAnyExchangeReceived(exchange -> {
            throw new IllegalStateException("reserve failed");
        });
        assertThat(send("q", ORDER).getException()).hasMessage("reserve failed");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(end("release").getExchanges()).hasSize(1));
        assertThat(asked("write-the-contract")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void releaseIsTriedFiveTimes(Language language) throws Exception {
        start(SAGA, language, "reserve", "release", "sign");
        InMemorySagaService sagas = language == Language.JAVA
                ? context.hasService(InMemorySagaService.class)
                : context.getRegistry().findSingleByType(InMemorySagaService.class);
        sagas.setRetryDelayInMilliseconds(10);
        MockEndpoint release = end("release");
        release.whenAnyExchangeReceived(exchange -> {
            throw new IllegalStateException("release failed");
        });
        simulator().enqueue(Reply.error(503, "down"));
        send("q", ORDER);
        await().atMost(PATIENCE).until(() -> release.getReceivedCounter() == 5);
        await().during(Duration.ofMillis(200)).atMost(PATIENCE).until(() -> release.getReceivedCounter() == 5);
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

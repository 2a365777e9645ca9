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
package io.github.camelstackai.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.http.SimulatedCall;
import io.github.camelstackai.message.ExchangeUpdate;
import io.github.camelstackai.message.TestExchanges;
import io.github.camelstackai.observe.CallObservation;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.text.Redactor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonResponseHandlerTest {
    private static final int MAX = 40;

    private final List<ExchangeUpdate> updates = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Exchange exchange = TestExchanges.withBody("q");

    private SimulatedCall call(JsonResponseHandler.Mapper mapper) {
        JsonResponseHandler handler = new JsonResponseHandler(new Json(), MAX, mapper, "; the end");
        CallDescription call = new CallDescription("The call", Redactor.of(List.of("topsecret")));
        return new SimulatedCall(handler.receiver(call, new PendingAnswer() {
            @Override
            public void complete(ExchangeUpdate update) {
                updates.add(update);
            }

            @Override
            public void begin(ExchangeUpdate update) {
                throw new AssertionError("The answer is complete");
            }

            @Override
            public CallObservation observation() {
                return CallObservation.NONE;
            }

            @Override
            public void fail(Throwable cause, boolean sent) {
                failures.add(cause);
            }
        }));
    }

    private SimulatedCall call() {
        return call((object, call, mapped) -> mapped.getMessage().setBody(object.get("a")));
    }

    private Throwable failureOf(String body) {
        updates.clear();
        call().respond(200, body);
        return catchThrowable(() -> updates.get(0).applyTo(exchange));
    }

    @Test
    void objectIsMappedWhenItIsAppliedToTheExchange() throws Exception {
        call().respond(200, "{\"a\":1}");
        assertThat(exchange.getMessage().getBody())
                .as("the I/O thread parses nothing")
                .isEqualTo("q");
        updates.get(0).applyTo(exchange);
        assertThat(exchange.getMessage().getBody()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "\"text\"", "null", "1", "<html>", "{\"a\":1", "{} {}", "{\"a\":1}x"})
    void whatIsNoJsonObjectIsRefusedWithItsStart(String body) {
        assertThat(failureOf(body))
                .isInstanceOf(StackAiResponseException.class)
                .hasMessageStartingWith("The call was answered with HTTP status 200")
                .hasMessageContainingAll("it begins: " + body, "baseUrl")
                .hasMessageEndingWith("; the end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n"})
    void emptyResponseIsNamedSo(String body) {
        assertThat(failureOf(body)).isInstanceOf(StackAiResponseException.class).hasMessageContaining("it is empty");
    }

    @Test
    void responseBeyondTheLimitNamesTheOption() {
        assertThat(failureOf("{\"a\":\"" + "x".repeat(MAX) + "\"}"))
                .isInstanceOf(StackAiResponseException.class)
                .hasMessageContainingAll("maxResponseSize", MAX + " bytes", "it begins: {\"a\":\"xxx");
    }

    @Test
    void credentialIsNotShown() {
        assertThat(failureOf("Bearer topsecret")).hasMessageContaining("Bearer [credential]");
        assertThat(failureOf("topsecret").getCause()).isNull();
    }

    @Test
    void credentialThatTheLimitCutsIsNotShownInPart() {
        for (int shown = 1; shown < "topsecret".length(); shown++) {
            assertThat(failureOf("<".repeat(MAX - shown) + "topsecret"))
                    .hasMessageContaining("it begins: <<<")
                    .message()
                    .doesNotContain("<" + "topsecret".substring(0, shown));
        }
    }

    @Test
    void objectThatIsNotWhatIsPromisedIsRefused() {
        IllegalArgumentException cause = new IllegalArgumentException("no outputs");
        call((object, call, mapped) -> {
                    throw cause;
                })
                .respond(200, "{\"b\":2}");
        assertThatThrownBy(() -> updates.get(0).applyTo(exchange))
                .isInstanceOf(StackAiResponseException.class)
                .hasMessageContaining("it begins: {\"b\":2}")
                .hasCause(cause);
    }

    @Test
    void failureOfTheRunIsThrownAsItIs() {
        Exception failure = new Exception("run failed");
        call((object, call, mapped) -> {
                    throw failure;
                })
                .respond(200, "{}");
        assertThatThrownBy(() -> updates.get(0).applyTo(exchange)).isSameAs(failure);
    }

    @Test
    void responseThatBreaksOffIsAFailure() {
        IOException cause = new IOException("reset");
        call().head(200).body("{").fail(cause, true);
        assertThat(failures).containsExactly(cause);
        assertThat(updates).isEmpty();
    }
}

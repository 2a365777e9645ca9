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
package io.github.camelstackai.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiResponse;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.protocol.RunResult;
import io.github.camelstackai.text.Redactor;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelException;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class OutputMapperTest {
    private static final Map<String, Object> ONE = Map.of("run_id", "r-1", "outputs", Map.of("out-0", "a"));
    private static final Map<String, Object> TWO =
            Map.of("run_id", "r-1", "outputs", Map.of("out-0", "a", "out-1", "b"));

    private final CallDescription call = new CallDescription("The run", Redactor.of(List.of("topsecret")));
    private final Exchange exchange = TestExchanges.withBody("q");

    private Object body(StackAiResponse response, String output, Map<String, Object> result) throws CamelException {
        new OutputMapper(response, output).apply(RunResult.of(result), call, exchange);
        return exchange.getMessage().getBody();
    }

    private Object header(String name) {
        return exchange.getMessage().getHeader(name);
    }

    @Test
    void soleOutputIsTheBody() throws Exception {
        assertThat(body(StackAiResponse.OUTPUT, null, ONE)).isEqualTo("a");
    }

    @Test
    void severalOutputsAreAMap() throws Exception {
        assertThat(body(StackAiResponse.OUTPUT, null, TWO)).isEqualTo(Map.of("out-0", "a", "out-1", "b"));
    }

    @Test
    void namedOutputIsTheBody() throws Exception {
        assertThat(body(StackAiResponse.OUTPUT, "out-1", TWO)).isEqualTo("b");
        Map<String, Object> none = Map.of("outputs", Collections.singletonMap("out-1", null));
        assertThat(body(StackAiResponse.OUTPUT, "out-1", none)).isNull();
    }

    @Test
    void runWithoutOutputsHasNoBody() throws Exception {
        assertThat(body(StackAiResponse.OUTPUT, null, Map.of("outputs", Map.of())))
                .isNull();
    }

    @Test
    void missingOutputIsRefusedWithThoseThereAre() {
        Map<String, Object> result = Map.of("run_id", "r-1", "outputs", Map.of("topsecret", "a"));
        assertThatThrownBy(() -> body(StackAiResponse.OUTPUT, "out-9", result))
                .isInstanceOfSatisfying(StackAiResponseException.class, e -> assertThat(e.getRunId())
                        .isEqualTo("r-1"))
                .hasMessageStartingWith("Run r-1, The run, has no output 'out-9'")
                .hasMessageContainingAll("[credential]", "option output");
        assertThat(exchange.getMessage().getBody()).isEqualTo("q");
    }

    @Test
    void pausedRunNeedsNotHaveItsOutputYet() throws Exception {
        Map<String, Object> paused = Map.of("outputs", Map.of(), "pause", Map.of("reason", "approval"));
        assertThat(body(StackAiResponse.OUTPUT, "out-9", paused)).isNull();
        assertThat(header(StackAiConstants.STATE)).isEqualTo("PAUSED");
        assertThat(header(StackAiConstants.PAUSE)).isEqualTo(Map.of("reason", "approval"));
    }

    @Test
    void wholeAnswerOrAllOutputsMayBeTheBody() throws Exception {
        assertThat(body(StackAiResponse.FULL, "out-9", ONE)).isEqualTo(ONE);
        assertThat(body(StackAiResponse.OUTPUTS, "out-9", ONE)).isEqualTo(Map.of("out-0", "a"));
    }

    @Test
    void headersSayWhatTheAnswerSays() throws Exception {
        body(
                StackAiResponse.OUTPUT,
                null,
                Map.of(
                        "run_id",
                        "r-1",
                        "state",
                        "COMPLETED",
                        "citations",
                        List.of("c"),
                        "outputs",
                        Map.of("out-0", "a")));
        assertThat(exchange.getMessage().getHeaders())
                .containsOnly(
                        Map.entry(StackAiConstants.RUN_ID, "r-1"),
                        Map.entry(StackAiConstants.STATE, "COMPLETED"),
                        Map.entry(StackAiConstants.OUTPUTS, Map.of("out-0", "a")),
                        Map.entry(StackAiConstants.CITATIONS, List.of("c")));
    }

    @Test
    void headersOfAnEarlierRunAreRemoved() throws Exception {
        for (String name : List.of(
                StackAiConstants.RUN_ID, StackAiConstants.STATE, StackAiConstants.CITATIONS, StackAiConstants.PAUSE)) {
            exchange.getMessage().setHeader(name, "of an earlier run");
        }
        body(StackAiResponse.OUTPUT, null, Map.of("outputs", Map.of("out-0", "a")));
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys(StackAiConstants.OUTPUTS);
    }

    @Test
    void inputsOfTheCallAreNotThoseOfTheNext() throws Exception {
        exchange.getMessage().setHeader(StackAiConstants.INPUTS, Map.of("in-1", "a"));
        body(StackAiResponse.OUTPUT, null, ONE);
        assertThat(header(StackAiConstants.INPUTS)).isNull();
    }

    @Test
    void headerHasAMapOfItsOwn() throws Exception {
        Object body = body(StackAiResponse.OUTPUTS, null, ONE);
        assertThat(header(StackAiConstants.OUTPUTS)).isEqualTo(body).isNotSameAs(body);
    }

    @Test
    void failedRunIsThrownAndLeavesTheMessageAlone() {
        assertThatThrownBy(() -> body(StackAiResponse.FULL, null, Map.of("run_id", "r-1", "error", "broken")))
                .isInstanceOf(StackAiRunFailedException.class)
                .hasMessageContainingAll("Run r-1", "broken");
        assertThat(exchange.getMessage().getBody()).isEqualTo("q");
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.simulator.Reply;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The body and the headers that the response of a run becomes. */
class RunOutputTest extends RouteTest {
    private static final String TWO =
            "{\"outputs\":{\"out-0\":\"Hi\",\"out-7\":{\"score\":4}},\"citations\":[\"c\"],\"run_id\":\"r1\",\"metadata\":null,"
                    + "\"progress_data\":null,\"state\":\"COMPLETED\",\"pause\":null,\"error\":null,\"new\":1}";

    @BeforeEach
    void start() throws Exception {
        startRoute("stackai:run:f");
    }

    private Message answer(String json) {
        stackAi().enqueue(Reply.text(json).contentType("application/json"));
        Exchange exchange = send("q");
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage();
    }

    private Object bodyOf(String uri, String json) {
        stackAi().enqueue(Reply.text(json).contentType("application/json"));
        return template.requestBody(uri, "q");
    }

    @Test
    void soleOutputIsTheBody() {
        assertThat(answer("{\"outputs\":{\"out-3\":\"Hi\"}}").getBody()).isEqualTo("Hi");
        assertThat(answer("{\"outputs\":{\"out-3\":{\"a\":[1,\"x\"]}}}").getBody())
                .isEqualTo(Map.of("a", List.of(1, "x")));
        assertThat(answer("{\"outputs\":{\"out-3\":[1]}}").getBody()).isEqualTo(List.of(1));
    }

    @Test
    void severalOutputsAreAMap() {
        assertThat(answer(TWO).getBody()).isEqualTo(Map.of("out-0", "Hi", "out-7", Map.of("score", 4)));
    }

    @Test
    void noOutputIsANullBody() {
        assertThat(answer("{\"outputs\":{}}").getBody()).isNull();
        assertThat(answer("{\"outputs\":null,\"run_id\":\"r\"}").getBody()).isNull();
    }

    @Test
    void namedOutputIsTheBody() {
        assertThat(bodyOf("stackai:run:f?output=out-7", TWO)).isEqualTo(Map.of("score", 4));
    }

    @Test
    void missingOutputIsAnErrorThatListsTheOutputs() {
        stackAi().enqueue(Reply.text(TWO));
        Exchange failed = template.request(
                "stackai:run:f?output=out-1", e -> e.getMessage().setBody("q"));
        assertThat(failed.getException())
                .isInstanceOfSatisfying(StackAiResponseException.class, e -> {
                    assertThat(e.isRetryable()).isFalse();
                    assertThat(e.getRunId()).isEqualTo("r1");
                })
                .hasMessageContaining("out-1")
                .hasMessageContaining("[out-0, out-7]")
                .hasMessageContaining("r1");
    }

    @Test
    void responseOutputsIsAlwaysTheMapOfOutputs() {
        assertThat(bodyOf("stackai:run:f?response=outputs", "{\"outputs\":{\"out-0\":\"Hi\"}}"))
                .isEqualTo(Map.of("out-0", "Hi"));
    }

    @Test
    void responseFullIsTheWholeResponseWithUnknownKeys() {
        Object body = bodyOf("stackai:run:f?response=full", TWO);
        assertThat(body)
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("new", 1)
                .containsEntry("run_id", "r1")
                .containsEntry("error", null)
                .containsKey("progress_data");
    }

    @Test
    void headersDescribeTheRun() {
        Message message = answer(TWO);
        assertThat(message.getHeaders())
                .containsEntry(StackAiConstants.RUN_ID, "r1")
                .containsEntry(StackAiConstants.STATE, "COMPLETED")
                .containsEntry(StackAiConstants.CITATIONS, List.of("c"))
                .containsEntry(StackAiConstants.OUTPUTS, Map.of("out-0", "Hi", "out-7", Map.of("score", 4)))
                .doesNotContainKey(StackAiConstants.PAUSE);
    }

    @Test
    void headersOfAnEarlierRunAreRemoved() {
        stackAi().enqueue(Reply.text("{\"outputs\":{\"out-0\":\"x\"}}"));
        Exchange exchange = send(
                "q",
                Map.of(
                        StackAiConstants.RUN_ID,
                        "old",
                        StackAiConstants.STATE,
                        "old",
                        StackAiConstants.CITATIONS,
                        "old"));
        assertThat(exchange.getMessage().getHeaders())
                .doesNotContainKeys(StackAiConstants.RUN_ID, StackAiConstants.STATE, StackAiConstants.CITATIONS);
    }

    @Test
    void flatObjectIsTheOutputs() {
        assertThat(answer("{\"out-0\":\"Hi\"}").getBody()).isEqualTo("Hi");
        stackAi().enqueue(Reply.usual());
        assertThat(template.requestBody("stackai:run:f?verbose=false", "q")).isEqualTo("Answer to: q");
    }

    @Test
    void pausedRunIsNoError() {
        Message message = answer("{\"outputs\":{},\"run_id\":\"r1\",\"state\":null,\"pause\":{\"node\":\"approve\"}}");
        assertThat(message.getBody()).isNull();
        assertThat(message.getHeaders())
                .containsEntry(StackAiConstants.STATE, "PAUSED")
                .containsEntry(StackAiConstants.PAUSE, Map.of("node", "approve"));
        assertThat(bodyOf("stackai:run:f?output=out-1", "{\"outputs\":{},\"state\":\"PAUSED\"}"))
                .isNull();
    }

    @Test
    void unknownStateIsKept() {
        assertThat(answer("{\"outputs\":{\"out-0\":\"x\"},\"state\":\"ODD\"}").getHeader(StackAiConstants.STATE))
                .isEqualTo("ODD");
    }

    @Test
    void reportedErrorIsAFailureWithTheOutputs() {
        assertRunFailed(
                "{\"outputs\":{\"out-0\":\"half\"},\"run_id\":\"r1\",\"state\":null,\"error\":\"quota\"}",
                null,
                "quota");
        assertRunFailed(
                "{\"outputs\":{\"out-0\":\"half\"},\"run_id\":\"r1\",\"state\":\"FAILED\",\"error\":null}",
                "FAILED",
                null);
        assertRunFailed(
                "{\"outputs\":{\"out-0\":\"half\"},\"run_id\":\"r1\",\"state\":\"CANCELLED\"}", "CANCELLED", null);
    }

    private void assertRunFailed(String json, String state, String error) {
        stackAi().enqueue(Reply.text(json));
        Exchange exchange = send("q");
        assertThat(exchange.getException())
                .isInstanceOfSatisfying(StackAiRunFailedException.class, e -> {
                    assertThat(e.getRunId()).isEqualTo("r1");
                    assertThat(e.getState()).isEqualTo(state);
                    assertThat(e.getError()).isEqualTo(error);
                    assertThat(e.getOutputs()).isEqualTo(Map.of("out-0", "half"));
                    assertThat(e.isRetryable()).isFalse();
                })
                .hasMessageContaining("r1")
                .hasMessageContaining("flow f");
        assertThat(exchange.getMessage().getBody()).isEqualTo("q");
    }

    @Test
    void contentTypeOfTheRequestBodyIsRemoved() {
        stackAi().enqueue(Reply.text("{\"outputs\":{\"out-0\":\"not json\"}}"));
        Exchange exchange = send("{}", Map.of(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isNull();
    }

    @Test
    void textOfMoreThanTwentyMillionCharactersIsRead() {
        String text = "x".repeat(21_000_000);
        assertThat(bodyOf("stackai:run:f", "{\"outputs\":{\"out-0\":\"" + text + "\"}}"))
                .isEqualTo(text);
    }
}

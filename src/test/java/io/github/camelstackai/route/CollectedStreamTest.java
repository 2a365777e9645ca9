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

import static io.github.camelstackai.route.Streams.END;
import static io.github.camelstackai.route.Streams.frame;
import static io.github.camelstackai.route.Streams.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.simulator.Reply;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that is collected: one body, in the shape that the options ask for. */
class CollectedStreamTest extends RouteTest {
    @Test
    void collectedAnswerIsTheWholeOutput() {
        context.start();
        stackAi()
                .enqueue(
                        Reply.text(
                                frame("Hel") + "\n" + frame("lo") + "\n"
                                        + "{\"outputs\":{\"out-0\":\"!\"},\"run_id\":\"r1\",\"state\":\"COMPLETED\",\"citations\":[1]}\n"));
        Exchange exchange = template.request(
                "stackai:stream:f?streamMode=collect", e -> e.getMessage().setBody("q"));
        assertThat(exchange.getMessage().getBody()).isEqualTo("Hello!");
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(StackAiConstants.RUN_ID, "r1")
                .containsEntry(StackAiConstants.STATE, "COMPLETED")
                .containsEntry(StackAiConstants.OUTPUTS, Map.of("out-0", "Hello!"))
                .containsEntry(StackAiConstants.CITATIONS, List.of(1));
    }

    @Test
    void optionsResponseAndOutputApplyToTheCollectedAnswer() {
        context.start();
        String stream =
                "{\"outputs\":{\"out-0\":\"a\"}}\n{\"outputs\":{\"out-1\":{\"n\":1}}}\n{\"outputs\":{\"out-0\":\"b\"}}\n"
                        + END + "\n";
        stackAi().script(request -> Reply.text(stream));
        Map<String, Object> outputs = Map.of("out-0", "ab", "out-1", Map.of("n", 1));
        String collect = "stackai:stream:f?streamMode=collect";
        assertThat(template.requestBody(collect, "q")).isEqualTo(outputs);
        assertThat(template.requestBody(collect + "&response=outputs", "q")).isEqualTo(outputs);
        assertThat(template.requestBody(collect + "&output=out-1", "q")).isEqualTo(Map.of("n", 1));
        assertThat((Map<?, ?>) template.requestBody(collect + "&response=full", "q"))
                .extracting("outputs", "state")
                .containsExactly(outputs, "COMPLETED");
    }

    @Test
    void collectedAnswerOfSnapshotsIsTheLastOne() {
        context.start();
        stackAi().enqueue(reply("Hel", "Hello"));
        assertThat(template.requestBody("stackai:stream:f?streamMode=collect&delta=false", "q"))
                .isEqualTo("Hello");
    }

    @Test
    void collectedAnswerBeyondTheLimitIsTooLarge() {
        context.start();
        byte[] piece = Streams.utf8(frame("x".repeat(100)) + "\n");
        assertThat(failedCall("stackai:stream:f?streamMode=collect&maxResponseSize=5000", Reply.streaming(() -> piece))
                        .getException())
                .isInstanceOfSatisfying(StackAiStreamException.class, e -> {
                    assertThat(e.getReason()).isEqualTo(Reason.TOO_LARGE);
                    assertThat(e.getText()).hasSizeBetween(5000, 6000).matches("x+");
                });
    }

    /** The last frame may lack the keys of an earlier one, or hold null for them. */
    @ParameterizedTest
    @ValueSource(strings = {"", ",\"citations\":null,\"metadata\":null,\"custom\":null"})
    void keysOfAnEarlyFrameAreInTheCollectedAnswer(String absent) {
        String early = "{\"outputs\":{\"out-0\":\"Hel\"},\"run_id\":\"r1\","
                + "\"citations\":[1],\"metadata\":{\"a\":1},\"custom\":\"x\",\"state\":null}\n";
        String last = "{\"outputs\":{\"out-0\":\"!\"},\"run_id\":\"r1\",\"state\":\"COMPLETED\"" + absent + "}\n";
        stackAi().script(request -> Reply.text(early + frame("lo") + "\n" + last));
        Exchange exchange = call("stackai:stream:f?streamMode=collect&response=full");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(StackAiConstants.CITATIONS)).isEqualTo(List.of(1));
        assertThat(exchange.getMessage().getBody())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("citations", List.of(1))
                .containsEntry("metadata", Map.of("a", 1))
                .containsEntry("custom", "x")
                .containsEntry("state", "COMPLETED")
                .containsEntry("run_id", "r1")
                .containsEntry("outputs", Map.of("out-0", "Hello!"));
    }

    @Test
    void laterValueReplacesThatOfAnEarlyFrame() {
        String frames = "{\"outputs\":{\"out-0\":\"a\"},\"citations\":[1]}\n{\"outputs\":{},\"citations\":[1,2]}\n";
        stackAi().enqueue(Reply.text(frames + END + "\n"));
        Exchange exchange = call("stackai:stream:f?streamMode=collect");
        assertThat(exchange.getMessage().getHeader(StackAiConstants.CITATIONS)).isEqualTo(List.of(1, 2));
    }
}

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
package io.github.camelstackai.protocol.frame;

import static io.github.camelstackai.protocol.frame.Frame.Kind.DATA;
import static io.github.camelstackai.protocol.frame.Frame.Kind.END;
import static io.github.camelstackai.protocol.frame.Frame.Kind.FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndMarkerTest {
    private static final String FIRST = "{\"outputs\":{\"out-0\":\"a\"},\"run_id\":\"r1\"}\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"outputs\":{},\"state\":\"COMPLETED\"}",
                "{\"outputs\":{},\"metadata\":{\"done\":true}}",
                "{\"outputs\":{\"type\":\"stream_complete\"}}",
                "{\"outputs\":{\"type\":\"stream_complete\",\"message\":\"Stream completed successfully\"}}",
                "{\"outputs\":{\"stream_complete\":true}}",
                "{\"outputs\":{\"stream_complete\":\"Stream completed successfully\"}}",
                "{\"outputs\":{\"stream_complete\":{}}}",
                "{\"event\":\"stream_complete\"}",
                "{\"type\":\"stream_complete\",\"message\":\"Stream completed successfully.\",\"timestamp\":12}",
                "{\"status\":\"stream_complete\",\"outputs\":null}",
                "{\"status\":\"stream_complete\",\"outputs\":{\"out-0\":\"Stream completed successfully\"}}",
                "event: stream_complete",
                "event:stream_complete\ndata:\n",
                "event: stream_complete\ndata: Stream completed successfully\n",
                "event: stream_complete\nevent: other\n",
                "event: stream_complete\nanything\n",
                "event: stream_complete\n[DONE]\n",
                "event: stream_complete\ndata: {\"message\":\"Stream completed successfully\"}",
                "data: Stream completed successfully\nevent: stream_complete\n",
                "[DONE]",
                "  [DONE]  ",
                "data: [DONE]",
                "data:[DONE] ",
                "data:\ndata: [DONE]\n",
            })
    void streamEndsAndNoSignOfThatIsOutput(String end) {
        for (String after : new String[] {"", "\n", "\n\n", "\n\n<html>" + "x".repeat(DecodedStream.LIMIT)}) {
            DecodedStream stream = DecodedStream.of(FIRST + end + after);

            assertThat(stream.failure()).isNull();
            assertThat(stream.ended()).isTrue();
            assertThat(stream.kinds()).containsExactly(DATA, END);
            assertThat(stream.last().result().outputs()).doesNotContainKeys("type", "event", "status");
            assertThat(stream.text().replace("{}", "")).isEqualTo("a");
            assertThat(stream.last().result().runId()).isEqualTo("r1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"outputs\":{\"out-0\":\"b\"},\"state\":\"COMPLETED\"}",
                "{\"outputs\":{\"out-0\":\"b\"},\"metadata\":{\"done\":true}}",
                "{\"outputs\":{\"out-0\":\"b\",\"type\":\"stream_complete\"}}",
                "{\"outputs\":{\"out-0\":\"b\",\"stream_complete\":true}}",
                "{\"outputs\":{\"out-0\":\"b\"},\"event\":\"stream_complete\"}",
                "{\"out-0\":\"b\",\"event\":\"stream_complete\"}",
                "event: stream_complete\ndata: {\"outputs\":{\"out-0\":\"b\"}}\n",
                "event: stream_complete\n{\"outputs\":{\"out-0\":\"b\"}}\n",
            })
    void outputInTheLastFrameIsKept(String end) {
        DecodedStream stream = DecodedStream.of(FIRST + end + "\n");

        assertThat(stream.kinds()).containsExactly(DATA, END);
        assertThat(stream.last().result().outputs()).containsExactly(Map.entry("out-0", "b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"outputs\":{\"out-0\":\"Stream completed successfully\"}}",
                "{\"outputs\":{\"out-0\":\"stream_complete\"}}",
                "{\"outputs\":{\"out-0\":\"[DONE]\"}}",
                "{\"outputs\":{\"out-0\":{\"type\":\"stream_complete\"}}}",
                "{\"outputs\":{\"type\":\"other\"}}",
                "{\"outputs\":{\"out-0\":\"x\"},\"metadata\":{\"done\":false}}",
            })
    void answerThatReadsLikeASignIsOutput(String frame) {
        DecodedStream stream = DecodedStream.of(frame + "\n[DONE]\n");

        assertThat(stream.kinds()).containsExactly(DATA, END);
        assertThat(stream.text()).isNotEmpty();
    }

    @Test
    void answerThatContainsTheTextStaysEvenInTheLastFrame() {
        DecodedStream stream = DecodedStream.of(
                "{\"outputs\":{\"out-0\":\"It said: Stream completed successfully\"},\"state\":\"COMPLETED\"}\n");

        assertThat(stream.text()).isEqualTo("It said: Stream completed successfully");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "null"})
    void signThatIsNotSetEndsNothingAndIsNoOutput(String flag) {
        DecodedStream stream = DecodedStream.of("{\"outputs\":{\"out-0\":\"a\",\"stream_complete\":" + flag + "}}\n");

        assertThat(stream.kinds()).containsExactly(DATA);
        assertThat(stream.last().result().outputs()).containsExactly(Map.entry("out-0", "a"));
    }

    @Test
    void rawKeepsTheSigns() {
        DecodedStream stream = DecodedStream.of("{\"outputs\":{\"type\":\"stream_complete\"}}\n");

        assertThat(stream.last().result().raw()).containsEntry("outputs", Map.of("type", "stream_complete"));
        assertThat(DecodedStream.of("[DONE]").last().result().raw()).isEmpty();
    }

    @Test
    void failureOutranksTheEnd() {
        assertThat(DecodedStream.of("{\"type\":\"stream_complete\",\"error\":\"x\"}\n")
                        .kinds())
                .containsExactly(FAILURE);
    }

    @Test
    void endOfTheBodyProvesNothing() {
        assertThat(DecodedStream.of(FIRST).ended()).isFalse();
        assertThat(DecodedStream.of("").ended()).isFalse();
    }
}

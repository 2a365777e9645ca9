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

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FrameDecoderChunkingTest {
    private static final List<String> FRAMES = List.of(
            "{\"outputs\":{},\"run_id\":\"r1\",\"progress_data\":{\"current_node\":\"Input\",\"total_nodes\":7}}",
            "{\"outputs\":{\"out-0\":\" Grüße\"},\"run_id\":\"r1\"}",
            "{\"outputs\":{\"out-0\":\" aus € \"},\"state\":\"PENDING\"}",
            "{\"outputs\":{\"out-0\":\"\"}}",
            "{\"outputs\":{\"out-0\":\"😀😀 \\\"}{\\\\\"}}",
            "{\"outputs\":{\"out-0\":\"日本\\n\"},\"state\":\"COMPLETED\"}");
    private static final String TEXT = " Grüße aus € 😀😀 \"}{\\日本\n";

    private static final Map<String, UnaryOperator<String>> FORMS = Map.of(
            "JSON Lines",
            frame -> frame + "\n",
            "JSON Lines with stray prefixes",
            frame -> "data: " + frame + "\n",
            "events",
            frame -> ": ping\nid: 1\nevent: message\ndata: " + frame + "\n\n",
            "events of many lines",
            frame -> "data:" + frame.replace(":{", ":\ndata:{").replace(",\"", "\ndata: ,\"") + "\n\n");

    static Stream<Arguments> bodies() {
        return FORMS.keySet().stream()
                .flatMap(form -> Stream.of("\n", "\r\n", "\r").map(lineEnd -> Arguments.of(form, lineEnd)));
    }

    private static String body(String form, String lineEnd) {
        String start = form.startsWith("events") ? "\uFEFF" : "";
        return start
                + FRAMES.stream()
                        .map(FORMS.get(form))
                        .reduce("", String::concat)
                        .replace("\n", lineEnd);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("bodies")
    void chunkSizeFormAndLineEndMakeNoDifference(String form, String lineEnd) {
        List<Frame> expected = DecodedStream.of(body("JSON Lines", "\n")).frames();

        for (int chunkSize : new int[] {1, 2, 3, 7, 64, Integer.MAX_VALUE}) {
            DecodedStream stream = DecodedStream.of(body(form, lineEnd), chunkSize);

            assertThat(stream.failure()).isNull();
            assertThat(stream.frames()).isEqualTo(expected).hasSameSizeAs(FRAMES);
            assertThat(stream.text()).isEqualTo(TEXT);
            assertThat(stream.ended()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("bodies")
    void bodyCutAnywhereIsTruncatedOrWholeButNeverMalformed(String form, String lineEnd) {
        byte[] whole = body(form, lineEnd).getBytes(StandardCharsets.UTF_8);

        for (int length = 0; length < whole.length; length++) {
            DecodedStream stream = DecodedStream.of(Arrays.copyOf(whole, length), DecodedStream.LIMIT, 7);

            assertThat(stream.failure()).as("cut at %d", length).isNull();
            assertThat(TEXT).startsWith(stream.text());
            assertThat(stream.ended()).isEqualTo(stream.text().equals(TEXT));
        }
    }

    @Test
    void publishedSampleIsOneAnswer() {
        DecodedStream stream = DecodedStream.of("""
                {"outputs":{},"run_id":"r1","metadata":{},"progress_data":{"current_node":"Input","total_nodes":7,"started_nodes":1,"completed_nodes":0},"state":null,"pause":null,"error":null}
                {"outputs":{"out-0":"Hel"},"run_id":"r1","metadata":{},"progress_data":{"current_node":"Output","total_nodes":7,"started_nodes":6,"completed_nodes":5},"state":null,"pause":null,"error":null}
                {"outputs":{"out-0":"lo"},"run_id":"r1","metadata":{},"progress_data":null,"state":null,"pause":null,"error":null}
                {"outputs":{},"run_id":"r1","metadata":{},"progress_data":{"current_node":"Output","total_nodes":7,"started_nodes":6,"completed_nodes":6},"state":"COMPLETED","pause":null,"error":null}
                """);

        assertThat(stream.text()).isEqualTo("Hello");
        assertThat(stream.kinds()).containsExactly(Frame.Kind.DATA, Frame.Kind.DATA, Frame.Kind.DATA, Frame.Kind.END);
        assertThat(stream.frames().get(1).result().progress()).containsEntry("current_node", "Output");
        assertThat(stream.last().result().state()).isEqualTo("COMPLETED");
    }
}

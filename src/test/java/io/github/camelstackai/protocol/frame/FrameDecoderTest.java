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
import static io.github.camelstackai.protocol.frame.Frame.Kind.PAUSE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.RunResult;
import io.github.camelstackai.protocol.frame.StreamDecodingException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
    private static final String COMPLETED = "{\"outputs\":{},\"state\":\"COMPLETED\"}\n";

    @Test
    void frameIsHandedOnAsSoonAsItsLineEnds() throws Exception {
        List<Frame> frames = new ArrayList<>();
        FrameDecoder decoder = new FrameDecoder(new Json(), 1024, true, frames::add);

        feed(decoder, "{\"outputs\":{\"out-0\":\"a\"}}\r");
        assertThat(frames).hasSize(1);
        feed(decoder, "\ndata: {\"outputs\":{\"out-0\":\"b\"}}\n");
        assertThat(frames).hasSize(2);
        feed(decoder, "data: [DONE]\n");
        assertThat(frames).hasSize(3);
        assertThat(decoder.ended()).isTrue();
    }

    @Test
    void linesWithAndWithoutStrayPrefixMix() {
        DecodedStream stream = DecodedStream.of("data: {\"outputs\":{\"out-0\":\"a\"}}\n"
                + "{\"outputs\":{\"out-0\":\"b\"}}\n\n"
                + "data:{\"outputs\":{\"out-0\":\"c\"}}\n"
                + " \t {\"outputs\":{\"out-0\":\"d\"}} \n"
                + "data:   " + COMPLETED);

        assertThat(stream.text()).isEqualTo("abcd");
        assertThat(stream.ended()).isTrue();
    }

    @Test
    void severalDataLinesMakeOneEvent() {
        DecodedStream stream = DecodedStream.of(
                "event: message\nid: 7\nretry: 10\n: note\ndata: {\"outputs\":\ndata: {\"out-0\":\ndata\ndata:\"a\"}}\n\n"
                        + "data: " + COMPLETED + "\n");

        assertThat(stream.text()).isEqualTo("a");
        assertThat(stream.kinds()).containsExactly(DATA, END);
    }

    @Test
    void bracesInsideStringsDoNotCompleteAnEvent() {
        DecodedStream stream = DecodedStream.of(
                "data: {\"outputs\":{\"out-0\":\"}}\\\"}\\\\\",\ndata: \"out-1\":\"[{\"}}\n\ndata: [DONE]\n");

        assertThat(stream.frames().get(0).result().outputs())
                .containsEntry("out-0", "}}\"}\\")
                .containsEntry("out-1", "[{");
        assertThat(stream.kinds()).containsExactly(DATA, END);
    }

    @Test
    void heartbeatsAndEmptyEventsMakeNoFrames() {
        DecodedStream stream =
                DecodedStream.of(": ping\n:\n\n  \t\ndata:\n\ndata\ndata: \n\nid: 1\n\nevent: ping\n\n" + COMPLETED);

        assertThat(stream.kinds()).containsExactly(END);
    }

    @Test
    void everythingTheFrameSaysIsKept() {
        DecodedStream stream =
                DecodedStream.of("{\"outputs\":{\"out-0\":\" a\",\"out-1\":{\"image_url\":\"x\"}},\"run_id\":\"r1\","
                        + "\"progress_data\":{\"current_node\":\"LLM\",\"total_nodes\":7},\"state\":\"WARMING_UP\",\"new\":[1]}\n"
                        + COMPLETED);

        RunResult first = stream.frames().get(0).result();
        assertThat(first.outputs()).containsEntry("out-0", " a").containsEntry("out-1", Map.of("image_url", "x"));
        assertThat(first.progress()).containsEntry("current_node", "LLM");
        assertThat(first.state()).isEqualTo("WARMING_UP");
        assertThat(first.raw()).containsEntry("new", List.of(1));
    }

    @Test
    void runIdHoldsForTheFramesThatNameNone() {
        DecodedStream stream = DecodedStream.of(
                "{\"outputs\":{}}\n{\"outputs\":{},\"run_id\":\"r1\"}\n{\"outputs\":{},\"run_id\":null}\n[DONE]\n");

        assertThat(stream.frames()).extracting(frame -> frame.result().runId()).containsExactly(null, "r1", "r1", "r1");
        assertThat(stream.frames().get(2).result().raw()).containsEntry("run_id", null);
    }

    @Test
    void pauseIsTheLastFrame() {
        assertThat(DecodedStream.of("{\"outputs\":{},\"pause\":{\"by\":\"x\"}}\n" + COMPLETED)
                        .kinds())
                .containsExactly(PAUSE);
        assertThat(DecodedStream.of("{\"outputs\":{},\"state\":\"PAUSED\"}\ngarbage\n")
                        .kinds())
                .containsExactly(PAUSE);
        assertThat(DecodedStream.of("{\"outputs\":{},\"pause\":false}\n" + COMPLETED)
                        .kinds())
                .containsExactly(DATA, END);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"outputs\":{\"out-0\":\"b\"},\"error\":\"no credits\",\"state\":\"COMPLETED\"}",
                "{\"outputs\":{\"out-0\":\"b\"},\"error\":{\"code\":1,\"message\":\"no credits\"}}",
                "{\"outputs\":{\"out-0\":\"b\"},\"error_message\":\"no credits\"}",
                "{\"outputs\":{\"out-0\":\"b\"},\"progress_data\":{\"error\":\"no credits\"}}",
                "event: error\ndata: {\"outputs\":{\"out-0\":\"b\"},\"detail\":\"no credits\"}",
                "event: error\n{\"outputs\":{\"out-0\":\"b\"},\"message\":\"no credits\"}",
            })
    void reportedFailureIsTerminalAndKeepsItsOutput(String failing) {
        DecodedStream stream =
                DecodedStream.of("{\"outputs\":{\"out-0\":\"a\"}}\n" + failing + "\n\ngarbage\n" + COMPLETED);

        assertThat(stream.kinds()).containsExactly(DATA, FAILURE);
        assertThat(stream.last().result().errorText()).isEqualTo("no credits");
        assertThat(stream.text()).isEqualTo("ab");
        assertThat(stream.failure()).isNull();
    }

    @Test
    void failedStateNeedsNoErrorText() {
        DecodedStream stream = DecodedStream.of("{\"outputs\":{},\"state\":\"FAILED\"}\n");

        assertThat(stream.last().failed()).isTrue();
        assertThat(stream.last().result().errorText()).contains("FAILED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: error\ndata: out of\ndata: memory\n\n",
                "data: out of\ndata: memory\nevent: error\n\n",
                "event: error\ndata: out of\ndata: memory",
                "event: error\ndata: out of\ndata: memory\nevent: message\n\n",
            })
    void errorEventNeedsNoJson(String body) {
        DecodedStream stream = DecodedStream.of(body);

        assertThat(stream.kinds()).containsExactly(FAILURE);
        assertThat(stream.last().result().errorText()).isEqualTo("out of\nmemory");
        assertThat(stream.last().result().outputs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"event: error\n\n", "event:error", "data: {\"outputs\":{}}\nevent: error\n\n"})
    void errorEventWithoutDataIsAFailure(String body) {
        assertThat(DecodedStream.of(body).last().failed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>502</html>\n",
                "<html>",
                "foo: bar\n",
                "done\n",
                "[1]\n",
                "12\n",
                "\"text\"\n",
                "null\n",
                "{\"outputs\":\n",
                "{\"outputs\":{}} {\"outputs\":{}}\n",
                "{outputs:1}\n",
                "{oops}",
                "{\"outputs\":[]}\n",
                "{\"outputs\":\"text\"}\n",
                "data: text\n\n",
                "data: text",
                "data: {\"outputs\":\n\n",
                "data: {\"outputs\":\n{\"outputs\":{}}\n",
                "data: {\"outputs\":\n[DONE]\n",
                "data: [1]\n\n",
                "data: {\"outputs\":[]}\n",
                "[done]\n",
                "\u0000\n",
                "event: stream_complete\ndata: {\"outputs\":\n\n",
            })
    void whatIsNoFrameIsRefused(String body) {
        DecodedStream stream = DecodedStream.of(body);

        assertThat(stream.failure()).isNotNull();
        assertThat(stream.failure().reason()).isEqualTo(Reason.MALFORMED);
        assertThat(stream.frames()).isEmpty();
    }

    @Test
    void failureHoldsTheStartOfWhatCame() {
        DecodedStream stream = DecodedStream.of("<b>\u0000\u001b[31m\u202e😀" + "é".repeat(5000) + "\n");

        assertThat(stream.failure()).hasMessageContaining("JSON object");
        assertThat(stream.failure().received()).startsWith("<b>");
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] body = "{\"outputs\":{\"out-0\":\"?\"}}\n".getBytes(StandardCharsets.US_ASCII);
        body[21] = (byte) 0xff;

        assertThat(DecodedStream.of(body, 1024, 7).failure().reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void framesBeforeAnErrorAreHandedOn() {
        DecodedStream stream = DecodedStream.of("{\"outputs\":{\"out-0\":\"a\"}}\n<html>\n");

        assertThat(stream.text()).isEqualTo("a");
        assertThat(stream.failure()).isNotNull();
    }

    private static void feed(FrameDecoder decoder, String text) throws StreamDecodingException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        decoder.feed(bytes, 0, bytes.length);
    }
}

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

import io.github.camelstackai.protocol.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects and events of a stream that are no frames are skipped; what is damaged is an error. */
class ForeignObjectTest {
    private static final String HEL = "{\"outputs\":{\"out-0\":\"Hel\"},\"run_id\":\"r1\"}";
    private static final String LO = "{\"outputs\":{\"out-0\":\"lo\"},\"run_id\":\"r1\"}";

    private static DecodedStream between(String foreign) {
        return DecodedStream.of(HEL + "\n" + foreign + LO + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"keepalive\",\"sequence_number\":2}\n",
                "{\"type\":\"ping\"}\n",
                "{}\n",
                "{\"usage\":{\"tokens\":5}}\n",
                "data: {\"type\":\"ping\"}\n\n",
                "event: ping\ndata: ping\n\n",
                "event: ping\ndata: 2026-11-26T10:00:00Z\n\n",
                "event: ping\n\n",
                "event: ping\ndata:\n\n",
                "event: usage\ndata: {\"tokens\":5}\n\n",
                "event: keepalive\ndata: one\ndata: two\n\n",
                ": comment\n\n",
                "id: 7\nretry: 10\n\n",
            })
    void isSkipped(String foreign) {
        DecodedStream stream = between(foreign);

        assertThat(stream.failure()).isNull();
        assertThat(stream.frames())
                .extracting(frame -> frame.result().outputs())
                .containsExactly(Map.of("out-0", "Hel"), Map.of("out-0", "lo"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: chunk\ndata: {\"outputs\":{\"out-0\":\"x\"}}\n\n",
                "event: message\ndata: {\"outputs\":{\"out-0\":\"x\"}}\n\n",
                "{\"out-0\":\"x\"}\n",
                "{\"progress_data\":{\"current_node\":\"A\"}}\n",
                "{\"run_id\":\"r1\",\"type\":\"update\"}\n",
            })
    void objectWithAKeyOfAFrameIsAFrame(String frame) {
        assertThat(between(frame).frames()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"ping\"\n",
                "{\"outputs\":{\"out-0\":\"x\"\n",
                "ping\n",
                "data: ping\n\n",
                "event: ping\ndata: {\"a\":\n\n"
            })
    void damagedOrForeignTextIsAnError(String damaged) {
        assertThat(between(damaged).failure()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"detail\":\"Rate limit exceeded\"}", "{\"message\":\"Rate limit exceeded\"}"})
    void errorInDisguiseIsAFailure(String error) {
        DecodedStream stream = DecodedStream.of(error + "\n");

        assertThat(stream.last().failed()).isTrue();
        assertThat(stream.last().result().errorText()).isEqualTo("Rate limit exceeded");
    }

    @Test
    void flatObjectIsTheOutputsWhereTheFullModelWasNotAskedFor() throws Exception {
        List<Frame> frames = new ArrayList<>();
        FrameDecoder decoder = new FrameDecoder(new Json(), 1024, false, frames::add);
        decoder.feed(ByteBuffer.wrap("{\"answer\":\"x\"}\n{\"type\":\"ping\"}\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(frames).extracting(frame -> frame.result().outputs()).containsExactly(Map.of("answer", "x"));
    }
}

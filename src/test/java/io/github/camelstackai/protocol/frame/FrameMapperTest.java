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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.frame.Frame.Kind;
import io.github.camelstackai.protocol.frame.SseEvent.Meaning;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameMapperTest {
    private final FrameMapper frames = new FrameMapper(new Json(), true);

    private Frame object(String json, Meaning meaning) throws StreamDecodingException {
        return frames.object(Slice.of(json), meaning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"run_id\":\"r\"}|PLAIN|DATA",
                "{\"out-0\":\"a\"}|PLAIN|DATA",
                "{\"out-0\":\"a\"}|OTHER|DATA",
                "{\"state\":\"RUNNING\"}|PLAIN|DATA",
                "{\"state\":\"COMPLETED\"}|PLAIN|END",
                "{}|END|END",
                "{\"pause\":{\"a\":1}}|PLAIN|PAUSE",
                "{\"pause\":{\"a\":1}}|END|PAUSE",
                "{\"error\":\"e\"}|PLAIN|FAILURE",
                "{\"error\":\"e\",\"state\":\"COMPLETED\"}|END|FAILURE",
                "{\"state\":\"FAILED\"}|PLAIN|FAILURE",
                "{}|ERROR|FAILURE",
                "{\"status\":\"stream_complete\"}|PLAIN|END",
                "{\"detail\":\"no credits\"}|PLAIN|FAILURE"
            })
    void kindIsThatOfTheObjectOrOfItsEvent(String json, Meaning meaning, Kind kind) throws Exception {
        assertThat(object(json, meaning).kind()).isEqualTo(kind);
    }

    @Test
    void runIdIsTheLastThatWasNamed() throws Exception {
        assertThat(object("{\"out-0\":1}", Meaning.PLAIN).result().runId()).isNull();
        object("{\"run_id\":\"r-1\"}", Meaning.PLAIN);
        assertThat(object("{\"run_id\":null}", Meaning.PLAIN).result().runId()).isEqualTo("r-1");
        assertThat(frames.end(Slice.of("")).result().runId()).isEqualTo("r-1");
        assertThat(frames.failure(Slice.of("broken")).result().runId()).isEqualTo("r-1");
        assertThat(object("{\"run_id\":\"r-2\"}", Meaning.PLAIN).result().runId())
                .isEqualTo("r-2");
    }

    @Test
    void objectOfAnErrorEventIsTheErrorUnlessItNamesOne() throws Exception {
        assertThat(object("{\"code\":7}", Meaning.ERROR).result().error()).isEqualTo(Map.of("code", 7));
        assertThat(object("{\"error\":\"e\"}", Meaning.ERROR).result().error()).isEqualTo("e");
        assertThat(object("{\"code\":7}", Meaning.ERROR).result().outputs()).isEmpty();
        assertThat(object("{\"code\":7,\"outputs\":{\"o\":1}}", Meaning.ERROR)
                        .result()
                        .outputs())
                .isEqualTo(Map.of("o", 1));
    }

    @Test
    void errorEventWithoutAnObjectIsItsText() {
        assertThat(frames.failure(Slice.of("broken")).result().errorText()).isEqualTo("broken");
        assertThat(frames.failure(Slice.of("{\"error\":\"e\"}")).result().errorText())
                .isEqualTo("e");
        assertThat(frames.failure(Slice.of("")).result().errorText()).isNotBlank();
    }

    @Test
    void endWithoutAnObjectKeepsItsData() {
        assertThat(frames.end(Slice.of("")).result().raw()).isEmpty();
        Frame end = frames.end(Slice.of("bye"));
        assertThat(end.kind()).isEqualTo(Kind.END);
        assertThat(end.result().raw()).isEqualTo(Map.of("data", "bye"));
        assertThat(end.result().outputs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\":\"ping\"}", "{\"usage\":{\"tokens\":7}}", "{\"choices\":[]}"})
    void objectWithoutAKeyOfAFrameIsNone(String json) throws Exception {
        assertThat(object(json, Meaning.PLAIN)).isNull();
        assertThat(object(json, Meaning.OTHER)).isNull();
    }

    @Test
    void objectOfAShortAnswerIsTheOutputs() throws Exception {
        FrameMapper shortFrames = new FrameMapper(new Json(), false);
        Frame frame = shortFrames.object(Slice.of("{\"answer\":\"a\"}"), Meaning.PLAIN);
        assertThat(frame.result().outputs()).isEqualTo(Map.of("answer", "a"));
        assertThat(shortFrames.object(Slice.of("{\"type\":\"ping\"}"), Meaning.PLAIN))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}{}", "[]", "1", "{\"outputs\":[]}", "{\"outputs\":\"text\"}"})
    void anythingButAnObjectWithAnObjectOfOutputsIsMalformed(String json) {
        assertThatThrownBy(() -> object(json, Meaning.PLAIN))
                .isInstanceOfSatisfying(StreamDecodingException.class, e -> {
                    assertThat(e.reason()).isEqualTo(StreamDecodingException.Reason.MALFORMED);
                    assertThat(e.received()).isEqualTo(json);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "text", "{", "{}{}", "{\"a\":}"})
    void onlyACompleteObjectIsParsed(String data) {
        assertThat(frames.parse(Slice.of(data))).isNull();
        assertThat(frames.parse(Slice.of("{\"a\":1}"))).isEqualTo(Map.of("a", 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|true",
                "{\"a|true",
                "{\"a\":tr|true",
                "{\"a\":{}|true",
                "{\"a\":1}|false",
                "{\"a\":x}|false",
                "[|false",
                "``|false",
                "text|false"
            })
    void objectIsUnfinishedWhileMoreBytesCouldCompleteIt(String data, boolean unfinished) {
        assertThat(frames.isUnfinished(Slice.of(data))).isEqualTo(unfinished);
    }
}

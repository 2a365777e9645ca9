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
package io.github.camelstackai.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunResultTest {
    @Test
    void resultThatSaysNothingHasNeitherFailedNorPaused() {
        RunResult result = RunResult.of(Map.of());

        assertThat(result.failed()).isFalse();
        assertThat(result.paused()).isFalse();
        assertThat(result.errorText()).isNull();
        assertThat(result.outputs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "CANCELLED"})
    void failedStateIsNamedWhereThereIsNoError(String state) {
        RunResult result = RunResult.of(Map.of("state", state));

        assertThat(result.failed()).isTrue();
        assertThat(result.errorText()).contains(state);
    }

    @Test
    void errorTextIsWhatPeopleCanRead() {
        assertThat(errorText("no credits")).isEqualTo("no credits");
        assertThat(errorText(Map.of("code", 1, "message", "no credits"))).isEqualTo("no credits");
        assertThat(errorText(Map.of("detail", List.of(1)))).isEqualTo("{\"detail\":[1]}");
        assertThat(errorText(true)).isEqualTo("true");
    }

    @Test
    void signsThatNothingIsWrongAreNoErrorAndNoPause() {
        for (Object none : new Object[] {null, false, "", " "}) {
            assertThat(RunResult.of(Collections.singletonMap("error", none)).failed())
                    .isFalse();
            assertThat(RunResult.of(Collections.singletonMap("pause", none)).paused())
                    .isFalse();
        }
    }

    static Stream<Map<String, Object>> errorsInDisguise() {
        return Stream.of(
                Map.of("detail", "no credits"),
                Map.of("message", "no credits"),
                Map.of("detail", "no credits", "message", "Error"),
                Map.of("run_id", "r-1", "state", "RUNNING", "message", "no credits"));
    }

    @ParameterizedTest
    @MethodSource("errorsInDisguise")
    void responseWithADetailOrMessageAndNoOutputsHasFailed(Map<String, Object> raw) {
        RunResult result = RunResult.of(raw);

        assertThat(result.failed()).isTrue();
        assertThat(result.errorText()).isEqualTo("no credits");
        assertThat(result.outputs()).isEmpty();
        assertThat(result.runId()).isEqualTo(raw.get("run_id"));
    }

    static Stream<Map<String, Object>> answersWithAMessage() {
        return Stream.of(
                Map.of("message", "hello", "outputs", Map.of("out-0", "a")),
                Map.of("message", "hello", "out-0", "a"),
                Map.of("message", "hello", "state", "COMPLETED"),
                Map.of("message", "hello", "pause", Map.of("reason", "approval")),
                Map.of("message", " "),
                Map.of("detail", List.of()));
    }

    @ParameterizedTest
    @MethodSource("answersWithAMessage")
    void answerMayHaveADetailOrMessage(Map<String, Object> raw) {
        assertThat(RunResult.of(raw).failed()).isFalse();
    }

    @Test
    void objectWithoutOutputsIsTheOutputsButForKnownKeys() {
        Map<String, Object> raw = Map.of("run_id", "r-1", "metadata", Map.of(), "answer", "a", "out-0", "b");

        assertThat(RunResult.of(raw).outputs()).isEqualTo(Map.of("answer", "a", "out-0", "b"));
        assertThat(RunResult.ofFrame(raw, false).outputs()).isEqualTo(Map.of("answer", "a", "out-0", "b"));
        assertThat(RunResult.ofFrame(raw, true).outputs()).isEqualTo(Map.of("out-0", "b"));
    }

    @Test
    void nullIsNoOutputsAndAnythingButAnObjectIsRefused() {
        assertThat(RunResult.of(Collections.singletonMap("outputs", null)).outputs())
                .isEmpty();
        assertThatThrownBy(() -> RunResult.of(Map.of("outputs", List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "run_id,r-1,true,true",
        "outputs,a,true,true",
        "out-0,a,true,true",
        "llm-12,a,true,true",
        "answer,a,false,true",
        "type,ping,false,false",
        "type,keep-alive,false,false",
        "type,text,false,true",
        "usage,7,false,true"
    })
    void frameHasAKeyOfAFrame(String key, String value, boolean ofFullModel, boolean ofShortAnswer) {
        assertThat(RunResult.isFrame(Map.of(key, value), true)).isEqualTo(ofFullModel);
        assertThat(RunResult.isFrame(Map.of(key, value), false)).isEqualTo(ofShortAnswer);
    }

    @ParameterizedTest
    @CsvSource({"out-0,true", "my-node-12,true", "out,false", "out-,false", "-0,false", "out-0x,false", "0,false"})
    void nodeIdEndsWithANumber(String key, boolean nodeId) {
        assertThat(RunResult.isNodeId(key)).isEqualTo(nodeId);
    }

    private static String errorText(Object error) {
        return RunResult.of(Map.of("error", error)).errorText();
    }
}

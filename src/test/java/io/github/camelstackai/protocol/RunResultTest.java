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

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    private static String errorText(Object error) {
        return RunResult.of(Map.of("error", error)).errorText();
    }
}

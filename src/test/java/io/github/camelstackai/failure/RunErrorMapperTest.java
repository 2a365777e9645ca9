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
package io.github.camelstackai.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.protocol.RunResult;
import io.github.camelstackai.text.Redactor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunErrorMapperTest {
    private final CallDescription call = new CallDescription("The run", Redactor.of(List.of("topsecret")));

    private StackAiRunFailedException map(Map<String, Object> response) {
        return RunErrorMapper.map(RunResult.of(response), call);
    }

    @Test
    void everythingThatTheServiceSaidIsKept() {
        StackAiRunFailedException failure = map(Map.of(
                "run_id",
                "r-1",
                "state",
                "FAILED",
                "error",
                Map.of("message", "no credits"),
                "outputs",
                Map.of("o", 1)));
        assertThat(failure)
                .hasMessageStartingWith("Run r-1, The run, failed with state FAILED: no credits; ")
                .hasMessageContaining("billed");
        assertThat(failure.getRunId()).isEqualTo("r-1");
        assertThat(failure.getState()).isEqualTo("FAILED");
        assertThat(failure.getError()).isEqualTo("no credits");
        assertThat(failure.getOutputs()).isEqualTo(Map.of("o", 1));
    }

    @Test
    void stateAloneIsNoError() {
        StackAiRunFailedException failure = map(Map.of("state", "CANCELLED"));
        assertThat(failure).hasMessageStartingWith("The run failed with state CANCELLED; ");
        assertThat(failure.getError()).isNull();
        assertThat(failure.getRunId()).isNull();
    }

    @Test
    void errorAloneNamesNoState() {
        StackAiRunFailedException failure = map(Map.of("error", "broken"));
        assertThat(failure).hasMessageStartingWith("The run failed: broken; ");
        assertThat(failure.getState()).isNull();
    }

    @Test
    void errorIsRedactedAndInTheMessageOneLine() {
        StackAiRunFailedException failure = map(Map.of("error", "line\nwith topsecret", "state", "FAILED\ntopsecret"));
        assertThat(failure.getError()).isEqualTo("line\nwith [credential]");
        assertThat(failure.getMessage())
                .contains("state FAILED [credential]: line with [credential]")
                .doesNotContain("topsecret", "\n");
    }
}

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
package io.github.camelstackai.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.type.TypeFactory;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.RunResult;
import io.github.camelstackai.text.Redactor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an output becomes that is read as JSON, and what a failure shows of it. */
class OutputReaderTest {
    private static final RunResult RUN = RunResult.of(Map.of("run_id", "r1", "outputs", Map.of()));

    private final Json json = new Json();
    private final CallDescription call = new CallDescription("StackAI run", Redactor.of(List.of("s3cret")));
    private final OutputReader reader = new OutputReader(json, null);

    private OutputReader to(Class<?> type) {
        return new OutputReader(json, TypeFactory.defaultInstance().constructType(type));
    }

    @Test
    void mapsAndListsConvertToJson() throws StackAiResponseException {
        assertThat(reader.read("{'a': 1}", RUN, call))
                .isInstanceOfSatisfying(
                        JsonBody.class, body -> assertThat(body.json()).isEqualTo("{\"a\":1}"));
        assertThat(reader.read(List.of(1), RUN, call)).isInstanceOf(JsonBody.class);
        assertThat(to(Map.class).read("{'a': 1}", RUN, call))
                .as("a class of the user's")
                .isNotInstanceOf(JsonBody.class);
    }

    @Test
    void nullIsNull() throws StackAiResponseException {
        assertThat(reader.read(null, RUN, call)).isNull();
        assertThat(reader.read("null", RUN, call)).isNull();
        assertThat(to(String.class).read("None", RUN, call)).isNull();
    }

    @Test
    void failureShowsNoCredential() {
        String text = "s3cret: {'a'}";
        assertThatThrownBy(() -> reader.read(text, RUN, call))
                .isInstanceOfSatisfying(StackAiResponseException.class, e -> assertThat(e.getText())
                        .isEqualTo(text))
                .hasMessageContaining("Run r1")
                .hasMessageNotContaining("s3cret")
                .satisfies(
                        e -> assertThat(e.getCause() == null ? "" : e.getCause().toString())
                                .doesNotContain("s3cret"));
        assertThatThrownBy(() -> to(Integer.class).read(Map.of("s3cret", 1), RUN, call))
                .hasMessageContaining("java.lang.Integer")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void emptyTextIsNamedAsSuch() {
        assertThatThrownBy(() -> reader.read(" ", RUN, call)).hasMessageContaining("it is empty");
    }
}

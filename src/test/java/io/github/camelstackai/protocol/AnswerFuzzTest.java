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

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Map;

/** Any bytes as the response to a run: they are an answer, or refused by one of two exceptions. */
class AnswerFuzzTest {
    private final Json json = new Json();

    @SuppressWarnings("unchecked") // a JSON object has text keys
    @FuzzTest(maxDuration = "5m")
    void anyBytesAreAnAnswerOrRefused(byte[] body) {
        Object value;
        try {
            value = json.read(body);
        } catch (IOException notJson) {
            return;
        }
        if (!(value instanceof Map<?, ?> object)) {
            return;
        }
        try {
            assertConsistent(RunResult.of((Map<String, Object>) object));
        } catch (IllegalArgumentException wrongOutputs) {
            assertThat(object.get("outputs")).isNotNull().isNotInstanceOf(Map.class);
        }
    }

    private static void assertConsistent(RunResult result) {
        assertThat(result.outputs()).isNotNull();
        assertThat(result.errorText() != null).isEqualTo(result.failed());
        assertThat(OutputSelector.text(result.outputs(), null)).isNotNull();
        assertThat(Json.text(result.raw())).isNotNull();
    }
}

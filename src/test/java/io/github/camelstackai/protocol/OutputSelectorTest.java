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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputSelectorTest {
    private static final Map<String, Object> NONE = Map.of();
    private static final Map<String, Object> ONE = Map.of("out-0", "a");
    private static final Map<String, Object> TWO = new LinkedHashMap<>(Map.of("out-0", "a", "out-1", List.of(1)));

    @Test
    void namedOutputIsSelectedAmongAnyNumber() {
        assertThat(OutputSelector.select(ONE, "out-0")).isEqualTo("a");
        assertThat(OutputSelector.select(TWO, "out-1")).isEqualTo(List.of(1));
        assertThat(OutputSelector.select(TWO, "out-9")).isNull();
        assertThat(OutputSelector.select(NONE, "out-0")).isNull();
    }

    @Test
    void withoutANameOnlyTheSoleOutputIsSelected() {
        assertThat(OutputSelector.select(ONE, null)).isEqualTo("a");
        assertThat(OutputSelector.select(TWO, null)).isNull();
        assertThat(OutputSelector.select(NONE, null)).isNull();
    }

    @Test
    void textIsThatOfTheValueAndEmptyForNone() {
        assertThat(OutputSelector.text(TWO, "out-0")).isEqualTo("a");
        assertThat(OutputSelector.text(TWO, "out-1")).isEqualTo("[1]");
        assertThat(OutputSelector.text(TWO, null)).isEmpty();
        assertThat(OutputSelector.text(Collections.singletonMap("out-0", null), "out-0"))
                .isEmpty();
    }
}

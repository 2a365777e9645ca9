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

import io.github.camelstackai.text.Excerpt;
import io.github.camelstackai.text.Redactor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallDescriptionTest {
    private static final String KEY = "topsecret";

    private final CallDescription call = new CallDescription("The call", Redactor.of(List.of(KEY)));

    @Test
    void runIsNamedWhereItIsKnown() {
        assertThat(call.withRun(null)).isEqualTo("The call");
        assertThat(call.withRun("r-1")).isEqualTo("Run r-1, The call,");
        assertThat(call).hasToString("The call");
    }

    @Test
    void runIdIsFitForAMessage() {
        assertThat(call.withRun("r\n" + KEY)).isEqualTo("Run r [credential], The call,");
    }

    /** A credential cut in two would not be found. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8})
    void excerptIsRedactedBeforeItIsCut(int shown) {
        String text = "x".repeat(Excerpt.LENGTH - shown) + KEY + " and more";
        assertThat(call.excerpt(text))
                .startsWith("xxx")
                .doesNotContain(KEY.substring(0, shown))
                .endsWith("…");
    }

    @Test
    void excerptIsOneLine() {
        assertThat(call.excerpt(" one\ntwo ")).isEqualTo("one two");
    }

    @Test
    void nothingHasAnEmptyExcerpt() {
        assertThat(call.excerpt(null)).isEmpty();
        assertThat(call.redact(null)).isNull();
    }

    @Test
    void redactedTextIsComplete() {
        String text = "x\n".repeat(1000);
        assertThat(call.redact(text + KEY)).isEqualTo(text + "[credential]");
    }
}

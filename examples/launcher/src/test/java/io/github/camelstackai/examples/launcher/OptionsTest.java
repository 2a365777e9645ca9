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
package io.github.camelstackai.examples.launcher;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Set<String> KNOWN = Set.of("tickets", "atOnce");

    @Test
    void misspeltOptionIsRefusedWithTheOneThatIsMeant() {
        refused("tickts").hasMessage("there is no option -Dtickts; did you mean -Dtickets?");
        refused("atonc").hasMessageEndingWith("did you mean -DatOnce?");
    }

    @Test
    void otherOptionIsRefusedWithThoseThatThereAre() {
        refused("somethingElse").hasMessage("there is no option -DsomethingElse; the options are -DatOnce, -Dtickets");
        assertThatThrownBy(() -> Options.check(Map.of("x", ""), Set.of()))
                .hasMessageEndingWith("; this example has none");
    }

    @Test
    void optionsAndPropertiesOfJavaAndMavenAreAccepted() {
        assertThatCode(() -> Options.check(Map.of("tickets", "", "run", "", "java.io.tmpdir", ""), KNOWN))
                .doesNotThrowAnyException();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String option) {
        return assertThatThrownBy(() -> Options.check(Map.of(option, ""), KNOWN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

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
package io.github.camelstackai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CamelJarsTest {
    @Test
    void jarsOfOneVersionDoNotConflict() {
        assertThat(CamelJars.conflict("4.18.0", Map.of("camel-api", "4.18.0", "camel-util", "4.18.0")))
                .isNull();
    }

    @Test
    void jarOfAnotherVersionIsNamedWithWhatToDo() {
        assertThat(CamelJars.conflict("4.22.0", Map.of("camel-api", "4.22.0", "camel-support", "4.18.0")))
                .contains("Camel 4.22.0; ", "camel-api 4.22.0", "camel-support 4.18.0", "camel-bom");
    }

    @Test
    void jarsOfOneVersionUnderACamelOfAnotherConflict() {
        assertThat(CamelJars.conflict("4.22.0", Map.of("camel-support", "4.18.0")))
                .contains("camel-support 4.18.0");
    }

    @Test
    void unknownVersionsDoNotConflict() {
        assertThat(CamelJars.conflict(null, Map.of())).isNull();
        assertThat(CamelJars.conflict("4.18.0", Map.of())).isNull();
    }

    @Test
    void jackson3IsHiddenByJackson2BeforeIt() {
        String jackson2 = "jar:file:/lib/camel-jackson-4.22.0.jar!/META-INF/x";
        String jackson3 = "jar:file:/lib/camel-jackson3-4.22.0.jar!/META-INF/x";
        assertThat(CamelJars.hidesJackson3(List.of(jackson2, jackson3))).isTrue();
        assertThat(CamelJars.hidesJackson3(List.of(jackson3, jackson2))).isFalse();
        assertThat(CamelJars.hidesJackson3(List.of(jackson2))).isFalse();
        assertThat(CamelJars.hidesJackson3(List.of())).isFalse();
    }

    @Test
    void jarsOfThisBuildHaveTheirVersions() {
        assertThat(CamelJars.versions()).hasSize(5).doesNotContainValue(null);
        assertThat(CamelJars.conflict(null, CamelJars.versions())).isNull();
    }
}

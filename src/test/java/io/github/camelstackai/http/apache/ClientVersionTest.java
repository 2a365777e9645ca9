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
package io.github.camelstackai.http.apache;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientVersionTest {
    @ParameterizedTest
    @ValueSource(strings = {"5.4.4", "5.3.1", "5.4-beta1", "4.5.14"})
    void oldClientIsRefusedWithWhatToDo(String version) {
        assertThatIllegalStateException()
                .isThrownBy(() -> ClientVersion.check(version))
                .withMessageContaining("5.5 or later, but version " + version)
                .withMessageContaining("org.apache.httpcomponents.client5:httpclient5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5.5", "5.5.1", "5.5-beta1", "5.6.5", "5.10", "6.0-alpha1", "", "UNAVAILABLE", "99999999999.1"})
    void laterOrUnknownClientIsAccepted(String version) {
        assertThatCode(() -> ClientVersion.check(version)).doesNotThrowAnyException();
    }

    @Test
    void clientOfThisBuildIsAccepted() {
        assertThatCode(ClientVersion::check).doesNotThrowAnyException();
    }
}

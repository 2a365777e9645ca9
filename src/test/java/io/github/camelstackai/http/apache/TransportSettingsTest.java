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

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransportSettingsTest {
    @Test
    void passwordOfTheProxyIsNotShown() {
        TransportSettings.Proxy proxy = new TransportSettings.Proxy("proxy", 3128, "user", "topsecret");
        Duration limit = Duration.ofSeconds(1);
        assertThat(new TransportSettings(limit, 1, limit, limit, null, proxy, null).toString())
                .contains("proxy:3128")
                .doesNotContain("topsecret");
    }
}

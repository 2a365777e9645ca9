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
package io.github.camelstackai.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboundRequestTest {
    private final OutboundRequest request = new OutboundRequest(
            "POST",
            URI.create("http://host/x"),
            "",
            List.of(Map.entry("Accept", "*/*")),
            RequestBody.of(new byte[] {1}),
            List.of("proxy"));

    @Test
    void credentialIsAddedAsAHeaderAndToWhatIsRedacted() {
        OutboundRequest signed = request.withCredential("Authorization", "Bearer key", "key");
        assertThat(signed.headers())
                .containsExactly(Map.entry("Accept", "*/*"), Map.entry("Authorization", "Bearer key"));
        assertThat(signed.redactor().redact("proxy, key")).isEqualTo("[credential], [credential]");
        assertThat(signed.body()).isSameAs(request.body());
    }

    @Test
    void requestItselfRemainsWithoutTheCredential() {
        request.withCredential("Authorization", "Bearer key", "key");
        assertThat(request.headers()).hasSize(1);
        assertThat(request.redactor().redact("proxy, key")).isEqualTo("[credential], key");
    }

    @Test
    void onlyMethodAndAddressAreShown() {
        assertThat(request.withCredential("Authorization", "Bearer key", "key")).hasToString("POST http://host/x");
    }
}

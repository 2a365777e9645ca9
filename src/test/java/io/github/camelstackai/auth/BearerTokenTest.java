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
package io.github.camelstackai.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.http.OutboundRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
    static Stream<String> usable() {
        return Stream.of("t", "!~", "a.b-c_d+e/f==", "x".repeat(16 * 1024));
    }

    @ParameterizedTest
    @MethodSource("usable")
    void printableAsciiWithoutSpacesIsUsable(String token) {
        assertThat(BearerToken.isUsable(token)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", " ", "two words", "t ", "a\tb", "a\r\nInjected: yes", "\0", "\u007F", "ü", "\uD83D\uDE00"})
    void whatAHeaderCannotCarryIsNotUsable(String token) {
        assertThat(BearerToken.isUsable(token)).isFalse();
    }

    @Test
    void tokenThatNoServerAcceptsIsNotUsable() {
        assertThat(BearerToken.isUsable("x".repeat(16 * 1024 + 1))).isFalse();
    }

    @Test
    void signedRequestCarriesTheTokenAndRedactsIt() {
        OutboundRequest request =
                new OutboundRequest("GET", URI.create("http://host/x"), "", List.of(), null, List.of());
        OutboundRequest signed = BearerToken.sign(request, "topsecret");
        assertThat(signed.headers()).containsExactly(Map.entry("Authorization", "Bearer topsecret"));
        assertThat(signed.redactor().redact("topsecret")).isEqualTo("[credential]");
    }
}

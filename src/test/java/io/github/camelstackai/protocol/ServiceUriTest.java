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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceUriTest {
    private static final URI HOST = URI.create("https://host");
    private static final Map<String, String> NO_QUERY = Map.of();

    @ParameterizedTest
    @CsvSource({
        "https://api.stack-ai.com,https://api.stack-ai.com",
        "https://api.stack-ai.com/,https://api.stack-ai.com",
        "HTTP://host:8080/prefix/,http://host:8080/prefix",
        "https://host///,https://host",
        "https://host/a//b//,https://host/a//b",
        "' https://host/a/b ',https://host/a/b",
        "http://127.0.0.1,http://127.0.0.1",
        "http://[::1]:65535,http://[::1]:65535"
    })
    void baseIsAnAbsoluteUrlWithAtMostAPath(String url, String base) {
        assertThat(ServiceUri.base(url)).hasToString(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "host",
                "/path",
                "ftp://host",
                "file:///tmp",
                "https:host",
                "https://",
                "https:///path",
                "http://ho st",
                "http://user@host",
                "http://user:topsecret@host",
                "http://host?key=topsecret",
                "http://host#topsecret",
                "http://host:65536",
                "http://host:topsecret",
                "http://[::1"
            })
    void anythingElseIsRefusedWithoutShowingIt(String url) {
        assertThatThrownBy(() -> ServiceUri.base(url))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("topsecret");
    }

    @ParameterizedTest
    @CsvSource({
        "https://host,token,https://host/token",
        "https://host/prefix/,token,https://host/prefix/token",
        "https://host/prefix,/token,https://host/token",
        "https://host/prefix,../token,https://host/token",
        "https://host,' https://sso.example.com/oauth/token ',https://sso.example.com/oauth/token",
        "https://host,https://sso.example.com/token/,https://sso.example.com/token/",
        "http://stack_ai:8000///,token,http://stack_ai:8000/token",
        "http://stack_ai:8000,https://sign_in:8443/t,https://sign_in:8443/t",
        "https://host,https://münchen.example/t,https://xn--mnchen-3ya.example/t",
        "https://münchen.example,/t,https://xn--mnchen-3ya.example/t"
    })
    void tokenUrlIsRelativeToTheBaseUrlOrAbsolute(String base, String tokenUrl, URI uri) {
        assertThat(ServiceUri.tokenUri(base, tokenUrl)).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to ken",
                "ftp://host/token",
                "token?a=b",
                "token#a",
                "http://user@host/token",
                "http://user@a_b/t",
                "http://host:99999/t",
                "mailto:a@b"
            })
    void tokenUrlThatCannotBeIsRefused(String tokenUrl) {
        assertThatThrownBy(() -> ServiceUri.tokenUri("https://host", tokenUrl))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", ".", ".."})
    void whatCannotBeASegmentIsRefused(String value) {
        assertThatThrownBy(() -> ServiceUri.checkSegment(value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ServiceUri.of(HOST, "run", value, "f", "", NO_QUERY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ServiceUri.of(HOST, "run", "o", value, "", NO_QUERY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "...", ".a", "a/b", "..%2F", "ü"})
    void anythingElseCanBeASegment(String value) {
        ServiceUri.checkSegment(value);
        assertThat(ServiceUri.of(HOST, "run", value, "f", "", NO_QUERY)).matches("/inference/v0/run/[^/]+/f");
    }

    @ParameterizedTest
    @CsvSource({
        "A-z_0.9~,A-z_0.9~",
        "a/b,a%2Fb",
        "a b,a%20b",
        "a+b,a%2Bb",
        "a%2Fb,a%252Fb",
        "a?b#c,a%3Fb%23c",
        "ü€,%C3%BC%E2%82%AC",
        "\uD83D\uDE00,%F0%9F%98%80",
        "a;b=c&d,a%3Bb%3Dc%26d"
    })
    void eachPartIsEncoded(String part, String encoded) {
        String uri = ServiceUri.of(HOST, "sso/stream", part, part, "/metadata", Map.of(part, part));
        assertThat(uri).isEqualTo("/inference/v0/sso/stream/%s/%s/metadata?%s=%s".replace("%s", encoded));
    }

    @Test
    void parametersKeepTheirOrder() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("version", "3");
        query.put("delta", "false");
        assertThat(ServiceUri.of(HOST, "run", "o", "f", "", query))
                .isEqualTo("/inference/v0/run/o/f?version=3&delta=false");
    }

    @Test
    void addressThatServersRefuseForItsLengthIsRefused() {
        int others = "https://host/inference/v0/run/o/".length();
        assertThat(ServiceUri.of(HOST, "run", "o", "f".repeat(4096 - others), "", NO_QUERY))
                .hasSize(4096 - "https://host".length());
        assertThatThrownBy(() -> ServiceUri.of(HOST, "run", "o", "f".repeat(4097 - others), "", NO_QUERY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4097");
    }
}

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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAddressTest {
    @ParameterizedTest
    @CsvSource({
        "http://stack_ai:8000,http,stack_ai,8000,''",
        "http://stack_ai,http,stack_ai,-1,''",
        "http://_a.b_c/x,http,_a.b_c,-1,/x",
        "http://my-svc.2:80,http,my-svc.2,80,''",
        "http://3f2a1b9c:8000,http,3f2a1b9c,8000,''",
        "https://münchen.example/a,https,xn--mnchen-3ya.example,-1,/a",
        "https://MÜNCHEN.Example,https,xn--mnchen-3ya.Example,-1,''",
        "https://例え.テスト:8443,https,xn--r8jz45g.xn--zckzah,8443,''",
        "https://stack_é.example,https,xn--stack_-gva.example,-1,''",
        "https://xn--mnchen-3ya.example,https,xn--mnchen-3ya.example,-1,''",
        "HTTPS://API.stack-ai.com,https,API.stack-ai.com,-1,''",
        "http://host:,http,host,-1,''",
        "http://host.:80/,http,host.,80,/",
        "http://127.0.0.1:1,http,127.0.0.1,1,''",
        "http://[::1]:65535/x,http,[::1],65535,/x",
        "http://host/ü b%20c,http,host,-1,"
    })
    void everyHostThatCanBeLookedUpIsTaken(String url, String scheme, String host, int port, String path) {
        String encoded = path == null ? "/%C3%BC%20b%20c" : path;
        assertThat(ServiceAddress.parse(path == null ? url.replace(" ", "%20") : url))
                .isEqualTo(new ServiceAddress(scheme, host, port, encoded));
    }

    @ParameterizedTest
    @CsvSource({
        "stack_ai:8000,absolute",
        "//stack_ai:8000,absolute",
        "http:stack_ai,absolute",
        "http:///x,absolute",
        "ws://stack_ai,absolute",
        "http://me:topsecret@stack_ai,user",
        "http://me@münchen.example,user",
        "http://stack_ai?topsecret,query",
        "http://stack_ai#topsecret,fragment",
        "http://stack_ai:0,port",
        "http://stack_ai:65536,port",
        "http://stack_ai:4294967376,port",
        "http://stack_ai:-1,port",
        "http://stack_ai:topsecret,port",
        "http://stack_ai:80:topsecret,port",
        "http://::1,port",
        "http://stack%5Fai,valid name",
        "http://a..b,valid name",
        "http://.a,valid name",
        "http://a$b,valid name",
        "http://℀.example,valid name",
        "http://straße.example,xn--",
        "http://βόλος.example,xn--",
        "http://stack ai,URL",
        "http://a\\b,URL",
        "http://[::g],URL",
        "http://[::1,URL"
    })
    void anyOtherIsRefusedWithTheReasonAndWithoutSecrets(String url, String reason) {
        assertThatThrownBy(() -> ServiceAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("topsecret");
    }

    @Test
    void labelThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> ServiceAddress.parse("http://" + "ü".repeat(80)))
                .hasMessageContaining("valid name");
        assertThatThrownBy(() -> ServiceAddress.parse("http://" + "a.".repeat(200) + "b"))
                .hasMessageContaining("valid name");
    }

    @ParameterizedTest
    @CsvSource({
        "proxy,proxy",
        "stack_ai,stack_ai",
        "münchen.example,xn--mnchen-3ya.example",
        "10.0.0.1,10.0.0.1",
        "::1,[::1]",
        "[::1],[::1]"
    })
    void hostAloneIsTaken(String host, String ascii) {
        assertThat(ServiceAddress.host(host)).isEqualTo(ascii);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "http://proxy", "proxy:3128", "me@proxy", "proxy/x", "a b", "[::1]:80", "straße"})
    void whatIsNoHostAloneIsRefused(String host) {
        assertThatThrownBy(() -> ServiceAddress.host(host)).isInstanceOf(IllegalArgumentException.class);
    }
}

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
package io.github.camelstackai.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a secret in a text, and what is not. */
class SecretFilterTest {
    private final SecretFilter filter =
            new SecretFilter(Map.of("account-key", SecretFilter.REDACTED, "7D3A-ORG", SecretFilter.ORGANISATION));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access_token",
                "accessToken",
                "refreshToken",
                "id_token",
                "token",
                "TOKEN",
                "tokenValue",
                "token_id",
                "tokens",
                "token2",
                "x-amz-security-token",
                "api_key",
                "apiKey",
                "api-key",
                "apikey",
                "APIKEY",
                "x-api-key",
                "secret_key",
                "secretKey",
                "private_key",
                "privateKey",
                "access_key",
                "client_secret",
                "clientSecret",
                "secret",
                "password",
                "passwd",
                "db_password",
                "passphrase",
                "signature",
                "Authorization",
                "Cookie",
                "set-cookie",
                "credentials"
            })
    void valueOfAFieldIsASecretByItsName(String name) {
        for (String form : List.of(
                "{\"%s\":\"S\",\"a\":1}",
                "{\"%s\" : \"S\"}",
                "{\"%s\":\n  \"S\"",
                "{\"a\":\"{\\\"%s\\\": \\\"S\\\"}\"}",
                "{\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"%s\\\\\\\":\\\\\\\"S\\\\\\\"}\\\"}\"}",
                "{\"a\":\"{'%s': 'S'}\"}",
                "{\"a\":\"{'%s': \\\"S\\\"}\"}",
                "{\"a\":\"https://host/?b=1&%s=S\"}")) {
            String secret = form.formatted(name)
                    .replace("S\"", "x7-Long+Value\"")
                    .replace("S\\", "x7-Long+Value\\")
                    .replace("S'", "x7-Long+Value'");
            assertThat(filter.text(secret)).isEqualTo(secret.replace("x7-Long+Value", "***"));
            assertThat(filter.finds(secret)).isTrue();
            assertThat(filter.finds(filter.text(secret))).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"password":"ab\\"cd-rest","a":"b"}                     | {"password":"***","a":"b"}
            {"password":"\\\\","a":"b"}                             | {"password":"***","a":"b"}
            {"password":"\\"","a":"b"}                              | {"password":"***","a":"b"}
            {"password":"","a":"b"}                                 | {"password":"","a":"b"}
            {"password":"cut \\" off                                | {"password":"***
            {"a":"{\\"password\\":\\"ab\\\\\\"cd-rest\\",\\"b\\"}"} | {"a":"{\\"password\\":\\"***\\",\\"b\\"}"}
            {"a":"{\\"password\\":\\"\\\\\\\\\\",\\"b\\":2}"}       | {"a":"{\\"password\\":\\"***\\",\\"b\\":2}"}
            {"a":"{\\"password\\":\\"\\u00e9\\\\n-rest\\"}"}        | {"a":"{\\"password\\":\\"***\\"}"}
            {"a":"{'password': 'ab\\\\'cd-rest', 'b': 'c'}"}        | {"a":"{'password': '***', 'b': 'c'}"}
            {"a":"{'password': 'ab\\"cd-rest', 'b': 1}"}           | {"a":"{'password': '***', 'b': 1}"}
            {"a":"{'password': '\\"ab-rest', 'b': 1}"}             | {"a":"{'password': '***', 'b': 1}"}
            {"a":"{'password': 'ab\\\\\\"cd-rest', 'b': 1}"}       | {"a":"{'password': '***', 'b': 1}"}
            {"a":"{'password': 'ab\\\\\\\\cd\\\\\\\\', 'b': 1}"}   | {"a":"{'password': '***', 'b': 1}"}
            {"a":"\\\\\\"token\\\\\\":\\\\\\"b\\\\\\\\\\\\\\"c\\\\\\\\n\\\\\\", 1"} | {"a":"\\\\\\"token\\\\\\":\\\\\\"***\\\\\\", 1"}
            {"a":"{'password': 'cut off","b":"c"}                   | {"a":"{'password': '***","b":"c"}
            {"org":"7d3a-org","b":"7D3A-Org","c":"ACCOUNT-key"}     | {"org":"{org}","b":"{org}","c":"***"}
            """)
    void wholeValueIsReplaced(String text, String filtered) {
        assertThat(filter.text(text)).isEqualTo(filtered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"key\": \"name\", \"monkey\": \"banana\", \"keywords\": \"fire\", \"turkey\": \"a\", \"total_tokens\": 12}",
                "{\"a\": \"The password is asked for: \\\"later\\\"\", \"b\": \"token\", \"c\": \"code=E42\"}",
                "{\"password\": null, \"token\": \"\", \"secret\": [\"a\"]}",
                "{\"in-0\":\"Explain \\\"token\\\":\"}",
                "{\"in-0\":\"Explain 'token':\",\"b\":1}",
                "{\"outputs\":{\"out-0\":\"signature\\\":\"},\"run_id\":\"r\"}",
                "{\"a\":\"{\\\"b\\\":\\\"a \\\\\\\"token\\\\\\\":\\\",\\\"c\\\":1}\"}",
                "{\"secretary\":\"Ann\",\"tokenizer\":\"x\",\"token_type\":\"bearer\"}"
            })
    void otherTextIsNoSecret(String text) {
        assertThat(filter.text(text)).isEqualTo(text);
        assertThat(filter.finds(text)).isFalse();
    }

    @Test
    void secretWithOtherThanAsciiLettersIsReplaced() {
        SecretFilter other = new SecretFilter(Map.of("Schlüssel-É", SecretFilter.REDACTED));
        assertThat(other.text("a Schlüssel-É, schlüssel-É")).isEqualTo("a ***, ***");
    }

    @Test
    void longValueIsReplaced() {
        String long1 = "a\\\"b".repeat(200_000);
        assertThat(filter.text("{\"token\":\"" + long1 + "\"}")).isEqualTo("{\"token\":\"***\"}");
        String text = "{\"a\":\"" + long1 + "\"}";
        assertThat(filter.text(text)).isEqualTo(text);
    }
}

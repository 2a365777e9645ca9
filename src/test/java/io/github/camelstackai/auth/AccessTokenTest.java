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

import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.http.SimulatedCall;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("LongDoubleConversion") // far from the limit of exact values
class AccessTokenTest {
    private static final long REQUESTED = Long.MAX_VALUE - 5; // System.nanoTime may overflow

    private static AccessToken of(String body) {
        return of(body, true);
    }

    private static AccessToken of(String body, boolean complete) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return AccessToken.of(new CollectedResponse(SimulatedCall.headOf(200), bytes, complete), REQUESTED);
    }

    private static AccessToken living(String expiresIn) {
        return of("{\"access_token\":\"t\",\"expires_in\":" + expiresIn + "}");
    }

    private static long after(double seconds) {
        return REQUESTED + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "null",
                "\"t\"",
                "[\"t\"]",
                "{}",
                "{\"access_token\":null}",
                "{\"access_token\":1}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":\"two words\"}",
                "{\"access_token\":\"a\\r\\nb\"}",
                "{\"access_token\":\"t\""
            })
    void responseWithoutAUsableTokenGivesNone(String body) {
        assertThat(of(body)).isNull();
    }

    @Test
    void incompleteResponseGivesNone() {
        assertThat(of("{\"access_token\":\"t\"}", false)).isNull();
    }

    @Test
    void otherKeysDoNotMatter() {
        assertThat(of("{\"token_type\":\"x\",\"access_token\":\"t\",\"more\":[]}")
                        .value())
                .isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource({
        "100,90", // a tenth of its lifetime is not used
        "300,270",
        "3600,3570", // at most 30 seconds
        "'\"3600\"',3570",
        "10.5,9.45",
        "99999999999,31535970", // at most a year
        "1e300,31535970"
    })
    void tokenIsFreshUntilShortlyBeforeItExpires(String expiresIn, double used) {
        AccessToken token = living(expiresIn);
        assertThat(token.isFresh(REQUESTED)).isTrue();
        assertThat(token.isFresh(after(used - 0.001))).isTrue();
        assertThat(token.isFresh(after(used + 0.001))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-1e300"})
    void tokenWithoutALifetimeIsNeverFresh(String expiresIn) {
        assertThat(living(expiresIn).isFresh(REQUESTED)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"soon\"", "{}", "[]"})
    void tokenWhoseLifetimeIsUnknownRemainsFresh(String expiresIn) {
        assertThat(living(expiresIn).isFresh(after(TimeUnit.DAYS.toSeconds(1000))))
                .isTrue();
        assertThat(of("{\"access_token\":\"t\"}").isFresh(after(TimeUnit.DAYS.toSeconds(1000))))
                .isTrue();
    }

    @Test
    void tokenIsNotShown() {
        assertThat(of("{\"access_token\":\"topsecret\"}").toString()).doesNotContain("topsecret");
    }
}

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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionChecksTest {
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final StackAiTokenProvider PROVIDER = refused -> CompletableFuture.completedFuture("t");

    private static Arguments row(String option, Consumer<StackAiConfiguration> change) {
        return Arguments.of(option, change);
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                row("baseUrl", options -> options.setBaseUrl(null)),
                row("baseUrl", options -> options.setBaseUrl("")),
                row("baseUrl", options -> options.setBaseUrl("ftp://host")),
                row("baseUrl", options -> options.setBaseUrl("http://host:0")),
                row("baseUrl", options -> options.setBaseUrl("http://me:topsecret@stack_ai")),
                row("orgId", options -> options.setOrgId("")),
                row("orgId", options -> options.setOrgId("..")),
                row("apiKey", options -> options.setApiKey("")),
                row("apiKey", options -> options.setApiKey("topsecret\n")),
                row("apiKey", options -> options.setApiKey("topsecret ü")),
                row("apiKey", options -> options.setApiKey("topsecret".repeat(2000))),
                row("input", options -> options.setInput(null)),
                row("input", options -> options.setInput(" ")),
                row("output", options -> options.setOutput("")),
                row("version", options -> options.setVersion(-2)),
                row("responseTimeout", options -> options.setResponseTimeout(null)),
                row("responseTimeout", options -> options.setResponseTimeout(Duration.ofNanos(-1))),
                row("responseTimeout", options -> options.setResponseTimeout(LONGEST.plusNanos(1))),
                row("streamIdleTimeout", options -> options.setStreamIdleTimeout(Duration.ofSeconds(-1))),
                row("totalTimeout", options -> options.setTotalTimeout(Duration.ofMillis(Long.MAX_VALUE))),
                row("maxResponseSize", options -> options.setMaxResponseSize(0)),
                row("streamBufferSize", options -> options.setStreamBufferSize(0)),
                row("node", options -> options.setNode("..")),
                row("fileName", options -> options.setFileName(" ")),
                row("knowledgeBaseId", options -> options.setKnowledgeBaseId("handbook")),
                row("action", options -> options.setAction(null)),
                row("uploadApi", options -> options.setUploadApi(null)),
                row("indexPollInterval", options -> options.setIndexPollInterval(Duration.ZERO)),
                row("maxRetryAfter", options -> options.setMaxRetryAfter(Duration.ofSeconds(-1))));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void impossibleValueIsRefusedByItsNameWithoutSecrets(String option, Consumer<StackAiConfiguration> change) {
        StackAiConfiguration options = new StackAiConfiguration();
        change.accept(options);
        assertThatThrownBy(() -> OptionChecks.check(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Invalid stackai option " + option + ": ")
                .message()
                .doesNotContain("topsecret");
    }

    static Stream<Arguments> possible() {
        return Stream.of(
                row("none", options -> {}),
                row("baseUrl", options -> options.setBaseUrl("http://stack_ai:8000//")),
                row("orgId", options -> options.setOrgId("my org")),
                row("apiKey", options -> options.setApiKey("!~")),
                row("output", options -> options.setOutput("out-0")),
                row("version", options -> options.setVersion(-1)),
                row("responseTimeout", options -> options.setResponseTimeout(Duration.ZERO)),
                row("totalTimeout", options -> options.setTotalTimeout(LONGEST)),
                row("maxResponseSize", options -> options.setMaxResponseSize(1)),
                row("streamBufferSize", options -> options.setStreamBufferSize(1)),
                row("maxRetryAfter", options -> options.setMaxRetryAfter(Duration.ZERO)));
    }

    @ParameterizedTest
    @MethodSource("possible")
    void valueAtTheLimitIsTaken(String option, Consumer<StackAiConfiguration> change) {
        StackAiConfiguration options = new StackAiConfiguration();
        change.accept(options);
        assertThatCode(() -> OptionChecks.check(options)).as(option).doesNotThrowAnyException();
    }

    @Test
    void positiveDurationIsMoreThanZero() {
        OptionChecks.positive("t", Duration.ofNanos(1));
        assertThatThrownBy(() -> OptionChecks.positive("t", Duration.ZERO)).hasMessageContaining("t: must be greater");
        assertThatThrownBy(() -> OptionChecks.positive("t", Duration.ofNanos(-1)))
                .hasMessageContaining("between 0 and 36500 days");
    }

    @Test
    void segmentMayBeMissing() {
        OptionChecks.segment("flowId", null);
        assertThatThrownBy(() -> OptionChecks.segment("flowId", "."))
                .hasMessageStartingWith("Invalid stackai option flowId: ");
    }

    @ParameterizedTest
    @CsvSource({
        "proxy,,,,proxyPort",
        ",3128,,,proxyHost",
        "proxy,0,,,proxyPort",
        "proxy,65536,,,proxyPort",
        "'',3128,,,proxyHost",
        "http://proxy,3128,,,proxyHost",
        "proxy:3128,3128,,,proxyHost",
        "a b,3128,,,proxyHost",
        "proxy,3128,me,,proxyPassword",
        "proxy,3128,,topsecret,proxyUsername"
    })
    void proxyThatCannotBeUsedIsRefused(String host, Integer port, String user, String password, String option) {
        assertThatThrownBy(() -> OptionChecks.proxy(host, port, user, password))
                .hasMessageStartingWith("Invalid stackai option " + option + ": ")
                .message()
                .doesNotContain("topsecret");
    }

    @ParameterizedTest
    @CsvSource({",,,", "proxy,1,,", "stack_ai,65535,me,secret", "::1,3128,,", "münchen.example,3128,,"})
    void proxyThatCanBeUsedIsTaken(String host, Integer port, String user, String password) {
        assertThatCode(() -> OptionChecks.proxy(host, port, user, password)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        ",me,,false,password",
        ",,topsecret,false,username",
        ",me,'',false,password",
        ",' ',topsecret,false,username",
        "topsecret,me,topsecret,false,'apiKey, username with password'",
        "topsecret,,,true,'apiKey, tokenProvider'",
        ",me,topsecret,true,'username with password, tokenProvider'"
    })
    void credentialsThatAreIncompleteOrSeveralAreRefused(
            String apiKey, String username, String password, boolean provider, String named) {
        assertThatThrownBy(() -> OptionChecks.credentials(apiKey, username, password, provider ? PROVIDER : null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named)
                .message()
                .doesNotContain("topsecret");
    }

    @ParameterizedTest
    @CsvSource({",,,false", "key,,,false", ",me,secret,false", ",,,true"})
    void oneCredentialOrNoneIsTaken(String apiKey, String username, String password, boolean provider) {
        assertThatCode(() -> OptionChecks.credentials(apiKey, username, password, provider ? PROVIDER : null))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "ftp://host/t", "http://me:topsecret@a_b/t", "t?topsecret"})
    void tokenUrlThatCannotBeUsedIsRefused(String tokenUrl) {
        assertThatThrownBy(() -> OptionChecks.tokenUrl("https://host", tokenUrl))
                .hasMessageStartingWith("Invalid stackai option tokenUrl: ")
                .message()
                .doesNotContain("topsecret");
    }

    @Test
    void reasonIsPartOfTheMessage() {
        assertThat(OptionChecks.invalid("a", "why")).hasMessage("Invalid stackai option a: why");
    }
}

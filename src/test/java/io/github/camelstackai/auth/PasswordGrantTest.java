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
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.failure.HttpErrorMapper;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.StubTransport;
import io.github.camelstackai.protocol.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordGrantTest {
    private static final URI TOKEN_URI = URI.create("https://host/token");

    private final StubTransport transport = new StubTransport();
    private final PasswordGrant grant = grant(CallTimeouts.NONE);

    private PasswordGrant grant(CallTimeouts timeouts) {
        HttpErrorMapper errors = new HttpErrorMapper(new Json(), PasswordGrant::advice, false);
        return new PasswordGrant(transport, TOKEN_URI, "a&b", "p ä=%", timeouts, errors);
    }

    private void respondWith(String token, int expiresIn) {
        transport.last().call().respond(200, "{\"access_token\":\"%s\",\"expires_in\":%d}".formatted(token, expiresIn));
    }

    private static String known(CompletionStage<String> token) {
        return PendingTokens.known(token);
    }

    private static Throwable failure(CompletionStage<String> token) {
        assertThat(token.toCompletableFuture()).isCompletedExceptionally();
        return PendingTokens.reason(
                catchThrowable(() -> token.toCompletableFuture().join()));
    }

    @Test
    void requestIsAFormWithTheEncodedCredentials() throws Exception {
        grant.token(null);
        StubTransport.Sent sent = transport.last();
        assertThat(sent.request()).hasToString("POST https://host/token");
        assertThat(sent.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(sent.header("Accept")).isEqualTo("application/json");
        assertThat(new String(sent.request().body().open().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("grant_type=password&username=a%26b&password=p+%C3%A4%3D%25");
        assertThat(sent.request().redactor().redact("a&b p+%C3%A4%3D%25")).isEqualTo("[credential] [credential]");
    }

    @Test
    void callsThatWaitShareOneRequest() {
        CompletionStage<String> one = grant.token(null);
        CompletionStage<String> other = grant.token(null);
        assertThat(transport.sent()).hasSize(1);
        assertThat(known(one)).isNull();
        respondWith("t", 3600);
        assertThat(known(one)).isEqualTo("t");
        assertThat(known(other)).isEqualTo("t");
    }

    @Test
    void tokenIsKeptUntilItIsRefused() {
        grant.token(null);
        respondWith("t1", 3600);
        assertThat(known(grant.token(null))).isEqualTo("t1");
        CompletionStage<String> replacement = grant.token("t1");
        assertThat(transport.sent()).hasSize(2);
        respondWith("t2", 3600);
        assertThat(known(replacement)).isEqualTo("t2");
        assertThat(known(grant.token("t1")))
                .as("of a call that was sent with the one before")
                .isEqualTo("t2");
        assertThat(transport.sent()).hasSize(2);
    }

    @Test
    void callsThatTheServiceRefusesTogetherShareOneReplacement() {
        grant.token(null);
        respondWith("t1", 3600);
        CompletionStage<String> one = grant.token("t1");
        CompletionStage<String> other = grant.token("t1");
        assertThat(transport.sent()).hasSize(2);
        respondWith("t2", 3600);
        assertThat(known(one)).isEqualTo("t2");
        assertThat(known(other)).isEqualTo("t2");
    }

    @Test
    void tokenIsCurrentUntilItExpiresOrAnotherIsRequested() {
        grant.token(null);
        respondWith("t1", 3600);
        assertThat(grant.isCurrent("t1")).isTrue();
        assertThat(grant.isCurrent("other")).isFalse();
        grant.token("t1");
        assertThat(grant.isCurrent("t1")).as("a replacement is pending").isFalse();
        transport.last().call().respond(503, "");
        assertThat(grant.isCurrent("t1")).as("the replacement failed").isFalse();
        grant.token(null);
        respondWith("t2", 0);
        assertThat(grant.isCurrent("t2")).isFalse();
    }

    @Test
    void expiredTokenIsReplaced() {
        CompletionStage<String> first = grant.token(null);
        respondWith("t1", 0);
        assertThat(known(first)).as("it is new, whatever its lifetime").isEqualTo("t1");
        grant.token(null);
        assertThat(transport.sent()).hasSize(2);
    }

    @Test
    void eachCallOfARefusedRequestGetsAnExceptionOfItsOwnAndTheNextRequestsAgain() {
        CompletionStage<String> one = grant.token(null);
        CompletionStage<String> other = grant.token(null);
        transport.last().call().respond(401, "{\"detail\":\"no such user a&b\"}");
        TokenRefusedException refused = (TokenRefusedException) failure(one);
        StackAiOperationFailedException exception = refused.refused().exception();
        assertThat(exception)
                .hasMessageContainingAll("401", "no such user [credential]", "check username and password")
                .isNotSameAs(((TokenRefusedException) failure(other)).refused().exception());
        assertThat(exception.getStatusCode()).isEqualTo(401);

        CompletionStage<String> next = grant.token(null);
        respondWith("t", 3600);
        assertThat(known(next)).isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>topsecret</html>", "{\"access_token\":\"top secret\"}", "{\"token\":\"topsecret\"}"})
    void unreadableResponseFailsWithoutShowingItAndTheNextCallRequestsAgain(String body) {
        CompletionStage<String> token = grant.token(null);
        transport.last().call().respond(200, body);
        assertThat(failure(token))
                .isInstanceOf(StackAiResponseException.class)
                .hasMessageContainingAll("200", "tokenUrl", "https://host/token")
                .message()
                .doesNotContain("secret");
        grant.token(null);
        assertThat(transport.sent()).hasSize(2);
    }

    @Test
    void failureOfTheTransportIsNotKept() {
        CompletionStage<String> token = grant.token(null);
        IOException cause = new ConnectException("refused");
        transport.last().call().fail(cause, false);
        assertThat(failure(token)).isSameAs(cause);
        CompletionStage<String> next = grant.token(null);
        respondWith("t", 3600);
        assertThat(known(next)).isEqualTo("t");
    }

    static Stream<Throwable> whatTheTransportThrows() {
        return Stream.of(new IllegalStateException("stopped"), new NoClassDefFoundError("of another version"));
    }

    @ParameterizedTest
    @MethodSource("whatTheTransportThrows")
    void whatTheTransportThrowsFailsOneCallAndIsNotKept(Throwable thrown) {
        transport.failNext(thrown);
        Throwable failure;
        try {
            failure = failure(grant.token(null));
        } catch (Error e) {
            failure = e;
        }
        assertThat(failure).isSameAs(thrown);
        CompletionStage<String> next = grant.token(null);
        assertThat(transport.sent()).as("requests again").hasSize(1);
        respondWith("t", 3600);
        assertThat(known(next)).isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,30", // no limit for calls: its own
        "600,0,30",
        "5,0,5",
        "0,5,5",
        "5,3,3",
        "3,5,3"
    })
    void tokenRequestTakesNoLongerThanACallNorThanItsOwnLimit(long response, long total, long limit) {
        grant(new CallTimeouts(Duration.ofSeconds(response), Duration.ofSeconds(77), Duration.ofSeconds(total)))
                .token(null);
        Duration expected = Duration.ofSeconds(limit);
        assertThat(transport.last().timeouts())
                .isEqualTo(new CallTimeouts(expected, expected, expected.multipliedBy(2)));
    }

    static Stream<IOException> failuresOfTheTransport() {
        return Stream.of(
                new ConnectException("x"),
                new NoRouteToHostException("x"),
                new UnknownHostException("x"),
                new SocketTimeoutException("x"),
                new SSLHandshakeException("x"),
                new SocketException("x"),
                new ProtocolException("x"),
                new IOException("x"));
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheTransport")
    void eachCallGetsAFailureOfTheSameKind(IOException cause) {
        Exception failure = grant.failure(cause);
        assertThat(failure)
                .isNotSameAs(cause)
                .isExactlyInstanceOf(cause.getClass())
                .hasMessageContainingAll("token request", "x")
                .hasCause(cause);
    }

    @Test
    void eachCallGetsAnExceptionOfItsOwnForAnUnreadableResponse() {
        StackAiResponseException cause = new StackAiResponseException("check tokenUrl", null, null);
        assertThat(grant.failure(cause))
                .isNotSameAs(cause)
                .isInstanceOf(StackAiResponseException.class)
                .hasMessage("check tokenUrl")
                .hasCause(cause);
    }

    @Test
    void otherCausesAreNamed() {
        Throwable cause = new NoClassDefFoundError("X");
        assertThat(grant.failure(cause))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("token request", "X")
                .hasCause(cause);
    }

    @ParameterizedTest
    @CsvSource({"400,password", "401,password", "403,password", "422,password", "404,tokenUrl", "405,tokenUrl"})
    void adviceNamesTheOptionToCheck(int status, String option) {
        assertThat(PasswordGrant.advice(status)).contains(option);
    }

    @Test
    void otherAdviceIsThatForAnyCall() {
        assertThat(PasswordGrant.advice(429)).isEqualTo(HttpErrorMapper.advice(429));
    }

    @Test
    void tokenCanBeReplaced() {
        assertThat(grant.canRefresh()).isTrue();
    }
}

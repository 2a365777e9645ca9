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
package io.github.camelstackai.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiValidationError;
import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.text.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpErrorMapperTest {
    private static final String KEY = "topsecret";
    private static final String ADDRESS = "https://host/run";

    private final CallDescription call = new CallDescription("The call", Redactor.of(List.of(KEY, "Kennwört€!")));
    private final HttpErrorMapper errors = new HttpErrorMapper(new Json(), status -> "; advice for " + status, true);

    private StackAiOperationFailedException map(
            int status, Map<String, String> headers, byte[] body, boolean complete) {
        ResponseHead head = new ResponseHead(status, "Reason " + KEY, headers, List.of());
        return new RefusedCall(new CollectedResponse(head, body, complete), call, ADDRESS, errors).exception();
    }

    private StackAiOperationFailedException map(int status, String body) {
        return map(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), true);
    }

    @Test
    void messageHasCallStatusDetailAndAdvice() {
        StackAiOperationFailedException failure = map(422, "{\"detail\":\"no\\ninput\"}");
        assertThat(failure).hasMessage("The call was refused with HTTP status 422: no input; advice for 422");
        assertThat(failure.getDetail()).isEqualTo("no\ninput");
        assertThat(failure.getResponseBody()).isEqualTo("{\"detail\":\"no\\ninput\"}");
        assertThat(failure.getStatusCode()).isEqualTo(422);
        assertThat(failure.getUri()).isEqualTo("https://host/run");
    }

    @Test
    void pageOfAGatewayIsShownInsteadOfADetail() {
        StackAiOperationFailedException failure = map(502, "<html>Bad Gateway</html>");
        assertThat(failure).hasMessageContaining(": <html>Bad Gateway</html>; advice");
        assertThat(failure.getDetail()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n"})
    void blankBodyAddsNothingToTheMessage(String body) {
        assertThat(map(503, body)).hasMessage("The call was refused with HTTP status 503; advice for 503");
    }

    @Test
    void credentialShowsNowhere() {
        Map<String, String> headers = Map.of("Location", "/?key=" + KEY, "X-Echo", "Bearer " + KEY);
        String error = "{\"loc\":[\"%s\",1],\"msg\":\"%s\",\"type\":\"%s\"}".replace("%s", KEY);
        byte[] body = ("{\"detail\":[" + error + "]}").getBytes(StandardCharsets.UTF_8);
        StackAiOperationFailedException failure = map(422, headers, body, true);
        assertThat(Arrays.asList(
                        failure.getMessage(),
                        failure.getDetail(),
                        failure.getResponseBody(),
                        failure.getStatusText(),
                        failure.getRedirectLocation(),
                        failure.getResponseHeaders().toString(),
                        failure.getValidationErrors().toString()))
                .allSatisfy(text -> assertThat(text).contains("[credential]").doesNotContain(KEY));
    }

    /** Bytes, which may cut a character, too. */
    @ParameterizedTest
    @CsvSource({"topsecret", "Kennwört€!", "Kennw%C3%B6rt%E2%82%AC%21"})
    void credentialThatTheLimitCutsShowsInPartNowhere(String credential) {
        byte[] body = ("key: " + credential).getBytes(StandardCharsets.UTF_8);
        for (int length = "key: ".length() + 1; length <= body.length; length++) {
            byte[] cut = Arrays.copyOf(body, length);
            StackAiOperationFailedException failure = map(500, Map.of(), cut, false);
            assertThat(List.of(failure.getResponseBody(), failure.getMessage()))
                    .as(new String(cut, StandardCharsets.UTF_8))
                    .allSatisfy(text -> assertThat(text)
                            .doesNotContain("key: " + credential.charAt(0))
                            .doesNotContain("\uFFFD"));
        }
    }

    @Test
    void cookiesAreNotKept() {
        Map<String, String> headers = Map.of("Set-Cookie", "a", "set-cookie2", "b", "X-Id", "1");
        Map<String, String> kept = map(500, headers, new byte[0], true).getResponseHeaders();
        assertThat(kept).containsOnlyKeys("X-Id").containsEntry("x-id", "1");
    }

    @Test
    void targetOfARedirectIsKept() {
        assertThat(map(302, Map.of("Location", "/login"), new byte[0], true).getRedirectLocation())
                .isEqualTo("/login");
        assertThat(map(302, "").getRedirectLocation()).isNull();
    }

    @Test
    void validationErrorsAreReadWhateverTheyLack() {
        StackAiOperationFailedException failure = map(
                422,
                "{\"detail\":[{\"loc\":[\"body\",0],\"msg\":\"m\",\"type\":\"t\"},{\"loc\":\"x\",\"msg\":1},{},\"text\"]}");
        assertThat(failure.getValidationErrors())
                .containsExactly(
                        new StackAiValidationError(List.of("body", "0"), "m", "t"),
                        new StackAiValidationError(List.of("x"), "1", null),
                        new StackAiValidationError(List.of(), null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "304,304",
        "301,baseUrl",
        "401,credential",
        "402,credits",
        "403,credential",
        "404,baseUrl",
        "407,proxyPassword",
        "422,correct",
        "429,CamelRedeliveryDelay",
        "408,redeliver",
        "425,redeliver",
        "502,redeliver",
        "503,redeliver",
        "504,redeliver"
    })
    void adviceSaysWhatToDo(int status, String words) {
        assertThat(HttpErrorMapper.advice(status)).startsWith("; ").contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "408,may still be executing",
        "422,inputs",
        "500,may have run",
        "502,may have taken place",
        "503,may have taken place",
        "504,may still be executing"
    })
    void adviceForARunSaysWhetherItMayHaveRun(int status, String words) {
        assertThat(HttpErrorMapper.adviceForRun(status)).startsWith("; ").contains(words);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 402, 404, 418, 425, 429})
    void otherAdviceForARunIsThatForAnyCall(int status) {
        assertThat(HttpErrorMapper.adviceForRun(status)).isEqualTo(HttpErrorMapper.advice(status));
    }

    @Test
    void unknownStatusHasNoAdvice() {
        assertThat(HttpErrorMapper.advice(418)).isEmpty();
        assertThat(HttpErrorMapper.advice(500)).isEmpty();
    }
}

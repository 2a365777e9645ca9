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
package io.github.camelstackai.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiFailure;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiValidationError;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A status other than 2xx, or a 2xx response that is not a run, is an exception that shows the response. */
class RunRefusalTest extends RouteTest {
    @ParameterizedTest
    @CsvSource({
        "301,false",
        "400,false",
        "401,false",
        "402,false",
        "403,false",
        "404,false",
        "408,true",
        "422,false",
        "425,true",
        "429,true",
        "500,true",
        "501,false",
        "502,true",
        "503,true",
        "504,true"
    })
    void statusOtherThan2xxIsAnHttpOperationFailedException(int status, boolean retryable) {
        context.start();
        assertThat(failure("stackai:run:f", Reply.error(status, "no\r\nway")))
                .isInstanceOf(HttpOperationFailedException.class)
                .isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> {
                    assertThat(e.getStatusCode()).isEqualTo(status);
                    assertThat(e.getDetail()).isEqualTo("no\r\nway");
                    assertThat(e.isRetryable()).isEqualTo(retryable);
                    assertThat(e.getRunId()).isNull();
                    assertThat(e.getMessage())
                            .contains("flow f", Integer.toString(status), "no way")
                            .doesNotContain("\n");
                });
        assertThat(stackAi().requestCount())
                .as("no redirect is followed and no request repeated")
                .isEqualTo(1);
    }

    @Test
    void validationErrorsAreParsed() {
        context.start();
        stackAi()
                .enqueue(Reply.text("{\"detail\":[{\"loc\":[\"body\",0],\"msg\":\"bad\",\"type\":\"t\"}]}")
                        .withStatus(422));
        assertThat(failure("stackai:run:f")).isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> {
            assertThat(e.getValidationErrors())
                    .isEqualTo(List.of(new StackAiValidationError(List.of("body", "0"), "bad", "t")));
            assertThat(e.getDetail()).contains("bad");
        });
    }

    @Test
    void gatewayPageIsKeptUpTo64KiB() {
        context.start();
        String page = "<html>" + "x".repeat(100_000);
        assertThat(failure("stackai:run:f", Reply.text(page).withStatus(502).contentType("text/html")))
                .isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> {
                    assertThat(e.getResponseBody()).hasSize(64 * 1024).startsWith("<html>");
                    assertThat(e.getDetail()).isNull();
                    assertThat(e.getMessage()).contains("<html>").hasSizeLessThan(600);
                });
    }

    @Test
    void credentialInAnErrorResponseIsRedacted() {
        context.start();
        Reply echo = Reply.text(
                        "{\"detail\":\"Authorization: Bearer " + stackAi().apiKey() + "\"}")
                .withStatus(400)
                .header("X-Debug", stackAi().apiKey());
        assertThat(failure("stackai:run:f", echo))
                .isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> assertThat(
                                e + e.getDetail() + e.getResponseBody() + e.getResponseHeaders())
                        .doesNotContain(stackAi().apiKey()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>login</html>", "", "[1]", "\"text\"", "{\"outputs\":", "{} {}", "{\"outputs\":\"text\"}"})
    void okResponseWithoutTheExpectedJsonIsAnError(String body) {
        context.start();
        assertThat(failure("stackai:run:f", Reply.text(body)))
                .isInstanceOfSatisfying(StackAiResponseException.class, e -> {
                    assertThat(e.isRetryable()).isFalse();
                    assertThat(e.getMessage()).contains("flow f", "200", body);
                });
    }

    @Test
    void unrequestedGzipIsNotDecompressed() throws Exception {
        context.start();
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"outputs\":{}}".getBytes(UTF_8));
        }
        assertThat(failure("stackai:run:f", Reply.bytes(packed.toByteArray()).header("Content-Encoding", "gzip")))
                .isInstanceOf(StackAiResponseException.class);
        RecordedRequest request = stackAi().takeRequest(Duration.ofSeconds(5));
        assertThat(request.header("Accept-Encoding")).isNull();
    }

    @Test
    void responseBeyondItsLimitIsAnError() {
        context.start();
        byte[] piece = "x".repeat(1000).getBytes(UTF_8);
        Exception e = failure("stackai:run:f?maxResponseSize=10000", Reply.streaming(() -> piece));
        assertThat(e).isInstanceOf(StackAiResponseException.class).hasMessageContaining("maxResponseSize");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run:f", "stream:f", "feedback:f?runId=r", "metadata:f"})
    void refusalWithABrokenBodyKeepsItsStatus(String call) {
        context.start();
        Reply reply = Reply.error(429, "slow down, please, " + "x".repeat(5000)).resetAfter(400);
        assertThat(failure("stackai:" + call, reply))
                .isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> {
                    assertThat(e.getStatusCode()).isEqualTo(429);
                    assertThat(e.isRetryable()).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource({"run:f,422,inputs", "run:f,500,may have run", "stream:f,500,may have run"})
    void adviceAboutRunsIsInMessagesOfRunsAlone(String call, int status, String advice) {
        context.start();
        assertThat(failure("stackai:" + call, Reply.error(status, "no"))).hasMessageContaining(advice);
        assertThat(failure("stackai:feedback:f?runId=r", Reply.error(status, "no")))
                .message()
                .doesNotContain(advice);
        assertThat(failure("stackai:metadata:f", Reply.error(status, "no")))
                .message()
                .doesNotContain(advice);
    }

    @Test
    void eachExceptionMadeFromAResponseIsAStackAiFailure() {
        context.start();
        assertThat(failure("stackai:run:f", Reply.error(500, "x"))).isInstanceOf(StackAiFailure.class);
        assertThat(failure("stackai:run:f", Reply.text("x"))).isInstanceOf(StackAiFailure.class);
        assertThat(failure("stackai:run:f", Reply.json(Map.of("error", "x")))).isInstanceOf(StackAiFailure.class);
    }
}

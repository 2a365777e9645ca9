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

import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.http.CallTimeoutException;
import io.github.camelstackai.http.CallTimeoutException.Limit;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.RunResult;
import io.github.camelstackai.protocol.frame.FrameDecoder;
import io.github.camelstackai.protocol.frame.StreamDecodingException;
import io.github.camelstackai.text.Redactor;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StreamErrorMapperTest {
    private final StreamErrorMapper errors =
            new StreamErrorMapper(new CallDescription("The stream", Redactor.of(List.of("topsecret"))));

    private static StreamDecodingException refused(String body, int maxFrameSize) {
        FrameDecoder decoder = new FrameDecoder(new Json(), maxFrameSize, true, frame -> {});
        try {
            decoder.feed(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
        } catch (StreamDecodingException e) {
            return e;
        }
        throw new IllegalArgumentException("a stream: " + body);
    }

    private static StreamDecodingException malformed(String body) {
        return refused(body + "\n", 1000);
    }

    private static StreamDecodingException tooLarge() {
        return refused("{\"a\":1}\n", 3);
    }

    private static CallTimeoutException timeout(Limit limit) {
        return new CallTimeoutException(limit, Duration.ofSeconds(2), "GET /", HttpCall.MAY_HAVE_TAKEN_PLACE);
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(malformed("nonsense"), Reason.MALFORMED),
                Arguments.of(tooLarge(), Reason.TOO_LARGE),
                Arguments.of(timeout(Limit.IDLE), Reason.IDLE),
                Arguments.of(timeout(Limit.TOTAL), Reason.TRUNCATED),
                Arguments.of(new SocketException("reset"), Reason.TRUNCATED),
                Arguments.of(new IllegalStateException("bug"), Reason.TRUNCATED));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void reasonIsToldByTheCause(Throwable cause, Reason reason) {
        StackAiStreamException failure = errors.map(cause, "r-1", "abc");
        assertThat(failure.getReason()).isEqualTo(reason);
        assertThat(failure.getRunId()).isEqualTo("r-1");
        assertThat(failure.getText()).isEqualTo("abc");
        assertThat(failure)
                .hasMessageStartingWith("Run r-1, The stream, broke after 3 characters (" + reason + "): ")
                .hasMessageContaining("billed")
                .hasCause(cause);
    }

    @Test
    void consequenceIsSaidOnce() {
        assertThat(errors.map(timeout(Limit.IDLE), null, "").getMessage())
                .startsWith("The stream broke after 0 characters")
                .contains("streamIdleTimeout")
                .doesNotContain(HttpCall.MAY_HAVE_TAKEN_PLACE);
    }

    @Test
    void causeWithAMessageOfItsOwnKindIsNamed() {
        assertThat(errors.map(new IllegalStateException("bug"), null, ""))
                .hasMessageContaining("java.lang.IllegalStateException: bug");
        assertThat(errors.map(new IOException(), null, "")).hasMessageContaining("(TRUNCATED): ");
    }

    @Test
    void whatCameInsteadIsShownWithoutCredentials() {
        StackAiStreamException failure = errors.map(malformed("Bearer topsecret\t!"), null, "");
        assertThat(failure).hasMessageContaining("but got: Bearer [credential] !");
        assertThat(errors.map(new IOException("topsecret"), null, ""))
                .hasMessageContaining("[credential]")
                .hasNoCause();
    }

    @Test
    void bodyThatEndsTooEarlyIsTruncated() {
        StackAiStreamException failure = errors.truncated("r-1", "abc");
        assertThat(failure.getReason()).isEqualTo(Reason.TRUNCATED);
        assertThat(failure.getText()).isEqualTo("abc");
        assertThat(failure).hasMessageStartingWith("Run r-1, The stream, broke").hasNoCause();
    }

    @Test
    void reportedFailureHasThatOfTheRunAsItsCause() {
        RunResult result = RunResult.of(Map.of("run_id", "r-1", "error", "no topsecret\ncredits"));
        StackAiStreamException failure = errors.reported(result, "abc");
        assertThat(failure.getReason()).isEqualTo(Reason.REPORTED);
        assertThat(failure.getRunId()).isEqualTo("r-1");
        assertThat(failure.getText()).isEqualTo("abc");
        assertThat(failure)
                .hasMessageContaining("no [credential] credits")
                .hasCauseInstanceOf(StackAiRunFailedException.class);
    }

    @Test
    void answerThatIsTooLargeNamesTheOption() {
        StackAiStreamException failure = errors.tooLarge(1000, "r-1", "abc");
        assertThat(failure.getReason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(failure).hasMessageContainingAll("maxResponseSize", "1000 bytes", "Run r-1");
    }

    @Test
    void whatIsNoStreamFromItsFirstByteIsNoResponseOfTheService() {
        StreamDecodingException cause = malformed("<html>topsecret");
        assertThat(errors.beforeFirstFrame(cause))
                .isInstanceOf(StackAiResponseException.class)
                .hasMessageStartingWith("The stream was accepted")
                .hasMessageContainingAll("<html>[credential]", "baseUrl", "gateway")
                .hasCause(cause);
    }

    static Stream<Throwable> breaksBeforeTheFirstFrame() {
        return Stream.of(tooLarge(), timeout(Limit.IDLE), new SocketException("reset"));
    }

    @ParameterizedTest
    @MethodSource("breaksBeforeTheFirstFrame")
    void streamThatBreaksBeforeItsFirstFrameHasNoRunAndNoText(Throwable cause) {
        StackAiStreamException failure = (StackAiStreamException) errors.beforeFirstFrame(cause);
        assertThat(failure.getReason()).isEqualTo(errors.map(cause, null, "").getReason());
        assertThat(failure.getRunId()).isNull();
        assertThat(failure.getText()).isEmpty();
    }

    @Test
    void failureOfAnotherKindRemainsWhatItIs() {
        IllegalStateException cause = new IllegalStateException("bug");
        assertThat(errors.beforeFirstFrame(cause)).isSameAs(cause);
    }
}

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
package io.github.camelstackai.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.http.CallTimeoutException;
import io.github.camelstackai.http.CallTimeoutException.Limit;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeMapperTest {
    private static StackAiOperationFailedException refused(int status) {
        return new StackAiOperationFailedException(
                "refused", "http://host", status, null, null, Map.of(), "", null, List.of(), true);
    }

    private static StackAiStreamException broken(Reason reason) {
        return new StackAiStreamException("broke", reason, "r-1", "", null);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(refused(401), "http_401"),
                Arguments.of(refused(429), "http_429"),
                Arguments.of(refused(503), "http_503"),
                Arguments.of(refused(304), "http_other"),
                Arguments.of(refused(999), "http_other"),
                Arguments.of(broken(Reason.TRUNCATED), "stream_truncated"),
                Arguments.of(broken(Reason.TOO_LARGE), "stream_too_large"),
                Arguments.of(new StackAiRunFailedException("failed", "r-1", "FAILED", null, Map.of()), "run_failed"),
                Arguments.of(new StackAiResponseException("no JSON", null, null), "unreadable"),
                Arguments.of(new CallTimeoutException(Limit.RESPONSE, Duration.ZERO, "call", ""), "timeout"),
                Arguments.of(new ConnectException(), "connect"),
                Arguments.of(new UnknownHostException(), "connect"),
                Arguments.of(new SSLHandshakeException("certificate"), "connect"),
                Arguments.of(new SocketException("reset"), "io"),
                Arguments.of(new IOException(), "io"),
                Arguments.of(new IllegalStateException(), "error"),
                Arguments.of(new Error(), "error"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureHasAName(Throwable failure, String outcome) {
        assertThat(OutcomeMapper.of(failure)).isEqualTo(outcome);
        assertThat(OutcomeMapper.isFailure(outcome)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {OutcomeMapper.SUCCESS, OutcomeMapper.CANCELLED, OutcomeMapper.STOPPED})
    void otherEndIsNoFailure(String outcome) {
        assertThat(OutcomeMapper.isFailure(outcome)).isFalse();
    }

    @Test
    void callWithoutATokenHasFailed() {
        assertThat(OutcomeMapper.isFailure(OutcomeMapper.NO_TOKEN)).isTrue();
    }
}

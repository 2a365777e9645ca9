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
package io.github.camelstackai.http.apache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.OutboundRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which failure becomes which; route tests cause them on a real socket. */
class TransportErrorMapperTest {
    private final ApacheCall call = new ApacheCall(
            new OutboundRequest("POST", URI.create("https://example.com/x"), "", List.of(), null, List.of()),
            CallTimeouts.NONE,
            null,
            null,
            null,
            null);

    @Test
    void causeWithoutMessageIsNamed() {
        IOException cause = new ClosedChannelException();
        assertThat(TransportErrorMapper.map(cause, Stage.SENT, call))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("(ClosedChannelException); the request was sent")
                .hasCause(cause);
        assertThat(TransportErrorMapper.map(cause, Stage.CONNECTED, call))
                .isInstanceOf(ConnectException.class)
                .hasMessageEndingWith(": ClosedChannelException; nothing was sent")
                .hasCause(cause);
    }

    static Stream<Arguments> unsentFailures() {
        return Stream.of(
                Arguments.of(new ConnectionRequestTimeoutException("none free"), ConnectTimeoutException.class),
                Arguments.of(new SocketTimeoutException("x"), ConnectTimeoutException.class),
                Arguments.of(new UnknownHostException("host"), UnknownHostException.class),
                Arguments.of(new SSLException("x"), SSLHandshakeException.class),
                Arguments.of(new SSLHandshakeException("x"), SSLHandshakeException.class),
                Arguments.of(new SocketException("reset"), ConnectException.class),
                Arguments.of(new IllegalStateException("shut down"), ConnectException.class));
    }

    @ParameterizedTest
    @MethodSource("unsentFailures")
    void failureBeforeTheRequestIsOfAKindThatNoOtherHas(Exception cause, Class<? extends Exception> kind) {
        for (Stage stage : List.of(Stage.WAITING, Stage.CONNECTING, Stage.CONNECTED)) {
            assertThat(TransportErrorMapper.map(cause, stage, call))
                    .isExactlyInstanceOf(kind)
                    .hasMessageStartingWith("POST https://example.com/x: ")
                    .hasMessageEndingWith("; nothing was sent")
                    .hasCause(cause);
        }
    }

    static Stream<Exception> failuresThatNameTheAddress() {
        return Stream.of(
                new ConnectException("refused"),
                new NoRouteToHostException("no route"),
                new ConnectTimeoutException("timed out"));
    }

    @ParameterizedTest
    @MethodSource("failuresThatNameTheAddress")
    void failureThatNamesTheAddressRemainsWhatItIs(Exception cause) {
        assertThat(TransportErrorMapper.map(cause, Stage.CONNECTING, call)).isSameAs(cause);
    }

    static Stream<Arguments> sentFailures() {
        return Stream.of(
                Arguments.of(new SSLHandshakeException("bad certificate"), SSLHandshakeException.class),
                Arguments.of(new SocketException("reset"), SocketException.class),
                Arguments.of(new ConnectException("refused"), SocketException.class),
                Arguments.of(new HttpException("garbage"), ProtocolException.class),
                Arguments.of(new MessageConstraintException("too many headers"), ProtocolException.class),
                Arguments.of(new IllegalStateException("bug"), IOException.class));
    }

    @ParameterizedTest
    @MethodSource("sentFailures")
    void failureBehindTheRequestIsOfAnotherKind(Exception cause, Class<? extends Exception> kind) {
        assertThat(TransportErrorMapper.map(cause, Stage.SENT, call))
                .isExactlyInstanceOf(kind)
                .hasMessageStartingWith("POST https://example.com/x: ")
                .hasMessageContaining(cause.getMessage())
                .hasCause(cause);
    }

    @Test
    void whatTheServerSentIsShownWithoutCredentials() {
        ApacheCall signed = new ApacheCall(
                call.request().withCredential("Authorization", "Bearer topsecret", "topsecret"),
                CallTimeouts.NONE,
                null,
                null,
                null,
                null);
        assertThat(TransportErrorMapper.map(new IOException("Bearer topsecret"), Stage.SENT, signed))
                .hasMessageContaining("Bearer [credential]")
                .hasNoCause();
    }
}

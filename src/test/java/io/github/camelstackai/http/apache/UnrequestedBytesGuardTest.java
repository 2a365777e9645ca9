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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.NHttpMessageParser;
import org.apache.hc.core5.http.nio.NHttpMessageWriter;
import org.apache.hc.core5.http.nio.SessionInputBuffer;
import org.apache.hc.core5.http.nio.SessionOutputBuffer;
import org.junit.jupiter.api.Test;

class UnrequestedBytesGuardTest {
    private int detected;
    /** What HttpCore parses next; null for an incomplete head. */
    private HttpResponse parsed;

    private final NHttpMessageParser<HttpResponse> httpCore = new NHttpMessageParser<>() {
        @Override
        public HttpResponse parse(SessionInputBuffer buffer, boolean endOfStream) {
            return parsed;
        }

        @Override
        public void reset() {}
    };

    private final UnrequestedBytesGuard guard = new UnrequestedBytesGuard(
            httpCore,
            new NHttpMessageWriter<>() {
                @Override
                public void write(HttpRequest request, SessionOutputBuffer buffer) {}

                @Override
                public void reset() {}
            },
            () -> detected++);

    private void request() throws IOException, HttpException {
        guard.writer().write(new BasicHttpRequest("GET", "/"), null);
    }

    /** Receives bytes that HttpCore parses as a head with this status; 0 for an incomplete one. */
    private HttpResponse receive(int status) throws IOException, HttpException {
        parsed = status == 0 ? null : new BasicHttpResponse(status);
        return guard.parser().parse(buffer(true), false);
    }

    private static SessionInputBuffer buffer(boolean hasData) {
        return (SessionInputBuffer) Proxy.newProxyInstance(
                UnrequestedBytesGuardTest.class.getClassLoader(),
                new Class<?>[] {SessionInputBuffer.class},
                (proxy, method, arguments) -> hasData);
    }

    private void assertEnds(int status) {
        assertThatThrownBy(() -> receive(status))
                .isInstanceOf(ConnectionClosedException.class)
                .hasMessageContaining("no request asked for");
    }

    @Test
    void responsesToRequestsArePassedOn() throws Exception {
        for (int i = 0; i < 3; i++) {
            request();
            assertThat(receive(0)).isNull();
            assertThat(receive(200)).isNotNull();
        }
        assertThat(detected).isZero();
    }

    @Test
    void informationalResponseIsNotTheAnswer() throws Exception {
        request();
        assertThat(receive(100)).isNotNull();
        assertThat(receive(103)).isNotNull();
        assertThat(receive(200)).isNotNull();
        assertEnds(200);
    }

    @Test
    void bytesAfterTheAnswerEndTheConnection() throws Exception {
        request();
        receive(200);
        assertEnds(0);
        assertThat(detected).isEqualTo(1);
    }

    @Test
    void bytesBeforeTheFirstRequestEndTheConnection() {
        assertEnds(200);
        assertThat(detected).isEqualTo(1);
    }

    @Test
    void endWithoutBytesIsNotDetected() throws Exception {
        request();
        receive(200);
        parsed = null;
        assertThat(guard.parser().parse(buffer(false), true)).isNull();
        assertThat(detected).isZero();
    }
}

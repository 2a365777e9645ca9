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

import static io.github.camelstackai.route.Streams.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body or header that cannot be sent fails before anything is sent. */
class RefusedInputsTest extends RouteTest {
    private static final String JSON = "application/json";

    @BeforeEach
    void start() throws Exception {
        startRoute("stackai:run:f");
    }

    @Test
    void missingFileIsRefused() {
        assertRefused(send(new File("/not/there.txt")), "not/there.txt");
    }

    @Test
    void bytesThatAreNotTextAreRefused() {
        assertRefused(send(new byte[] {(byte) 0xFF, (byte) 0xFE, 0}), Exchange.CHARSET_NAME);
    }

    @Test
    void unknownCharsetIsRefused() {
        Exchange exchange = template.request("direct:start", e -> {
            e.setProperty(Exchange.CHARSET_NAME, "no-such");
            e.getMessage().setBody(new byte[] {'a'});
        });
        assertRefused(exchange, Exchange.CHARSET_NAME);
    }

    @Test
    void failureToReadTheBodyIsNotAConnectionFailure() {
        Exchange exchange = send(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new SocketException("disk gone");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        });
        assertRefused(exchange, "nothing was sent: java.net.SocketException: disk gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stackai:run:f", "stackai:stream:f", "stackai:feedback:f?runId=r"})
    void failureToConvertTheBodyKeepsItsCause(String uri) {
        IOException cause = new SocketException("disk gone");
        Exchange exchange = template.request(uri, e -> e.getMessage().setBody(new FailingReader(cause)));
        assertThat(exchange.getException())
                .isInstanceOfAny(IllegalArgumentException.class, InvalidPayloadException.class)
                .hasRootCause(cause);
        assertThat(stackAi().requestCount()).isZero();
    }

    private static final class FailingReader extends Reader {
        private final IOException cause;

        FailingReader(IOException cause) {
            this.cause = cause;
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            throw cause;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    @Test
    void invalidJsonIsRefused() {
        assertRefused(send("{\"a\":", Map.of(Exchange.CONTENT_TYPE, JSON)), "Content-Type");
        assertRefused(send("{} x", Map.of(Exchange.CONTENT_TYPE, JSON)), "Content-Type");
        assertRefused(send("", Map.of(Exchange.CONTENT_TYPE, JSON)), "Content-Type");
    }

    @Test
    void headersOfAWrongTypeAreRefused() {
        assertRefused(send("x", Map.of(StackAiConstants.INPUTS, List.of(1))), StackAiConstants.INPUTS);
        assertRefused(send("x", Map.of(StackAiConstants.VERSION, "three")), StackAiConstants.VERSION);
        assertRefused(send("x", Map.of(StackAiConstants.VERSION, -2)), StackAiConstants.VERSION);
    }

    @Test
    void bodyThatJacksonCannotWriteIsRefused() {
        assertRefused(send(new Object()), "java.lang.Object");
        assertRefused(send(Map.of("a", new Object())), StackAiConstants.INPUTS);
    }

    private void assertRefused(Exchange exchange, String named) {
        assertThat(exchange.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
        assertThat(stackAi().requestCount()).isZero();
    }
}

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
package io.github.camelstackai.examples.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No answer lasts for ever. */
@Timeout(20)
class ResponseReaderTest {
    private static final Duration TIME = Duration.ofMillis(100);

    /** A connection over which the same text comes again and again after the first one, byte by byte. */
    private static final class Endless extends Socket {
        private final byte[] first;
        private final byte[] next;
        private int at;
        private int timeout;

        Endless(String first, String next) {
            this.first = first.getBytes(StandardCharsets.US_ASCII);
            this.next = next.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public InputStream getInputStream() {
            return new InputStream() {
                @Override
                public int read() {
                    int now = at++;
                    return now < first.length ? first[now] : next[(now - first.length) % next.length];
                }

                @Override
                public int read(byte[] bytes, int from, int length) {
                    bytes[from] = (byte) read();
                    return 1;
                }
            };
        }

        @Override
        public synchronized void setSoTimeout(int millis) {
            timeout = millis;
        }
    }

    private static Response read(Socket socket, Duration time) throws IOException {
        return new ResponseReader(socket, System.nanoTime(), time).read(Limits.USUAL);
    }

    @Test
    void bodyWithoutAnEndIsLeft() throws Exception {
        Endless socket = new Endless("HTTP/1.1 200 OK\r\n\r\n", "x");
        Response response = read(socket, TIME);
        assertThat(response.end()).isEqualTo(Response.End.LATE);
        assertThat(socket.timeout).as("the time left").isBetween(1, (int) TIME.toMillis());
    }

    @Test
    void interimAnswersAndHeadersAreLimited() {
        Duration minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> read(new Endless("", "HTTP/1.1 100 Continue\r\n\r\n"), minute))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("interim");
        assertThatThrownBy(() -> read(new Endless("HTTP/1.1 200 OK\r\n", "a: b\r\n"), minute))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("headers");
    }
}

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

import io.github.camelstackai.http.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.impl.nio.LengthDelimitedEncoder;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.SessionOutputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyProducerTest {
    private static final int PIECE = 32 * 1024;

    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.SENDING);
    private final AtomicInteger accepted = new AtomicInteger();
    private final Channel channel = new Channel();

    /** Accepts some bytes at a time. */
    private static final class Channel implements DataStreamChannel {
        final ByteArrayOutputStream written = new ByteArrayOutputStream();
        int room = Integer.MAX_VALUE;
        boolean ended;

        @Override
        public int write(ByteBuffer source) {
            byte[] part = new byte[Math.min(room, source.remaining())];
            source.get(part);
            written.writeBytes(part);
            return part.length;
        }

        @Override
        public void endStream() {
            ended = true;
        }

        @Override
        public void endStream(List<? extends Header> trailers) {
            ended = true;
        }

        @Override
        public void requestOutput() {}
    }

    private BodyProducer open(RequestBody body) throws IOException {
        BodyProducer producer = new BodyProducer(body, stage, accepted::incrementAndGet);
        producer.open();
        return producer;
    }

    private void produceAll(BodyProducer producer) throws IOException {
        while (!channel.ended) {
            producer.produce(channel);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE})
    void contentIsSentWholeAndClosed(int length) throws Exception {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i % 251);
        }
        CountedBody body = new CountedBody(RequestBody.of(bytes));
        BodyProducer producer = open(body);
        channel.room = 1000;
        assertThat(producer.getContentLength()).isEqualTo(length);
        produceAll(producer);
        assertThat(channel.written.toByteArray()).isEqualTo(bytes);
        assertThat(producer.isComplete()).isTrue();
        assertThat(stage).hasValue(Stage.SENT);
        assertThat(body.stillOpen()).isZero();
    }

    @Test
    void requestIsNotSentBeforeItsLastPieceIs() throws Exception {
        BodyProducer producer = open(CountedBody.zeros(PIECE + 1));
        producer.produce(channel);
        assertThat(stage).hasValue(Stage.SENDING);
        channel.room = 0;
        producer.produce(channel);
        assertThat(stage).as("it may be on the wire from here on").hasValue(Stage.SENT);
        assertThat(producer.isComplete()).isFalse();
    }

    /** What closes a form must not be on the wire while the request counts as incomplete. */
    @ParameterizedTest
    @ValueSource(ints = {PIECE + 1, PIECE + 63, 3 * PIECE + 2})
    void lastPieceHasTheEndOfTheForm(int length) throws Exception {
        BodyProducer producer = open(CountedBody.zeros(length));
        int before = 0;
        while (stage.get() == Stage.SENDING) {
            before = channel.written.size();
            producer.produce(channel);
        }
        assertThat(length - before).isGreaterThanOrEqualTo(64);
        assertThat(channel.written.size()).isEqualTo(length);
    }

    @Test
    void onlyWhatTheConnectionAcceptsIsProgress() throws Exception {
        BodyProducer producer = open(CountedBody.zeros(PIECE));
        channel.room = 0;
        producer.produce(channel);
        assertThat(accepted).hasValue(0);
        channel.room = 1;
        producer.produce(channel);
        assertThat(accepted).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, PIECE - 1, PIECE, 2 * PIECE - 1, 2 * PIECE + 1, 3 * PIECE})
    void contentOfAnotherLengthIsNeverSentToItsEnd(long actual) throws Exception {
        CountedBody body = CountedBody.announced(2 * PIECE, actual);
        BodyProducer producer = open(body);
        assertThatThrownBy(() -> produceAll(producer)).isInstanceOf(UnreadableContentException.class);
        assertThat(channel.written.size()).isLessThan(2 * PIECE);
        assertThat(stage).hasValue(Stage.SENDING);
        producer.close();
        assertThat(body.stillOpen()).isZero();
    }

    @Test
    void contentThatShouldBeEmptyIsNotSent() throws Exception {
        BodyProducer producer = open(CountedBody.announced(0, 1));
        assertThatThrownBy(() -> produceAll(producer))
                .isInstanceOf(UnreadableContentException.class)
                .hasMessageContaining("more than the 0 bytes");
        assertThat(channel.ended).isFalse();
    }

    @Test
    void lastPieceOfAnAbortedCallIsNotSent() throws Exception {
        BodyProducer producer = open(CountedBody.zeros(1));
        stage.set(Stage.CLOSED);
        assertThatThrownBy(() -> producer.produce(channel)).isInstanceOf(RequestNotExecutedException.class);
        assertThat(channel.written.size()).isZero();
    }

    @Test
    void contentThatIsOpenedAfterTheEndOfTheCallIsClosed() throws Exception {
        CountedBody body = CountedBody.zeros(1);
        stage.set(Stage.CLOSED);
        open(body);
        assertThat(body.opened()).isEqualTo(1);
        assertThat(body.stillOpen()).isZero();
    }

    @Test
    void contentThatIsOpenedAgainStartsAgain() throws Exception {
        CountedBody body = CountedBody.zeros(2 * PIECE);
        BodyProducer producer = open(body);
        producer.produce(channel);
        producer.open();
        channel.written.reset();
        produceAll(producer);
        assertThat(channel.written.size()).isEqualTo(2 * PIECE);
        assertThat(body.stillOpen()).isZero();
    }

    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead") // fails at once
    void errorOfTheContentIsItsFailure() throws Exception {
        BodyProducer producer = open(new RequestBody() {
            @Override
            public long length() {
                return 1;
            }

            @Override
            public java.io.InputStream open() {
                return new java.io.InputStream() {
                    @Override
                    public int read() {
                        throw new StackOverflowError("deep");
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) {
                        return read();
                    }
                };
            }
        });
        assertThatThrownBy(() -> producer.produce(channel))
                .isInstanceOf(UnreadableContentException.class)
                .hasMessageContaining("deep");
    }

    /** As long as this holds, the length has to be checked here. */
    @Test
    void encoderOfHttpCoreStillEndsContentThatIsTooShort() throws Exception {
        SessionOutputBuffer buffer = (SessionOutputBuffer) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SessionOutputBuffer.class},
                (proxy, method, arguments) -> null);
        LengthDelimitedEncoder encoder = new LengthDelimitedEncoder(
                Channels.newChannel(OutputStream.nullOutputStream()), buffer, new BasicHttpTransportMetrics(), 2);
        encoder.complete(null);
        assertThat(encoder.isCompleted()).isTrue();
    }
}

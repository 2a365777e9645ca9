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
package io.github.camelstackai.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineDecoderTest {
    private final List<String> lines = new ArrayList<>();
    private final LineDecoder decoder = new LineDecoder(16, line -> lines.add(line.text()));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void everyLineEndIsOneLineEndWhereverTheChunksAreCut(int chunkSize) throws Exception {
        feed("a\nb\rc\r\nd\n\ne\r\rf\r\n\r\ng\n\rh", chunkSize);
        decoder.finish();

        assertThat(lines).containsExactly("a", "b", "c", "d", "", "e", "", "f", "", "g", "", "h");
    }

    @Test
    void carriageReturnEndsTheLineWithoutWaitingForWhatFollows() throws Exception {
        feed("a\r", 64);
        assertThat(lines).containsExactly("a");

        feed("\n", 64);
        feed("\n", 64);
        assertThat(lines).containsExactly("a", "");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64})
    void cutCharacterSurvivesChunkBoundary(int chunkSize) throws Exception {
        feed("é€😀\n😀€é\n", chunkSize);

        assertThat(lines).containsExactly("é€😀", "😀€é");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64})
    void byteOrderMarkIsStrippedFromTheStartAlone(int chunkSize) throws Exception {
        feed("\uFEFFa\n\uFEFFb\n", chunkSize);

        assertThat(lines).containsExactly("a", "\uFEFFb");
    }

    @Test
    void byteOrderMarkIsStrippedFromAnUnterminatedFirstLine() throws Exception {
        feed("\uFEFFa", 1);
        decoder.finish();

        assertThat(lines).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({"1", "5", "64"})
    void lineAtTheLimitPassesAndOneByteMoreIsRefused(int chunkSize) throws Exception {
        feed("0123456789abcdef\n", chunkSize);
        assertThat(lines).containsExactly("0123456789abcdef");

        assertThatThrownBy(() -> feed("0123456789abcdefg", chunkSize))
                .isInstanceOfSatisfying(StreamDecodingException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(StreamDecodingException.Reason.TOO_LARGE));
        assertThat(decoder.bufferedBytes()).isLessThanOrEqualTo(16);
    }

    @Test
    void finishEmitsAnUnterminatedLineButNoEmptyOne() throws Exception {
        feed("a\n", 64);
        decoder.finish();
        assertThat(lines).containsExactly("a");
    }

    @Test
    void stoppedDecoderIgnoresTheRestOfTheChunkAndAllThatFollows() throws Exception {
        List<String> seen = new ArrayList<>();
        LineDecoder[] stopping = new LineDecoder[1];
        stopping[0] = new LineDecoder(16, line -> {
            seen.add(line.text());
            stopping[0].stop();
        });

        stopping[0].feed(bytes("a\nb\n"), 0, 4);
        stopping[0].feed(bytes("x".repeat(99)), 0, 99);
        stopping[0].finish();

        assertThat(seen).containsExactly("a");
    }

    @Test
    void everyKindOfBufferIsReadFromItsPositionToItsLimit() throws Exception {
        ByteBuffer heap =
                ByteBuffer.wrap(bytes("__a\n__"), 1, 4).slice().position(1).limit(3);
        ByteBuffer direct = ByteBuffer.allocateDirect(8).put(bytes("b\n")).flip();
        ByteBuffer readOnly = ByteBuffer.wrap(bytes("c\n")).asReadOnlyBuffer();

        for (ByteBuffer buffer : List.of(heap, direct, readOnly)) {
            decoder.feed(buffer);
            assertThat(buffer.hasRemaining()).isFalse();
        }

        assertThat(lines).containsExactly("a", "b", "c");
    }

    /** Whatever stands before it, in each place of the eight bytes that are searched together, and with bytes that follow. */
    @ParameterizedTest
    @ValueSource(bytes = {'\n', '\r'})
    void lineEndIsFoundBehindEveryByte(byte lineEnd) throws Exception {
        for (int before = 0; before < 256; before++) {
            for (int length = 0; length < 15; length++) {
                byte[] text = new byte[length + 9];
                Arrays.fill(text, 0, length, (byte) before);
                text[length] = lineEnd;
                List<Integer> lengths = new ArrayList<>();
                new LineDecoder(16, line -> lengths.add(line.length())).feed(text, 0, text.length);
                if (before == '\n' || before == '\r') {
                    assertThat(lengths).as("line ends").containsOnly(0);
                } else {
                    assertThat(lengths).as("%d times %d", length, before).containsExactly(length);
                }
            }
        }
    }

    /** The bytes behind those that are fed are of an earlier piece. */
    @Test
    void bytesBehindThoseFedAreNotSearched() throws Exception {
        for (int length = 0; length < 17; length++) {
            byte[] text = bytes("x".repeat(length) + "\n".repeat(16));
            new LineDecoder(32, line -> lines.add(line.text())).feed(text, 0, length);
            assertThat(lines).as("%d bytes", length).isEmpty();
        }
    }

    private void feed(String text, int chunkSize) throws StreamDecodingException {
        byte[] bytes = bytes(text);
        for (int offset = 0; offset < bytes.length; offset += chunkSize) {
            decoder.feed(bytes, offset, Math.min(chunkSize, bytes.length - offset));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

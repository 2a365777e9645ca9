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

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelstackai.protocol.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What must hold for any bytes at all. The normal build runs it over the inputs kept under {@code src/test/resources};
 * with {@code JAZZER_FUZZ=1} in the environment it looks for new ones, one test at a time.
 */
class FrameDecoderFuzzTest {
    private static final int LIMIT = 256;

    /** What a decoder made of the bytes; {@code refused} is null, or why it stopped. */
    private record Outcome(List<Frame> frames, boolean ended, StreamDecodingException.Reason refused) {}

    @FuzzTest(maxDuration = "5m")
    void anyBytesDecodeAlikeHoweverTheyAreCut(byte[] body) {
        assertDecodesAlike(body, true);
        assertDecodesAlike(body, false);
    }

    private static void assertDecodesAlike(byte[] body, boolean verbose) {
        Outcome whole = decode(body, verbose, body.length + 1);

        assertThat(whole.frames()).hasSizeLessThanOrEqualTo(lines(body));
        assertThat(whole.frames().stream().filter(Frame::terminal)).hasSize(whole.ended() ? 1 : 0);
        for (int chunkSize = 1; chunkSize <= 3; chunkSize++) {
            assertThat(decode(body, verbose, chunkSize)).isEqualTo(whole);
        }
        assertThat(decode(body, verbose, 0)).isEqualTo(whole);
    }

    /** In pieces of {@code chunkSize} bytes, or of sizes that the bytes themselves decide if that is 0. */
    private static Outcome decode(byte[] body, boolean verbose, int chunkSize) {
        Random sizes = new Random(Arrays.hashCode(body));
        List<Frame> frames = new ArrayList<>();
        FrameDecoder decoder = new FrameDecoder(new Json(), LIMIT, verbose, frames::add);
        try {
            int offset = 0;
            while (offset < body.length) {
                int length = Math.min(chunkSize == 0 ? sizes.nextInt(20) : chunkSize, body.length - offset);
                decoder.feed(body, offset, length);
                assertThat(decoder.bufferedBytes()).isLessThanOrEqualTo(LIMIT);
                offset += length;
            }
            decoder.finish();
            return new Outcome(frames, decoder.ended(), null);
        } catch (StreamDecodingException refused) {
            return new Outcome(frames, decoder.ended(), refused.reason());
        }
    }

    private static int lines(byte[] body) {
        int lines = 1;
        for (byte character : body) {
            lines += character == '\n' || character == '\r' ? 1 : 0;
        }
        return lines;
    }
}

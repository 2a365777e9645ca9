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

import io.github.camelstackai.protocol.frame.StreamDecodingException.Reason;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderLimitsTest {
    private static final int LIMIT = 100;
    private static final String FRAME = "{\"outputs\":{\"out-0\":\"%s\"}}";

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void frameAtTheLimitPassesAndOneByteMoreIsRefused(int chunkSize) {
        String text = "x".repeat(LIMIT - FRAME.formatted("").length());

        assertThat(decode(FRAME.formatted(text) + "\n", chunkSize).frames()).hasSize(1);
        assertTooLarge(decode(FRAME.formatted(text + "x") + "\n", chunkSize));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void manyFramesTogetherMayBeLargerThanTheLimit(int chunkSize) {
        String frame = FRAME.formatted("x".repeat(50)) + "\n";

        assertThat(decode(frame.repeat(50) + ("data: " + frame).repeat(50), chunkSize)
                        .frames())
                .hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {\n", "data: x\n", "data:\n", "data\n", "data: {\n: comment\nid: 1\n"})
    void eventOfManyLinesIsBounded(String lines) {
        for (int chunkSize : new int[] {1, 7, 100_000}) {
            assertTooLarge(decode(lines.repeat(LIMIT) + lines.repeat(LIMIT), chunkSize));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {":", "id: ", "event: ", "data: ", "{\"", "<html>", " "})
    void lineOfAnyKindIsBounded(String start) {
        for (int chunkSize : new int[] {1, 7, 100_000}) {
            assertTooLarge(decode(start + "x".repeat(LIMIT), chunkSize));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {": comment\n", "id: 1\n", "event: x\n", "\n", "  \n"})
    void heartbeatsNeverAddUp(String heartbeat) {
        DecodedStream stream = decode(heartbeat.repeat(10 * LIMIT), 7);

        assertThat(stream.failure()).isNull();
        assertThat(stream.frames()).isEmpty();
    }

    static String[] hostileLines() {
        return new String[] {"x", "{", "data: {\n", "data:\n", "data: x\n", "\r", ":\n", "{}\n", "data: \"[DONE]\n"};
    }

    /** Eight times the bytes must take about eight times as long; sixty-four times would be a rescan for each piece. */
    @ParameterizedTest
    @MethodSource("hostileLines")
    void timeIsLinearInTheBytes(String lines) {
        byte[] few = ("data:\n" + lines.repeat(20_000 / lines.length())).getBytes(StandardCharsets.US_ASCII);
        byte[] many = ("data:\n" + lines.repeat(160_000 / lines.length())).getBytes(StandardCharsets.US_ASCII);
        fastest(few);

        assertThat(fastest(many)).isLessThan(Math.max(fastest(few), 1_000_000) * 30);
    }

    private static long fastest(byte[] body) {
        long fastest = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            DecodedStream.of(body, Integer.MAX_VALUE, 1);
            fastest = Math.min(fastest, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        return fastest;
    }

    private static DecodedStream decode(String body, int chunkSize) {
        return DecodedStream.of(body.getBytes(StandardCharsets.UTF_8), LIMIT, chunkSize);
    }

    private static void assertTooLarge(DecodedStream stream) {
        assertThat(stream.failure()).isNotNull();
        assertThat(stream.failure().reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(stream.ended()).isFalse();
    }
}

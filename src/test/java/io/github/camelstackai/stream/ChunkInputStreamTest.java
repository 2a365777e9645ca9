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
package io.github.camelstackai.stream;

import static io.github.camelstackai.stream.TestStreams.frame;
import static io.github.camelstackai.stream.TestStreams.lastFrame;
import static io.github.camelstackai.stream.TestStreams.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiStreamException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChunkInputStreamTest {
    private static InputStream stream(StreamOptions options, String body) {
        TestStreams test = new TestStreams(options);
        test.call.head(200).body(body);
        return test.stream().inputStream();
    }

    private static String read(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void incrementsAreReadOneAfterTheOther() throws IOException {
        InputStream stream = stream(TestStreams.INCREMENTS, frame("grün ") + frame("") + frame("€") + lastFrame(""));
        assertThat(read(stream)).isEqualTo("grün €");
        assertThat(stream.read()).isEqualTo(-1);
        assertThat(stream.read(new byte[1])).isEqualTo(-1);
    }

    @Test
    void snapshotsAreReadByWhatEachAdds() throws IOException {
        InputStream stream =
                stream(TestStreams.SNAPSHOTS, frame("Hel") + frame("Hello") + frame("") + lastFrame("Hello!"));
        assertThat(read(stream)).isEqualTo("Hello!");
    }

    @Test
    void snapshotThatTakesBackTextIsAnError() throws IOException {
        InputStream stream = stream(TestStreams.SNAPSHOTS, frame("Hello") + lastFrame("Bye"));
        assertThat(stream.readNBytes(5)).asString(StandardCharsets.UTF_8).isEqualTo("Hello");
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessageContaining("delta=true");
    }

    @Test
    void eachPartIsReadAsSoonAsItHasArrived() throws IOException {
        InputStream stream = stream(TestStreams.INCREMENTS, frame("abc"));
        byte[] target = new byte[10];
        assertThat(stream.available()).isZero();
        assertThat(stream.read(target, 1, 9)).isEqualTo(3);
        assertThat(new String(target, 1, 3, StandardCharsets.UTF_8)).isEqualTo("abc");
    }

    @Test
    void partMayBeReadInPieces() throws IOException {
        InputStream stream = stream(TestStreams.INCREMENTS, lastFrame("ü€b"));
        assertThat(stream.read()).isEqualTo(0xC3);
        assertThat(stream.available()).isEqualTo(5);
        assertThat(stream.read(new byte[9], 0, 2)).isEqualTo(2);
        assertThat(stream.available()).isEqualTo(3);
        assertThat(stream.readAllBytes()).hasSize(3);
    }

    @Test
    void nothingIsReadForALengthOfZero() throws IOException {
        assertThat(stream(TestStreams.INCREMENTS, frame("abc")).read(new byte[0]))
                .isZero();
    }

    @Test
    void brokenStreamIsAnErrorWithItsCauseBehindWhatHasArrived() throws IOException {
        TestStreams test = TestStreams.of(frame("abc"));
        test.call.fail(new IOException("reset"), true);
        InputStream stream = test.stream().inputStream();
        assertThat(stream.readNBytes(3)).hasSize(3);
        assertThatThrownBy(stream::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset")
                .hasCauseInstanceOf(StackAiStreamException.class);
    }

    @Test
    void severalOutputsAreAnError() throws IOException {
        InputStream stream = stream(TestStreams.INCREMENTS, line(Map.of("outputs", Map.of("o", "a", "p", "b"))));
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessageContaining("option output");
        InputStream named = stream(
                TestStreams.options("p", true),
                line(Map.of("state", "COMPLETED", "outputs", Map.of("o", "a", "p", "b"))));
        assertThat(read(named)).isEqualTo("b");
    }

    @Test
    void closingItClosesTheStream() throws IOException {
        TestStreams test = TestStreams.of(frame("a"));
        test.stream().inputStream().close();
        assertThat(test.call.isClosed()).isTrue();
        assertThat(test.stream().hasNext()).isFalse();
    }
}

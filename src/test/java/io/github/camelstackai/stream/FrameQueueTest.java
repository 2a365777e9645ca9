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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.http.SimulatedCall;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.frame.Frame;
import io.github.camelstackai.protocol.frame.StreamDecodingException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
    private static final int MAX_FRAME = 100;
    private static final int WINDOW = 1000;
    private static final String NONSENSE = "nonsense\n";

    private final SimulatedCall call = new SimulatedCall(null);
    private final FrameQueue frames =
            new FrameQueue(new Json(), new StreamOptions(null, true, true, WINDOW, MAX_FRAME));

    @BeforeEach
    void begin() {
        frames.begin(call);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String frame(String text) {
        return "{\"outputs\":{\"o\":\"" + text + "\"}}\n";
    }

    private void add(String text) {
        frames.buffer().add(bytes(text));
    }

    /** Null if none is here yet. */
    private String poll() throws IOException {
        return text(frames.poll());
    }

    private static String text(Frame frame) {
        return frame == null ? null : (String) frame.result().outputs().get("o");
    }

    @Test
    void firstFrameIsDecodedAndCanStillBeTaken() throws IOException {
        assertThat(frames.decodeFirst(bytes("{\"outputs\""))).isNull();
        assertThat(text(frames.decodeFirst(bytes(":{\"o\":\"a\"}}\n" + frame("b")))))
                .isEqualTo("a");
        add(frame("c"));
        assertThat(poll()).isEqualTo("a");
        assertThat(poll()).isEqualTo("b");
        assertThat(poll()).isEqualTo("c");
        assertThat(poll()).isNull();
    }

    @Test
    void firstFrameWithoutALineEndIsDecodedAtTheEnd() throws IOException {
        assertThat(frames.decodeFirst(bytes("{\"outputs\":{\"o\":\"a\"}}"))).isNull();
        assertThat(text(frames.decodeFirstAtEnd())).isEqualTo("a");
        assertThat(poll()).isEqualTo("a");
    }

    @Test
    void endWithoutAnyFrameGivesNone() throws IOException {
        frames.decodeFirst(bytes("\n: heartbeat\n"));
        assertThat(frames.decodeFirstAtEnd()).isNull();
    }

    @Test
    void nonsenseBeforeTheFirstFrameIsThrown() {
        assertThatThrownBy(() -> frames.decodeFirst(bytes(NONSENSE))).isInstanceOf(StreamDecodingException.class);
        assertThat(call.isClosed()).as("the transport closes it").isFalse();
    }

    @Test
    void nonsenseBehindTheFirstFrameIsThrownBehindIt() throws IOException {
        assertThat(text(frames.decodeFirst(bytes(frame("a") + NONSENSE)))).isEqualTo("a");
        assertThat(call.isClosed()).isTrue();
        add(frame("late"));
        assertThat(poll()).isEqualTo("a");
        assertThatThrownBy(this::poll).isInstanceOf(StreamDecodingException.class);
    }

    @Test
    void framesThatPrecedeNonsenseAreTakenFirst() throws IOException {
        add(frame("a") + frame("b") + NONSENSE + frame("c"));
        assertThat(poll()).isEqualTo("a");
        assertThat(call.isClosed()).isTrue();
        assertThat(poll()).isEqualTo("b");
        assertThatThrownBy(this::poll).isInstanceOf(StreamDecodingException.class);
    }

    @Test
    void frameIsTakenWhereverItsBytesAreCut() throws IOException {
        for (byte each : frame("ü€").getBytes(StandardCharsets.UTF_8)) {
            assertThat(poll()).isNull();
            frames.buffer().add(ByteBuffer.wrap(new byte[] {each}));
        }
        assertThat(poll()).isEqualTo("ü€");
    }

    @Test
    void bytesAreGrantedAgainByHalvesOfTheWindow() throws IOException {
        String frame = frame("x".repeat(80));
        int size = frame.length();
        int taken = 0;
        while (taken + size < WINDOW / 2) {
            add(frame);
            poll();
            taken += size;
        }
        assertThat(call.granted()).isZero();
        add(frame);
        poll();
        assertThat(call.granted()).isEqualTo(taken + size);
    }

    @Test
    void bytesOfTheFirstFrameAreGrantedAgain() throws IOException {
        String heartbeats = ":\n".repeat(WINDOW / 2);
        frames.decodeFirst(bytes(heartbeats));
        assertThat(call.granted()).isEqualTo(heartbeats.length());
    }

    @Test
    void bytesThatAreNotDecodedYetAreNotGranted() throws IOException {
        String frame = frame("x".repeat(80));
        int pieces = 100;
        add(frame.repeat(pieces));
        poll();
        assertThat(call.granted()).isPositive().isLessThan((long) frame.length() * pieces);
    }

    @Test
    void endIsThrownBehindTheLastFrame() throws IOException {
        add(frame("a"));
        frames.buffer().end();
        assertThat(poll()).isEqualTo("a");
        assertThatThrownBy(this::poll).isInstanceOf(EOFException.class);
    }

    @Test
    void lastFrameWithoutALineEndIsTakenOnce() throws IOException {
        add("{\"outputs\":{\"o\":\"a\"}}");
        assertThat(poll()).isNull();
        frames.buffer().end();
        assertThat(poll()).isEqualTo("a");
        assertThatThrownBy(this::poll).isInstanceOf(EOFException.class);
    }

    @Test
    void failureOfTheConnectionIsThrownBehindTheLastFrame() throws IOException {
        IOException cause = new IOException("reset");
        add(frame("a") + "{\"outputs");
        frames.buffer().fail(cause);
        assertThat(poll()).isEqualTo("a");
        assertThatThrownBy(this::poll).isSameAs(cause);
    }

    @Test
    void failureOfAnotherKindIsTheCause() {
        Error cause = new Error("bug");
        frames.buffer().fail(cause);
        assertThatThrownBy(this::poll).isInstanceOf(IOException.class).hasCause(cause);
    }

    @Test
    void frameThatIsTooLargeIsRefused() {
        add("{" + " ".repeat(MAX_FRAME));
        assertThatThrownBy(this::poll).isInstanceOfSatisfying(StreamDecodingException.class, e -> assertThat(e.reason())
                .isEqualTo(StreamDecodingException.Reason.TOO_LARGE));
        assertThat(call.isClosed()).isTrue();
    }
}

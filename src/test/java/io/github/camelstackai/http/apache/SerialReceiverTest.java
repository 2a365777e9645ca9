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

import io.github.camelstackai.http.OutboundRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerialReceiverTest {
    private final RecordingReceiver receiver = new RecordingReceiver();
    private final List<String> callbacks = new ArrayList<>();
    private final SerialReceiver serial = new SerialReceiver(
            new OutboundRequest("POST", URI.create("https://example.com/x"), "", List.of(), null, List.of()),
            receiver,
            () -> callbacks.add("ended"),
            () -> callbacks.add("failing"));

    private void body(String text) throws IOException {
        serial.receive(to -> to.body(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    static Stream<Throwable> whatReceiversThrow() {
        return Stream.of(new IOException("a"), new IllegalStateException("b"), new StackOverflowError("c"));
    }

    @Test
    void completeResponseIsDeliveredAndEndsTheCallOnce() throws Exception {
        body("abc");
        serial.complete();
        serial.complete();
        serial.fail(new IOException("late"), true);
        body("late");
        assertThat(receiver.events).containsExactly("body abc", "end");
        assertThat(callbacks).containsExactly("ended");
        assertThat(serial.hasEnded()).isTrue();
    }

    @Test
    void failureIsReportedOnceAfterTheCallHasEnded() throws Exception {
        IOException cause = new IOException("broken");
        serial.fail(cause, false);
        serial.fail(new IOException("again"), true);
        body("late");
        assertThat(receiver.events).containsExactly("failed");
        assertThat(receiver.failure()).isSameAs(cause);
        assertThat(receiver.sent()).isFalse();
        assertThat(callbacks).containsExactly("ended", "failing");
    }

    @Test
    void sendingIsAbortedWhenNoOtherAttemptCanBegin() {
        IOException cause = new IOException("timed out");
        serial.fail(
                () -> {
                    callbacks.add("aborted, ended: " + serial.hasEnded());
                    return Stage.SENT;
                },
                reached -> cause);
        assertThat(callbacks).containsExactly("ended", "aborted, ended: true", "failing");
        assertThat(receiver.sent()).isTrue();
    }

    @Test
    void callThatIsEndedFromOutsideTellsTheReceiverNothing() {
        assertThat(serial.end()).isTrue();
        assertThat(serial.end()).isFalse();
        serial.fail(new IOException("late"), true);
        assertThat(receiver.events).isEmpty();
        assertThat(callbacks).containsExactly("ended");
    }

    @ParameterizedTest
    @MethodSource("whatReceiversThrow")
    void whatAReceiverThrowsFailsItsCall(Throwable thrown) {
        receiver.failIn("body", thrown);
        assertThatThrownBy(() -> body("abc")).isInstanceOf(IOException.class).satisfies(e -> assertThat(
                        e == thrown || e.getCause() == thrown)
                .isTrue());
        assertThat(receiver.failure()).isSameAs(thrown);
        assertThat(receiver.sent()).isTrue();
        assertThat(callbacks).containsExactly("ended", "failing");
    }

    @ParameterizedTest
    @MethodSource("whatReceiversThrow")
    void whatAReceiverThrowsAtTheEndIsAFailure(Throwable thrown) {
        receiver.failIn("end", thrown);
        serial.complete();
        assertThat(receiver.failure()).isSameAs(thrown);
    }

    @Test
    void failureThatCannotBeProcessedEndsNoThread() {
        receiver.failIn("failed", new StackOverflowError("expected by the test"));
        serial.fail(new IOException("broken"), true);
        assertThat(callbacks).containsExactly("ended", "failing");
    }
}

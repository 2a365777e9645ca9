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

import static io.github.camelstackai.Eventually.eventually;
import static io.github.camelstackai.route.Streams.frame;
import static io.github.camelstackai.route.Streams.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is cut: the text so far holds all that arrived, whatever arrived together with the cut. */
class CutBodyTest extends RouteTest {
    /** So few that the socket accepts all of them while the reader waits. */
    private static final int COUNT = 20;

    private static final String[] FRAMES =
            IntStream.range(0, COUNT).mapToObj(i -> frame(i + " ") + "\n").toArray(String[]::new);
    private static final String TEXT =
            IntStream.range(0, COUNT).mapToObj(i -> i + " ").collect(Collectors.joining());

    /** Bytes of a chunked body after its last frame: end of the chunk, and the last chunk. */
    private static final int END_OF_CHUNKS = "\r\n0\r\n\r\n".length();

    static Stream<Arguments> cuts() {
        List<Named<Reply>> bodies = List.of(
                Named.of("a chunk for each frame", Reply.chunks(FRAMES)),
                Named.of("one chunk", Reply.chunks(String.join("", FRAMES))));
        return bodies.stream().flatMap(body -> IntStream.rangeClosed(1, END_OF_CHUNKS)
                .mapToObj(missing -> Arguments.of(body, missing)));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void textSoFarHoldsAllThatArrived(Reply whole, int missing) {
        StackAiStream stream = open("stackai:stream:f?streamBufferSize=1024", whole.closeAfter(size(whole) - missing));
        eventually("the service has sent all", () -> assertThat(stackAi().openRequests())
                .isZero());
        assertCut(catchThrowableOfType(StackAiStreamException.class, () -> read(stream)));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void collectedTextSoFarHoldsAllThatArrived(Reply whole, int missing) {
        Exception failure = failure("stackai:stream:f?streamMode=collect", whole.closeAfter(size(whole) - missing));
        assertThat(failure).isInstanceOf(StackAiStreamException.class);
        assertCut((StackAiStreamException) failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "5\r\nhello\r\n0\r\nbad trailer\r\n\r\n"})
    void malformedBodyIsReportedAtOnceAlthoughTheConnectionStaysOpen(String malformed) {
        String first = frame("a") + "\n";
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        String chunk = Integer.toHexString(first.length()) + "\r\n" + first + "\r\n";
        stackAi().enqueue(Reply.raw(head + chunk + malformed).thenSilence());
        long begin = System.nanoTime();
        Exception failure = failedCall("stackai:stream:f?streamMode=collect").getException();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(failure).isInstanceOfSatisfying(StackAiStreamException.class, e -> assertThat(e.getText())
                .isEqualTo("a"));
    }

    /** Bytes of the whole response. */
    private long size(Reply whole) {
        failure("stackai:stream:f?streamMode=collect", whole); // it has no end marker
        eventually("the service has counted all", () -> assertThat(stackAi().openRequests())
                .isZero());
        return stackAi().requests().get(0).bytesSent();
    }

    private static void assertCut(StackAiStreamException failure) {
        assertThat(failure.getReason()).isEqualTo(Reason.TRUNCATED);
        assertThat(failure.getText()).isEqualTo(TEXT);
    }
}

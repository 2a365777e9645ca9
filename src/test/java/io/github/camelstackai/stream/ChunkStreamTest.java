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
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelstackai.Eventually;
import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.observe.OutcomeMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChunkStreamTest {
    private static StackAiStreamException breaksWith(ChunkStream stream) {
        return (StackAiStreamException) catchThrowable(stream::next);
    }

    private static List<String> texts(ChunkStream stream) {
        List<String> texts = new ArrayList<>();
        stream.forEachRemaining(chunk -> texts.add(chunk.text()));
        return texts;
    }

    /** What the route says of a stream. */
    private static final class Owner implements StreamOwner {
        private final List<StackAiStreamException> failures = new ArrayList<>();
        private boolean discardsRest;

        @Override
        public boolean discardsRest() {
            return discardsRest;
        }

        @Override
        public void broken(StackAiStreamException failure) {
            failures.add(failure);
        }
    }

    @Test
    void chunksAreReadToTheLast() {
        TestStreams test = TestStreams.of(frame("a"), frame("b") + lastFrame("c"));
        assertThat(texts(test.stream())).containsExactly("a", "b", "c");
        assertThatThrownBy(test.stream()::next).isInstanceOf(NoSuchElementException.class);
        assertThat(test.call.isDraining()).as("the connection can serve others").isTrue();
        assertThat(test.call.isClosed()).isFalse();
    }

    @Test
    void readerWaitsForTheNextChunk() throws Exception {
        TestStreams test = TestStreams.of(frame("a"));
        test.stream().next();
        CompletableFuture<StackAiChunk> next = CompletableFuture.supplyAsync(test.stream()::next);
        assertThat(test.stream().hasNext()).as("never waits").isTrue();
        test.call.body(lastFrame("b"));
        assertThat(next.get(30, TimeUnit.SECONDS).text()).isEqualTo("b");
    }

    @Test
    void pollNeverWaits() {
        TestStreams test = TestStreams.of(frame("a"));
        assertThat(test.stream().poll().text()).isEqualTo("a");
        assertThat(test.stream().poll()).isNull();
    }

    @Test
    void secondReaderIsRefusedAndTheFirstReadsOn() throws Exception {
        TestStreams test = TestStreams.of(frame("a"));
        test.stream().next();
        Thread[] reader = new Thread[1];
        CompletableFuture<StackAiChunk> first = CompletableFuture.supplyAsync(() -> {
            reader[0] = Thread.currentThread();
            return test.stream().next();
        });
        Eventually.eventually("the first reader waits", () -> assertThat(reader[0])
                .isNotNull()
                .extracting(Thread::getState)
                .isEqualTo(Thread.State.WAITING));
        assertThatThrownBy(test.stream()::next).isInstanceOf(IllegalStateException.class);
        test.call.body(lastFrame("b"));
        assertThat(first.get(30, TimeUnit.SECONDS).text()).isEqualTo("b");
    }

    @Test
    void interruptedReaderEndsTheStream() {
        TestStreams test = TestStreams.of(frame("a"));
        test.stream().next();
        Thread.currentThread().interrupt();
        StackAiStreamException failure = breaksWith(test.stream());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.getText()).isEqualTo("a");
        assertThat(test.call.isClosed()).isTrue();
    }

    @Test
    void readerGetsWhatHasArrivedAndThenTheFailure() {
        TestStreams test = TestStreams.of(frame("a"), frame("b"));
        Owner owner = new Owner();
        test.stream().ownedBy(owner);
        test.call.fail(new IOException("reset"), true);
        assertThat(test.stream().next().text()).isEqualTo("a");
        assertThat(test.stream().next().text()).isEqualTo("b");
        StackAiStreamException failure = breaksWith(test.stream());
        assertThat(failure.getReason()).isEqualTo(Reason.TRUNCATED);
        assertThat(failure.getRunId()).isEqualTo("r-1");
        assertThat(failure.getText()).isEqualTo("ab");
        assertThat(owner.failures).containsExactly(failure);
        assertThat(test.stream().hasNext()).isFalse();
    }

    @Test
    void bodyThatEndsBeforeTheLastFrameIsTruncated() {
        TestStreams test = TestStreams.of(frame("a"));
        test.call.end();
        test.stream().next();
        assertThat(breaksWith(test.stream()).getReason()).isEqualTo(Reason.TRUNCATED);
    }

    @Test
    void failureThatTheServiceReportsBreaksTheStream() {
        TestStreams test = TestStreams.of(frame("a"), line(Map.of("error", "no credits")));
        test.stream().next();
        StackAiStreamException failure = breaksWith(test.stream());
        assertThat(failure.getReason()).isEqualTo(Reason.REPORTED);
        assertThat(failure.getRunId()).as("of an earlier frame").isEqualTo("r-1");
        assertThat(test.call.isClosed()).isTrue();
    }

    @Test
    void closeCancelsTheCallOnceAndEndsTheReader() {
        TestStreams test = TestStreams.of(frame("a"), frame("b"));
        test.stream().close();
        test.stream().close();
        assertThat(test.call.isClosed()).isTrue();
        assertThat(test.stream().hasNext()).isFalse();
        assertThatThrownBy(test.stream()::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void closeEndsAReaderThatWaits() {
        TestStreams test = TestStreams.of(frame("a"));
        test.stream().next();
        CompletableFuture<StackAiChunk> next = CompletableFuture.supplyAsync(test.stream()::next);
        test.stream().close();
        assertThat(next)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void streamThatIsReadToItsEndIsNotCancelled() {
        TestStreams test = TestStreams.of(lastFrame("a"));
        test.stream().next();
        test.stream().cancel(OutcomeMapper.STOPPED, "the route was stopped");
        test.stream().close();
        assertThat(test.call.abortedWith()).isNull();
        assertThat(test.call.isClosed()).isFalse();
    }

    @Test
    void cancelledStreamGivesWhatHasArrivedAndThenTheReason() {
        TestStreams test = TestStreams.of(frame("a"));
        test.stream().cancel(OutcomeMapper.STOPPED, "the route was stopped");
        assertThat(test.stream().next().text()).isEqualTo("a");
        assertThat(breaksWith(test.stream())).hasMessageContaining("the route was stopped");
    }

    @Test
    void streamWhoseRestIsDiscardedIsClosedWhenItIsAskedForMore() {
        TestStreams test = TestStreams.of(frame("a"), frame("b"));
        Owner owner = new Owner();
        test.stream().ownedBy(owner);
        assertThat(test.stream().hasNext()).isTrue();
        owner.discardsRest = true;
        assertThat(test.stream().hasNext()).isFalse();
        assertThat(test.call.isClosed()).isTrue();
    }

    @Test
    void wholeTextIsReadToTheEnd() {
        assertThat(TestStreams.of(frame("Hel"), lastFrame("lo")).stream().text())
                .isEqualTo("Hello");
        TestStreams snapshots = new TestStreams(TestStreams.SNAPSHOTS);
        snapshots.call.head(200).body(frame("Hel") + frame("Hello") + lastFrame(""));
        assertThat(snapshots.stream().text()).isEqualTo("Hello");
    }

    @Test
    void wholeTextOfSeveralOutputsHoldsAllOfThemAndTheChunksCanStillBeRead() {
        TestStreams test =
                TestStreams.of(frame("a"), line(Map.of("outputs", Map.of("p", "b"))), frame("c"), lastFrame(""));
        assertThat(test.stream().text()).isEqualTo("{\"o\":\"ac\",\"p\":\"b\"}");
        assertThat(test.stream().text()).as("shown again").contains("\"p\":\"b\"");
        assertThat(texts(test.stream())).containsExactly("a", "b", "c", "");
    }

    @Test
    void wholeTextOfSeveralSnapshotsHoldsTheLastOfEach() {
        TestStreams test = new TestStreams(TestStreams.SNAPSHOTS);
        test.call.head(200).body(frame("a") + line(Map.of("outputs", Map.of("p", "b"))) + frame("ab") + lastFrame(""));
        assertThat(test.stream().text()).isEqualTo("{\"o\":\"ab\",\"p\":\"b\"}");
    }

    @Test
    void streamThatWasShownAsTextCanStillBeRead() {
        TestStreams test = TestStreams.of(frame("Hel"), lastFrame("lo"));
        assertThat(test.stream().text()).isEqualTo("Hello");
        assertThat(test.stream().text()).as("shown again").isEqualTo("Hello");
        assertThat(texts(test.stream())).containsExactly("Hel", "lo");
        assertThatThrownBy(test.stream()::next).isInstanceOf(NoSuchElementException.class);
        assertThat(test.stream().text()).as("after it was read").isEqualTo("Hello");
    }

    @Test
    void failureThatShowingItMetIsTheReadersToo() {
        TestStreams test = TestStreams.of(frame("a"), frame("b"));
        test.call.fail(new IOException("reset"), true);
        Throwable failure = catchThrowable(test.stream()::text);
        assertThat(failure).isInstanceOf(StackAiStreamException.class);
        assertThat(test.stream().next().text()).isEqualTo("a");
        assertThat(test.stream().next().text()).isEqualTo("b");
        assertThat(test.stream().hasNext()).isTrue();
        assertThat(breaksWith(test.stream())).isSameAs(failure);
        assertThat(test.stream().hasNext()).isFalse();
    }

    @Test
    void closeEndsTheReaderOfAStreamThatWasShownToo() {
        TestStreams test = TestStreams.of(frame("a"), lastFrame("b"));
        test.stream().text();
        test.stream().close();
        assertThat(test.stream().hasNext()).isFalse();
        assertThatThrownBy(test.stream()::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void restOfAStreamThatWasShownIsDiscardedToo() {
        TestStreams test = TestStreams.of(frame("a"), lastFrame("b"));
        Owner owner = new Owner();
        test.stream().ownedBy(owner);
        test.stream().text();
        owner.discardsRest = true;
        assertThat(test.stream().hasNext()).isFalse();
    }
}

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

import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChunkReceiverTest {
    @Test
    void opensOnceWithItsFirstFrame() {
        TestStreams test = TestStreams.of(":\n", "{\"run_id\":\"r-1\",");
        assertThat(test.opened).isEmpty();
        test.call.body("\"outputs\":{\"o\":\"a\"}}\n" + frame("b")).body(frame("c"));
        assertThat(test.stream().getRunId()).isEqualTo("r-1");
        assertThat(test.call.granted()).as("size of the buffer").isEqualTo(1000);
    }

    @Test
    void opensAtTheEndWithAFrameThatNoLineEndFollowed() {
        TestStreams test = TestStreams.of(lastFrame("a").strip());
        test.call.end();
        assertThat(test.stream().next().isLast()).isTrue();
    }

    @Test
    void firstFrameThatReportsAFailureFailsTheCall() {
        TestStreams test = TestStreams.of(line(Map.of("run_id", "r-1", "error", "no credits")));
        assertThat(test.opened).isEmpty();
        assertThat(test.call.isClosed()).isTrue();
        assertThat(test.failures).hasSize(1);
        StackAiStreamException failure =
                (StackAiStreamException) test.failures.get(0).cause();
        assertThat(failure.getReason()).isEqualTo(Reason.REPORTED);
        assertThat(failure.getRunId()).isEqualTo("r-1");
        assertThat(test.failures.get(0).sent()).isTrue();
    }

    @Test
    void bodyThatIsNoStreamFailsTheCall() {
        TestStreams test = TestStreams.of("<html>\n");
        assertThat(test.failures).hasSize(1);
        assertThat(test.failures.get(0).cause()).isInstanceOf(StackAiResponseException.class);
    }

    @Test
    void bodyThatEndsBeforeTheFirstFrameFailsTheCallOnce() {
        TestStreams test = TestStreams.of("{\"outputs\"");
        test.call.end();
        assertThat(test.failures).hasSize(1);
        assertThat(((StackAiStreamException) test.failures.get(0).cause()).getReason())
                .isEqualTo(Reason.TRUNCATED);
        assertThat(test.opened).isEmpty();
    }

    @Test
    void connectionThatBreaksBeforeTheFirstFrameFailsTheCall() {
        TestStreams test = TestStreams.of();
        test.call.fail(new IOException("reset"), true);
        assertThat(test.failures).hasSize(1);
        assertThat(test.failures.get(0).cause()).isInstanceOf(StackAiStreamException.class);
    }

    @Test
    void bytesBehindTheLastFrameAreGrantedAndDropped() {
        TestStreams test = TestStreams.of(lastFrame("a"), "x".repeat(300));
        test.stream().next();
        long granted = test.call.granted();
        test.call.body("y".repeat(700));
        assertThat(test.call.granted()).isEqualTo(granted + 700);
        test.call.end();
        assertThat(test.failures).isEmpty();
    }

    @Test
    void failureBehindTheFirstFrameIsTheReaders() {
        TestStreams test = TestStreams.of(frame("a"));
        test.call.fail(new IOException("reset"), true);
        assertThat(test.stream().next().text()).isEqualTo("a");
        assertThat(test.stream().hasNext()).isTrue();
    }

    @Test
    void bytesAreBufferedUntilTheReaderTakesThem() {
        TestStreams test = TestStreams.of(frame("a"));
        long granted = test.call.granted();
        for (int i = 0; i < 20; i++) {
            test.call.body(frame("x"));
        }
        assertThat(test.call.granted()).as("the reader has taken nothing").isEqualTo(granted);
        for (int i = 0; i < 21; i++) {
            test.stream().next();
        }
        assertThat(test.call.granted()).isGreaterThan(granted);
    }
}

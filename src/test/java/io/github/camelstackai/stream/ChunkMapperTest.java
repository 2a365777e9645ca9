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

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiProgress;
import io.github.camelstackai.protocol.RunResult;
import io.github.camelstackai.protocol.frame.Frame;
import io.github.camelstackai.protocol.frame.Frame.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChunkMapperTest {
    private static ChunkMapper mapper(String output, boolean increments, int bufferSize) {
        return new ChunkMapper(new StreamOptions(output, increments, true, bufferSize, 1000));
    }

    private final ChunkMapper mapper = mapper(null, true, 1000);

    private static Frame frame(Map<String, Object> raw) {
        return new Frame(RunResult.of(raw), Kind.DATA);
    }

    private static Frame outputs(Map<String, Object> outputs) {
        return frame(Map.of("outputs", outputs));
    }

    @Test
    void chunkHasWhatTheFrameSays() {
        Map<String, Object> raw = Map.of("outputs", Map.of("o", "a"), "run_id", "r-1", "state", "RUNNING", "more", 1);
        assertThat(mapper.map(frame(raw)))
                .isEqualTo(new StackAiChunk("a", Map.of("o", "a"), "r-1", "RUNNING", null, false, raw));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void terminalFrameIsTheLastChunk(Kind kind) {
        assertThat(mapper.map(new Frame(RunResult.of(Map.of()), kind)).isLast()).isEqualTo(kind != Kind.DATA);
    }

    @Test
    void textIsThatOfTheNamedOrSoleOutput() {
        Frame two = outputs(Map.of("o", "a", "p", 1));
        assertThat(mapper(null, true, 9).map(two).text()).isEmpty();
        assertThat(mapper("o", true, 9).map(two).text()).isEqualTo("a");
        assertThat(mapper("p", true, 9).map(two).text()).isEqualTo("1");
        assertThat(mapper("q", true, 9).map(two).text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true,100,abcd", "true,3,abc", "false,100,cd", "false,1,c"})
    void textSoFarIsKeptUpToTheSizeOfTheBuffer(boolean increments, int bufferSize, String text) {
        ChunkMapper limited = mapper(null, increments, bufferSize);
        limited.map(outputs(Map.of("o", "ab")));
        limited.map(outputs(Map.of("o", "cd")));
        limited.map(outputs(Map.of()));
        assertThat(limited.textSoFar()).isEqualTo(text);
    }

    /** Each chunk can be encoded by itself. */
    @Test
    void pairOfSurrogatesIsNotSplit() {
        assertThat(mapper.map(outputs(Map.of("o", "a\uD83D"))).text()).isEqualTo("a");
        assertThat(mapper.map(outputs(Map.of("o", "\uDE00b"))).text()).isEqualTo("\uD83D\uDE00b");
        assertThat(mapper.textSoFar()).isEqualTo("a\uD83D\uDE00b");
        ChunkMapper snapshots = mapper(null, false, 100);
        snapshots.map(outputs(Map.of("o", "a\uD83D")));
        assertThat(snapshots.map(outputs(Map.of("o", "a\uD83D\uDE00"))).text()).isEqualTo("a\uD83D\uDE00");
    }

    @Test
    void halfAPairAtTheEndIsNotLost() {
        mapper.map(outputs(Map.of("o", "a\uD83D")));
        Frame last = new Frame(RunResult.of(Map.of("outputs", Map.of("o", ""))), Kind.END);
        assertThat(mapper.map(last).text()).isEqualTo("\uD83D");
    }

    @Test
    void progressIsReadWhateverItLacks() {
        Map<String, Object> complete =
                Map.of("current_node", "llm-0", "started_nodes", 3, "completed_nodes", 2, "total_nodes", 7L);
        assertThat(progress(complete)).isEqualTo(new StackAiProgress("llm-0", 3, 2, 7));
        assertThat(progress(Map.of("started_nodes", "3"))).isEqualTo(new StackAiProgress(null, null, null, null));
        assertThat(mapper.map(frame(Map.of("progress_data", "half"))).progress())
                .isNull();
    }

    private StackAiProgress progress(Map<String, Object> data) {
        return mapper.map(frame(Map.of("progress_data", data))).progress();
    }

    @Test
    void severalOutputsAreReportedUnlessOneIsNamed() {
        ChunkMapper named = mapper("o", true, 9);
        for (ChunkMapper each : new ChunkMapper[] {mapper, named}) {
            each.map(outputs(Map.of("o", "a")));
            each.checkSoleOutput();
            each.map(outputs(Map.of("p", "b")));
        }
        named.checkSoleOutput();
        assertThatThrownBy(mapper::checkSoleOutput)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("[o, p]", "option output");
    }
}
